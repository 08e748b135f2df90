"""Where to play: a list of devices, which are looked for whenever it is opened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QWidget

from isnmf_gui.texts import N_, tr

DEFAULT = N_("Default device")
LOOKING = N_("Looking for devices …")
WIDTH = 150


class DeviceBox(QComboBox):
    """Chooses a sound device by its name; None is where the system plays."""

    #: The list is about to be looked at.
    list_wanted = Signal()
    #: The person chose a device: its name or None.
    device_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name: str | None = None
        self.setToolTip(tr("Where to play. Opening the list looks for new devices."))
        self.setAccessibleName(tr("Sound device"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(7)  # a small window cuts this text, which it shows in full
        self.show_devices([])
        self.activated.connect(self._activated)

    def sizeHint(self) -> QSize:
        """Return a width that long names do not change."""
        return QSize(WIDTH, super().sizeHint().height())

    @property
    def device(self) -> str | None:
        """Name of the chosen device."""
        return self._name

    def choose(self, name: str | None) -> None:
        """Show a device as chosen, also one that is not there at the moment."""
        self._name = name
        self.show_devices([name for i in range(1, self.count()) if (name := self.itemData(i))])

    def show_devices(self, names: Sequence[str], is_looking: bool = False) -> None:
        """Fill the list; the chosen device stays in it.

        Parameters
        ----------
        names : sequence of str
            Of the devices that are known.
        is_looking : bool
            Whether others may still be found.
        """
        is_open, pointed = self.view().isVisible(), self.view().currentIndex().row()
        pointed_name = self.itemData(pointed)
        with QSignalBlocker(self):
            self._fill(names, is_looking)
        if is_open:  # it is as high as what stands in it
            super().showPopup()
            place = self.findData(pointed_name) if pointed > 0 else pointed
            self.view().setCurrentIndex(self.model().index(max(0, place), 0))

    def _fill(self, names: Sequence[str], is_looking: bool) -> None:
        self.clear()
        self.addItem(str(DEFAULT), None)
        present = list(dict.fromkeys(names))
        missing = [self._name] if self._name and self._name not in present else []
        for name in [*present, *missing]:
            self.addItem(name, name)
            self.setItemData(self.count() - 1, name, Qt.ItemDataRole.ToolTipRole)
        self.setCurrentIndex(0 if self._name is None else self.findData(self._name))
        if is_looking:
            self.addItem(str(LOOKING))
            model = self.model()
            assert isinstance(model, QStandardItemModel)
            model.item(self.count() - 1).setEnabled(False)

    def showPopup(self) -> None:
        """Open the list, and look for devices meanwhile."""
        self.list_wanted.emit()
        super().showPopup()

    @Slot(int)
    def _activated(self, index: int) -> None:
        self._name = self.itemData(index)  # the same again: it may be back after it was lost
        self.device_chosen.emit(self._name)

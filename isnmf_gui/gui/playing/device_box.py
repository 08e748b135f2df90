"""Where to play: a list of devices that is made anew whenever it is opened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from isnmf_gui.texts import tr

DEFAULT = tr("Default device")
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
        self.setMinimumContentsLength(12)
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
        self.show_devices([self.itemData(i) for i in range(1, self.count())])

    def show_devices(self, names: Sequence[str]) -> None:
        """Fill the list; the chosen device stays in it."""
        with QSignalBlocker(self):
            self.clear()
            self.addItem(DEFAULT, None)
            present = list(dict.fromkeys(names))
            missing = [self._name] if self._name and self._name not in present else []
            for name in [*present, *missing]:
                self.addItem(name, name)
                self.setItemData(self.count() - 1, name, Qt.ItemDataRole.ToolTipRole)
            self.setCurrentIndex(max(0, self.findData(self._name)))

    def showPopup(self) -> None:
        """Look for devices, then open the list."""
        self.list_wanted.emit()
        super().showPopup()

    @Slot(int)
    def _activated(self, index: int) -> None:
        self._name = self.itemData(index)  # the same again: it may be back after it was lost
        self.device_chosen.emit(self._name)

"""Asks for a band of frequencies to remove, for those who cannot draw it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from isnmf_gui.gui.widgets.deliberate_dialog import DeliberateDialog
from isnmf_gui.gui.widgets.message import CANCEL_TIP
from isnmf_gui.gui.widgets.number_box import DecimalBox
from isnmf_gui.texts import N_, tr

TEXT = N_(
    "This band is removed from the selected components. What it held is left to the residual."
)


class BandDialog(DeliberateDialog):
    """Two frequencies, the first below the second; Enter goes from one to the other.

    Parameters
    ----------
    highest_hz : float
        Upper end of the frequencies there are.
    parent : QWidget
        The window.
    """

    #: The band was accepted: its ends in Hz.
    chosen = Signal(float, float)

    def __init__(self, highest_hz: float, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Remove a band"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.low, self.high = (DecimalBox() for _ in range(2))
        for box, value in ((self.low, 0.0), (self.high, min(100.0, highest_hz))):
            box.setRange(0.0, highest_hz)
            box.setDecimals(1)
            box.setSuffix(" Hz")
            box.setSingleStep(10.0)
            box.setValue(value)
            box.setToolTip(tr("What lies between these two frequencies is removed"))
            box.valueChanged.connect(self._check)
        text = QLabel(str(TEXT))
        text.setWordWrap(True)
        form = QFormLayout()
        form.addRow(tr("&From"), self.low)
        form.addRow(tr("&To"), self.high)
        button = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(button.Cancel)
        self.remove = self.accepting = self.buttons.addButton(
            tr("&Remove"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.remove.setToolTip(
            tr("Take the band out of the selected components; Undo brings it back")
        )
        self.buttons.button(button.Cancel).setToolTip(str(CANCEL_TIP))
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(text)
        layout.addLayout(form)
        layout.addWidget(self.buttons)
        self._check()
        self._go_to(self.low)

    def _go_to(self, box: DecimalBox) -> None:
        box.setFocus()
        box.selectAll()  # what is typed replaces it

    def entered(self, field: QWidget | None) -> None:
        """Remove nothing before both ends were seen."""
        if field is self.low:
            self._go_to(self.high)
        elif field is self.high:
            self.remove.click()

    @Slot()
    def _check(self) -> None:
        self.remove.setEnabled(self.low.value() < self.high.value())

    @Slot()
    def _accept(self) -> None:
        self.chosen.emit(self.low.value(), self.high.value())
        self.accept()

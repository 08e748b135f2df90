"""What is heard: the mix, the recording, what the mix leaves out, or the model."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QPushButton, QWidget

from isnmf_gui.texts import N_, tr

LABELS = {
    "mix": (N_("Mix"), N_("The components as their faders say")),
    "recording": (N_("Recording"), N_("The recording as it was opened")),
    "residual": (
        N_("Residual"),
        N_("What the mix leaves out: mix and residual together are the recording"),
    ),
    "model": (N_("Model"), N_("What the factorization knows of the recording, faders aside")),
}


class OutputChoice(QWidget):
    """A row of buttons, one of which is pressed."""

    #: The person wants to hear something else: a key of `LABELS`.
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for output, (label, tip) in LABELS.items():
            button = QPushButton(str(label))
            button.setCheckable(True)
            button.setProperty("role", "segment")
            button.setToolTip(str(tip))
            button.setAccessibleDescription(str(tip))
            self._group.addButton(button)
            self.buttons[output] = button
            row.addWidget(button)
        self.setAccessibleName(tr("What is heard"))
        self._group.buttonClicked.connect(self._clicked)
        self.show_output("mix")

    @property
    def output(self) -> str:
        """What is chosen."""
        return next(it for it, button in self.buttons.items() if button.isChecked())

    def show_output(self, output: str) -> None:
        """Show what is heard, without emitting anything."""
        self.buttons[output].setChecked(True)

    def set_available(self, has_recording: bool, has_run: bool) -> None:
        """Enable what there is: without a run only the recording."""
        for output, button in self.buttons.items():
            button.setEnabled(has_run or (has_recording and output == "recording"))

    @Slot(QAbstractButton)
    def _clicked(self, button: QAbstractButton) -> None:
        self.chosen.emit(next(it for it, other in self.buttons.items() if other is button))

"""A dialog that is not accepted by the way: Enter in a field is for the field."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DeliberateDialog(QDialog):
    """Enter presses the button that has the focus; from anywhere else Ctrl+Enter accepts.

    Subclasses say which button accepts, and may use Enter in their fields.
    """

    #: What Ctrl+Enter presses.
    accepting: QPushButton

    def entered(self, field: QWidget | None) -> None:
        """Use Enter in a field; here it means nothing."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter from any button that the person did not go to."""
        focus = self.focusWidget()
        if event.key() not in ENTER:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.accepting.click()
        elif isinstance(focus, QPushButton):
            focus.click()
        else:
            self.entered(focus)

    def showEvent(self, event: QShowEvent) -> None:
        """Let no button look as if Enter pressed it from elsewhere."""
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
            button.setDefault(False)  # a box of buttons has chosen one
        super().showEvent(event)

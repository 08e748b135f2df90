"""A button that is one of the window's actions, with its icon, its keys and its state."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget

from isnmf_gui.texts import plain


class ActionButton(QToolButton):
    """Shows an action by its icon; says why where it cannot be used.

    Parameters
    ----------
    parent : QWidget
        What it lies in.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._action: QAction | None = None
        self._reason = ""
        self.setProperty("role", "switch")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._trigger)

    def set_action(self, action: QAction) -> None:
        """Be an action from now on."""
        self._action = action
        action.changed.connect(self._follow)
        self._follow()

    def set_reason(self, reason: str) -> None:
        """Say why it cannot be used, while it cannot."""
        self._reason = reason
        self._follow()

    @Slot()
    def _follow(self) -> None:
        action = self._action
        if action is None:
            return
        self.setIcon(action.icon())
        self.setAccessibleName(plain(action.text()))
        self.setEnabled(action.isEnabled())
        self.setCheckable(action.isCheckable())
        self.setChecked(action.isChecked())
        tip = action.toolTip()
        self.setToolTip(tip if action.isEnabled() or not self._reason else f"{tip}\n{self._reason}")

    @Slot()
    def _trigger(self) -> None:
        if self._action is not None:
            self._action.trigger()
            self._follow()  # a click has switched the button, which is the action's to say

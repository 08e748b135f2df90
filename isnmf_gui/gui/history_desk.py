"""How the list of steps and the actions Undo and Redo follow the history and act on it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from isnmf_gui.gui.actions import Actions
from isnmf_gui.gui.controller import Controller
from isnmf_gui.gui.panels.history_panel import HistoryPanel
from isnmf_gui.texts import plain


class HistoryDesk(QObject):
    """Connects the history with its list and its actions."""

    def __init__(self, controller: Controller, panel: HistoryPanel) -> None:
        super().__init__(controller)
        self._controller, self._panel = controller, panel
        self._actions: Actions | None = None
        panel.step_wanted.connect(controller.go)
        panel.undo_wanted.connect(controller.undo)
        panel.redo_wanted.connect(controller.redo)
        controller.history_changed.connect(self.show)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the window's actions do."""
        return {"undo": self._controller.undo, "redo": self._controller.redo}

    def set_actions(self, actions: Actions) -> None:
        """Let the actions say what they would take back or do again."""
        self._actions = actions

    @Slot()
    def show(self) -> None:
        """Show the steps as they are now."""
        history = self._controller.history
        self._panel.show_history(history)
        self._name("undo", history.steps[history.place].label if history.can_undo else "")
        self._name("redo", history.steps[history.place + 1].label if history.can_redo else "")

    def _name(self, name: str, label: str) -> None:
        """Let an action say what it is for; without a label there is nothing to do."""
        assert self._actions is not None
        action, text = self._actions[name], self._actions.entry(name).text
        label = label.replace("&", "&&")
        action.setText(f"{text}: {label}" if label else text)
        action.setIconText(plain(text))
        action.setEnabled(bool(label))

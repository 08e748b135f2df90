"""How the list of steps and the actions Undo and Redo follow the history and act on it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from isnmf_gui.gui.actions.actions import Actions
from isnmf_gui.gui.control.controller import Controller
from isnmf_gui.gui.control.selection import Selection
from isnmf_gui.gui.history.history_panel import HistoryPanel
from isnmf_gui.gui.widgets.elided import shortened
from isnmf_gui.texts import plain, tr

LONGEST_LABEL = 60


class HistoryDesk(QObject):
    """Connects the history with its list and its actions."""

    #: What was done, taken back or done again: a sentence for the status bar.
    noticed = Signal(str)

    def __init__(self, controller: Controller, selection: Selection, panel: HistoryPanel) -> None:
        super().__init__(controller)
        self._controller, self._selection, self._panel = controller, selection, panel
        self._actions: Actions | None = None
        self._step = controller.history.step
        panel.step_wanted.connect(self.go)
        panel.undo_wanted.connect(self.undo)
        panel.redo_wanted.connect(self.redo)
        controller.history_changed.connect(self.show)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the window's actions do."""
        return {"undo": self.undo, "redo": self.redo}

    @Slot()
    def undo(self) -> None:
        """Take the last step back."""
        self.go(self._controller.history.place - 1)

    @Slot()
    def redo(self) -> None:
        """Take the step again that was taken back."""
        self.go(self._controller.history.place + 1)

    @Slot(int)
    def go(self, place: int) -> None:
        """Go to a step, if there is one; components that come back by that are selected."""
        before = self._controller.shown_run()
        self._controller.go(place)
        now = self._controller.shown_run()
        if before is None or now is None or before.id != now.id:
            return
        known = {component.id for component in before.components}
        back = [component.index for component in now.components if component.id not in known]
        if back:
            self._selection.select(back, back[0])

    def set_actions(self, actions: Actions) -> None:
        """Let the actions say what they would take back or do again."""
        self._actions = actions

    @Slot()
    def show(self) -> None:
        """Show the steps as they are now."""
        history = self._controller.history
        self._panel.show_history(history)
        self._tell()
        self._name("undo", history.steps[history.place].label if history.can_undo else "")
        self._name("redo", history.steps[history.place + 1].label if history.can_redo else "")

    def _tell(self) -> None:
        """Say what the newest step is, or which was taken back."""
        history, before = self._controller.history, self._step
        self._step = history.step
        later = history.steps[history.place + 1 :]
        if any(step is before for step in later):
            self.noticed.emit(tr("Taken back: {label}", label=later[0].label))
        elif history.place > 0 and history.step is not before:
            self.noticed.emit(history.step.label)

    def _name(self, name: str, label: str) -> None:
        """Let an action say what it is for; without a label there is nothing to do."""
        assert self._actions is not None
        action, text = self._actions[name], str(self._actions.entry(name).text)
        label = shortened(label, LONGEST_LABEL).replace("&", "&&")
        action.setText(f"{text}: {label}" if label else text)
        action.setIconText(plain(text))
        action.setEnabled(bool(label))

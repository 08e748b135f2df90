"""Everything that was done, step by step; a click goes back or forth to a step."""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import QSignalBlocker, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.session.document.history import History
from isnmf_gui.texts import N_, tr

TIP = N_(
    "What was done, the newest last. Click a step, or choose it with the arrow keys: go there."
)
SAVED = N_("saved here")


class HistoryPanel(QWidget):
    """Lists the steps of the history; those that were undone are dim."""

    #: The person wants to go to a step, by its place.
    step_wanted = Signal(int)
    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._history: History | None = None
        # What is listed: the numbers of the steps, the one of the moment, and the one in the file.
        self._numbers: list[int] = []
        self._place = 0
        self._saved: int | None = None
        self.list = QListWidget()
        self.list.setAccessibleName(tr("History"))
        self.list.setToolTip(str(TIP))
        self.list.setUniformItemSizes(True)  # or all would be measured for every step
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._chosen)
        self.undo_button = self._button(tr("Undo"), "undo", self.undo_wanted)
        self.undo_button.setToolTip(tr("Take the last step back"))
        self.redo_button = self._button(tr("Redo"), "redo", self.redo_wanted)
        self.redo_button.setToolTip(tr("Take the step again that was taken back"))
        buttons = QHBoxLayout()
        buttons.addWidget(self.undo_button)
        buttons.addWidget(self.redo_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 4)
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)
        theme.changed.connect(self._apply_theme)
        self._apply_theme()

    def _button(self, text: str, name: str, wanted: SignalInstance) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("icon_name", name)
        button.setEnabled(False)
        button.clicked.connect(wanted)
        return button

    def show_history(self, history: History) -> None:
        """Show the steps as they are now; only lines that differ are touched, of a thousand."""
        before, self._history = self._history, history
        with QSignalBlocker(self.list):
            if history is not before:
                self.list.clear()
                self._numbers, self._place, self._saved = [], 0, None
            for row in self._follow(history):
                self._write(row)
            self.list.setCurrentRow(history.place)
        self.list.scrollToItem(self.list.item(history.place))
        self.undo_button.setEnabled(history.can_undo)
        self.redo_button.setEnabled(history.can_redo)

    def _follow(self, history: History) -> list[int]:
        """Take and add lines until there is one for each step; return those to be written."""
        n_steps, place, saved = len(history.steps), history.place, history.saved_place
        n_same, n_forgotten = self._take_away(history)
        self._numbers += [step.number for step in history.steps[n_same:]]
        for _ in range(self.list.count(), n_steps):
            self.list.addItem(QListWidgetItem())
        place_before = self._place - n_forgotten
        saved_before = None if self._saved is None else self._saved - n_forgotten
        self._place, self._saved = place, saved
        changed = {*range(n_same, n_steps)}  # new, on either side of the place, saved
        changed |= {*range(min(place, place_before) + 1, max(place, place_before) + 1)}
        changed |= {row for row in (saved, saved_before) if row is not None}
        return [row for row in changed if 0 <= row < n_steps]

    def _take_away(self, history: History) -> tuple[int, int]:
        """Take lines of steps that are gone; return how many stay, and how many were too old.

        Later steps have higher numbers, and what comes before a step never changes but for what
        is forgotten: so the ends of the list say what is gone.
        """
        steps, numbers = history.steps, self._numbers
        n_forgotten = bisect_left(numbers, steps[0].number)
        for _ in range(n_forgotten):
            self.list.takeItem(0)
        del numbers[:n_forgotten]
        del numbers[len(steps) :]
        while numbers and numbers[-1] != steps[len(numbers) - 1].number:
            numbers.pop()
        while self.list.count() > len(steps):
            self.list.takeItem(self.list.count() - 1)
        return len(numbers), n_forgotten

    def _write(self, row: int) -> None:
        """Let a line say its step, and whether it was undone or saved."""
        assert self._history is not None
        label = self._history.steps[row].label
        text = f"{label} – {SAVED}" if row == self._saved else label
        item, undone = self.list.item(row), row > self._place
        if item.text() != text:
            item.setText(text)
            item.setToolTip(text)
        if item.data(Qt.ItemDataRole.UserRole) != undone:
            item.setData(Qt.ItemDataRole.UserRole, undone)
            self._color(item)

    def _color(self, item: QListWidgetItem) -> None:
        scheme, undone = self._theme.scheme, item.data(Qt.ItemDataRole.UserRole)
        item.setForeground(QColor(scheme.dim if undone else scheme.text))
        font = item.font()
        font.setItalic(bool(undone))  # not by colour alone
        item.setFont(font)

    @Slot(int)
    def _chosen(self, place: int) -> None:
        if place >= 0:
            self.step_wanted.emit(place)

    @Slot()
    def _apply_theme(self) -> None:
        for button in (self.undo_button, self.redo_button):
            button.setIcon(self._theme.icon(button.property("icon_name")))
        for place in range(self.list.count()):
            self._color(self.list.item(place))

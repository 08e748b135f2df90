"""Everything that was done, step by step; a click goes back or forth to a step."""

from __future__ import annotations

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
from isnmf_gui.texts import tr

TIP = tr(
    "What was done, the newest last. Click a step, or choose it with the arrow keys: go there."
)
SAVED = tr("saved here")


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
        self.list = QListWidget()
        self.list.setAccessibleName(tr("History"))
        self.list.setToolTip(TIP)
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
        """Show the steps as they are now."""
        self._history = history
        with QSignalBlocker(self.list):
            self._show_lines([self._line(place) for place in range(len(history.steps))])
            self.list.setCurrentRow(history.place)
        self.list.scrollToItem(self.list.item(history.place))
        self.undo_button.setEnabled(history.can_undo)
        self.redo_button.setEnabled(history.can_redo)

    def _line(self, place: int) -> tuple[str, bool]:
        """Return what a step's line says, and whether it was undone."""
        history = self._history
        assert history is not None
        label = history.steps[place].label
        text = f"{label} – {SAVED}" if place == history.saved_place else label
        return text, place > history.place

    def _show_lines(self, lines: list[tuple[str, bool]]) -> None:
        """Change only what differs: there may be a thousand."""
        while self.list.count() > len(lines):
            self.list.takeItem(self.list.count() - 1)
        for place, (text, undone) in enumerate(lines):
            if place == self.list.count():
                self.list.addItem(QListWidgetItem())
            item = self.list.item(place)
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

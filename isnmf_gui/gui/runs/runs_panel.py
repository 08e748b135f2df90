"""The list of runs, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from isnmf_gui.gui.actions.actions import Actions
from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.runs.run_rows import Row, RunState
from isnmf_gui.gui.runs.runs_model import COLUMNS, SWATCH, RunsModel
from isnmf_gui.gui.widgets.number_box import NumberBox
from isnmf_gui.session.runs.settings import LIMITS
from isnmf_gui.texts import N_, tr

TIP = N_(
    "All runs of this recording. Click or Enter: see and hear it. F2 or double click: rename. "
    "Its box, or Space if you came by Tab: draw its loss curve or not. Del: delete."
)
EMPTY = N_("No runs yet. Press Separate, or Compare rules to run all three.")
DEFAULT_MORE = 100
MORE = N_("So many iterations more")
MISSING = N_("So many iterations more; at first those that are missing of the cancelled run")
LEAST_NAME_PIXELS = 100
#: Columns that are left out where there is little room, in this order: time, iterations, p, rule.
LEFT_OUT = (6, 4, 2, 1)


class RunsView(QTreeView):
    """A list with keys for what can be done with a line."""

    chosen = Signal()
    delete_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._needed = [0] * len(COLUMNS)

    @property
    def _is_editing(self) -> bool:
        return self.state() is QAbstractItemView.State.EditingState

    def begin_renaming(self, index: QModelIndex) -> None:
        """Let the person write another name for a run, unless it waits and has none yet."""
        name = index.siblingAtColumn(0)
        if name.flags() & Qt.ItemFlag.ItemIsEditable and not self._is_editing:
            self.edit(name)

    def measure_columns(self) -> None:
        """Give columns the width of what stands in them."""
        header = self.header()
        self._needed = [
            max(self.sizeHintForColumn(column), header.sectionSizeHint(column))
            for column in range(len(COLUMNS))
        ]
        self.stretch_names()

    def stretch_names(self) -> None:
        """Give names the room that is left; where there is little, some columns are left out.

        Their tooltip tells what those say.
        """
        widths = {column: self._needed[column] for column in range(1, len(COLUMNS))}
        room = self.viewport().width()
        for column in LEFT_OUT:
            if room - sum(widths.values()) < LEAST_NAME_PIXELS:
                del widths[column]
        for column in range(1, len(COLUMNS)):
            self.setColumnHidden(column, column not in widths)
            if column in widths:
                self.setColumnWidth(column, widths[column])
        self.setColumnWidth(0, max(LEAST_NAME_PIXELS, room - sum(widths.values())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out anew."""
        super().resizeEvent(event)
        self.stretch_names()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose, rename, delete, or hide a curve, whichever column is the current one."""
        key, name = event.key(), self.currentIndex().siblingAtColumn(0)
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if self._is_editing or not plain or not name.isValid():
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        elif key == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        elif key == Qt.Key.Key_F2:
            self.begin_renaming(name)
        elif key == Qt.Key.Key_Space:
            on = name.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
            check = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
            self.model().setData(name, check, Qt.ItemDataRole.CheckStateRole)
        else:
            super().keyPressEvent(event)


class RunsPanel(QWidget):
    """Lists all runs: those that are done, the one that goes on, and those that wait."""

    chosen = Signal(int)
    renamed = Signal(int, str)
    delete_wanted = Signal(int)
    #: A run is to do so many more iterations.
    continue_wanted = Signal(int, int)
    pause_wanted = Signal(bool)
    cancel_wanted = Signal()
    #: Other curves are to be drawn.
    hidden_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_on = self._is_paused = False
        self._proposed_for: tuple[int, int] | None = None
        self._widths: list[tuple[int, ...]] = []
        self._keys_of: Callable[[str], str] = lambda name: ""
        self.model = RunsModel(theme)
        self.model.renamed.connect(self.renamed)
        self.model.hidden_changed.connect(self.hidden_changed)
        self._build_view()
        self._empty = QLabel(str(EMPTY))
        self._empty.setProperty("role", "dim")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._build_buttons()
        heading = QLabel(tr("Runs"))
        heading.setProperty("role", "heading")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 4)
        layout.addWidget(heading)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self.view, 1)
        layout.addLayout(self._buttons)
        theme.changed.connect(self._apply_theme)
        self._apply_theme()
        self.show_rows([])

    def _build_view(self) -> None:
        self.view = RunsView()
        self.view.setModel(self.model)
        self.view.setRootIsDecorated(False)
        self.view.setUniformRowHeights(True)
        self.view.setAllColumnsShowFocus(True)
        self.view.setAccessibleName(tr("Runs"))
        self.view.setToolTip(str(TIP))
        self.view.setIconSize(QSize(*SWATCH))
        small = self.view.font()
        small.setPointSizeF(small.pointSizeF() - 1)  # seven columns beside the spectrogram
        self.view.setFont(small)
        self.model.font = small
        self.view.setTextElideMode(Qt.TextElideMode.ElideRight)
        triggers = QAbstractItemView.EditTrigger
        self.view.setEditTriggers(triggers.NoEditTriggers)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header = self.view.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionsMovable(False)
        self.view.clicked.connect(self._clicked)
        self.view.doubleClicked.connect(self._double_clicked)
        self.view.chosen.connect(self._choose)
        self.view.delete_wanted.connect(self._delete)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.view.selectionModel().currentChanged.connect(self._refresh)

    def _build_buttons(self) -> None:
        self.pause_button = self._tool(self._pause)
        self.cancel_button = self._tool(self.cancel_wanted.emit)
        self.cancel_button.setAccessibleName(tr("Cancel the run"))
        self.delete_button = self._tool(self._delete)
        self.delete_button.setToolTip(tr("Delete the selected run (Del)"))
        self.delete_button.setAccessibleName(tr("Delete the run"))
        self.continue_button = QPushButton(tr("Continue"))
        self.continue_button.setToolTip(tr("Do more iterations of the selected run"))
        self.continue_button.setAccessibleName(tr("Continue the run"))
        self.continue_button.clicked.connect(self._continue)
        self.more_box = NumberBox()
        self.more_box.setRange(1, int(LIMITS["n_iterations"][1]))
        self.more_box.setValue(DEFAULT_MORE)
        self.more_box.setPrefix("+")
        self.more_box.setToolTip(str(MORE))
        self.more_box.setAccessibleName(tr("Iterations to continue by"))
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(3)  # in no small window this row is the widest
        self._buttons.addWidget(self.continue_button)
        self._buttons.addWidget(self.more_box)
        self._buttons.addStretch(1)
        for button in (self.pause_button, self.cancel_button, self.delete_button):
            self._buttons.addWidget(button)

    def _tool(self, act: object) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.clicked.connect(act)
        return button

    def set_actions(self, actions: Actions) -> None:
        """Name the keys of the window's actions, as they are and as they are changed."""
        self._keys_of = actions.keys
        for name in ("pause", "cancel"):
            actions[name].changed.connect(self._refresh)
        self._refresh()

    # -- what is shown ------------------------------------------------------------------------

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show runs."""
        chosen = next((row.id for row in rows if row.is_chosen), None)
        chosen_before = next((row.id for row in self.model.rows if row.is_chosen), None)
        self.model.show(rows)
        self._fit_columns()
        if chosen != chosen_before and chosen is not None:
            self._make_current(chosen)
        self._is_on = any(row.state in (RunState.RUNNING, RunState.PAUSED) for row in rows)
        self._is_paused = any(row.state is RunState.PAUSED for row in rows)
        self._empty.setVisible(not rows)
        self.view.setVisible(bool(rows))
        self._refresh()

    def _fit_columns(self) -> None:
        """Give columns the room they need; measuring it takes too long to do at every news."""
        rows = self.model.rows
        widths = [
            (row.is_chosen, row.is_live, *(len(text(row)) for _, _, text in COLUMNS))
            for row in rows
        ]
        if widths != self._widths:
            self._widths = widths
            self.view.measure_columns()

    @property
    def current(self) -> Row | None:
        """The run in the line that the keyboard is at."""
        place = self.view.currentIndex().row()
        return self.model.rows[place] if 0 <= place < len(self.model.rows) else None

    def n_more_of(self, run_id: int) -> int:
        """Return by how many iterations to continue a run: the number shown, if it is for it."""
        if self.current is not None and self.current.id == run_id:
            return self._n_more
        missing = [_missing(row) for row in self.model.rows if row.id == run_id]
        return missing[0] if missing else DEFAULT_MORE

    @property
    def _n_more(self) -> int:
        self.more_box.interpretText()
        return self.more_box.value()

    def _propose_more(self) -> None:
        """Propose what is missing of the current run; a number that was typed for it stays."""
        row = self.current
        if row is None or row.is_live or self._proposed_for == (row.id, len(row.loss)):
            return
        self._proposed_for = row.id, len(row.loss)
        self.more_box.setValue(_missing(row))
        is_missing = row.state is RunState.CANCELLED
        self.more_box.setToolTip(str(MISSING if is_missing else MORE))

    def _make_current(self, run_id: int) -> None:
        place = self.model.place_of(run_id)
        if place is not None:
            flag = QItemSelectionModel.SelectionFlag
            index = self.model.index(place, 0)
            how = flag.ClearAndSelect | flag.Rows
            self.view.selectionModel().setCurrentIndex(index, how)

    @Slot()
    def _refresh(self) -> None:
        self._propose_more()
        row = self.current
        is_done = row is not None and not row.is_live
        self.delete_button.setEnabled(is_done)
        most = row is not None and len(row.loss) >= LIMITS["n_iterations"][1]
        self.continue_button.setEnabled(is_done and not self._is_on and not most)
        self.more_box.setEnabled(bool(self.model.rows))
        self.pause_button.setEnabled(self._is_on)
        self.cancel_button.setEnabled(self._is_on)
        self.pause_button.setIcon(self._theme.icon("play" if self._is_paused else "pause"))
        what = tr("Resume the run") if self._is_paused else tr("Pause the run")
        self.pause_button.setToolTip(self._with_keys(what, "pause", " ({keys})"))
        self.pause_button.setAccessibleName(what)
        what = tr("Stop the run and keep what it has reached")
        self.cancel_button.setToolTip(self._with_keys(what, "cancel", " ({keys})"))

    def _with_keys(self, text: str, action: str, form: str) -> str:
        """Name the keys of an action of the window, as long as it has some."""
        keys = self._keys_of(action)
        return text + form.format(keys=keys) if keys else text

    # -- what is wanted -----------------------------------------------------------------------

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        self._choose()

    @Slot(QModelIndex)
    def _double_clicked(self, index: QModelIndex) -> None:
        self.view.begin_renaming(index)

    @Slot()
    def _choose(self) -> None:
        row = self.current
        if row is not None and row.state is not RunState.WAITING and not row.is_chosen:
            self.chosen.emit(row.id)

    @Slot()
    def _delete(self) -> None:
        row = self.current
        if row is not None and not row.is_live:
            self.delete_wanted.emit(row.id)

    @Slot()
    def _continue(self) -> None:
        if self.current is not None:
            self.continue_wanted.emit(self.current.id, self._n_more)

    @Slot()
    def _pause(self) -> None:
        self.pause_wanted.emit(not self._is_paused)

    @Slot()
    def rename(self) -> None:
        """Let the person type another name for the current run."""
        self.view.begin_renaming(self.view.currentIndex())

    @Slot(QPoint)
    def _open_menu(self, place: QPoint) -> None:
        index = self.view.indexAt(place)
        row = self.model.rows[index.row()] if index.isValid() else self.current
        if row is None:
            return
        menu = self.make_menu(row)
        if not index.isValid():  # by key
            place = self.view.visualRect(self.view.currentIndex()).bottomLeft()
        menu.popup(self.view.viewport().mapToGlobal(place))

    def make_menu(self, row: Row) -> QMenu:
        """Return the menu of a run."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        is_waiting = row.state is RunState.WAITING
        choose = menu.addAction(tr("See and hear"), lambda: self.chosen.emit(row.id))
        choose.setEnabled(not is_waiting and not row.is_chosen)
        menu.addAction(tr("Rename…\tF2"), self.rename).setEnabled(not is_waiting)
        more = tr("Continue by {n_more}", n_more=self.n_more_of(row.id))
        menu.addAction(more, self._continue).setEnabled(self.continue_button.isEnabled())
        if row.is_live:
            word = tr("Resume") if self._is_paused else tr("Pause")
            menu.addAction(self._with_keys(word, "pause", "\t{keys}"), self._pause)
            cancel = self._with_keys(tr("Cancel"), "cancel", "\t{keys}")
            menu.addAction(cancel, self.cancel_wanted.emit)
        menu.addSeparator()
        menu.addAction(tr("Delete…\tDel"), self._delete).setEnabled(not row.is_live)
        return menu

    @Slot()
    def _apply_theme(self) -> None:
        self.model.forget_colors()
        self.cancel_button.setIcon(self._theme.icon("cancel"))
        self.delete_button.setIcon(self._theme.icon("trash"))
        self._refresh()
        self.view.viewport().update()


def _missing(row: Row) -> int:
    """Return how many iterations a run was cancelled before its end, or a number for any other."""
    missing = row.settings.n_iterations - len(row.loss)
    return missing if row.state is RunState.CANCELLED and missing > 0 else DEFAULT_MORE

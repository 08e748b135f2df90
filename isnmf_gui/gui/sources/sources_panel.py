"""The sources of the run that is shown: groups of components with a place in the mix."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.sources.source_row import SourceRow
from isnmf_gui.gui.widgets.focus_keeping import dismiss, focused_place, keep_focus
from isnmf_gui.gui.widgets.spoken_state import ListArea
from isnmf_gui.session.document.document import UNASSIGNED, Run
from isnmf_gui.session.document.source_shares import components_in
from isnmf_gui.session.edits.mix_edits import pair_gains
from isnmf_gui.texts import N_, tr

EMPTY = N_(
    "Sources are groups of components: drums, a voice. Select components and press Ctrl+G, or "
    "drag tiles onto a source. Suggest groups them by how they sound."
)


class SourcesPanel(QWidget):
    """Shows the sources; what the person wants of them it emits, and changes nothing itself."""

    add_wanted = Signal()
    suggest_wanted = Signal()
    mute_wanted = Signal(int, bool)
    solo_wanted = Signal(int, bool)
    gain_wanted = Signal(int, float)
    #: Changes of a gain are one step between these: a fader was taken and is let go.
    gesture_began = Signal()
    gesture_ended = Signal()
    rename_wanted = Signal(int, str)
    color_wanted = Signal(int, int)
    #: A source is to stand at a place, from 0.
    move_wanted = Signal(int, int)
    delete_wanted = Signal(int)
    #: Components are to go into a source: its id, and their indices.
    assign_wanted = Signal(int, object)
    #: What is selected is to go into a source.
    assign_selected_wanted = Signal(int)
    #: The components of a source are to be selected.
    select_wanted = Signal(int)
    #: A source is to be seen large.
    show_wanted = Signal(int)
    #: The small picture of a source is to be drawn; rows are seen that were not before.
    uncovered = Signal(int)
    scrolled = Signal()
    #: A source is to be heard alone, or no longer.
    hear_wanted = Signal(int)
    #: A source is to be written as sound.
    export_wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._run: Run | None = None
        self._rows: dict[int, SourceRow] = {}
        self._source_heard: int | None = None
        self._exportable = False
        self.add_button = QPushButton(tr("New source"))
        self.add_button.setToolTip(tr("Add a source that holds nothing yet"))
        self.add_button.clicked.connect(self.add_wanted)
        self.suggest_button = QPushButton(tr("Suggest…"))
        self.suggest_button.setToolTip(tr("Group the components into sources by how they sound"))
        self.suggest_button.clicked.connect(self.suggest_wanted)
        self._hint = QLabel(str(EMPTY))
        self._hint.setProperty("role", "dim")
        self._hint.setWordWrap(True)
        self._list = QVBoxLayout()
        self._list.setSpacing(5)
        self._build()
        theme.changed.connect(self._apply_theme)
        self.show_run(None)

    def _build(self) -> None:
        content = ListArea()
        content.setAccessibleName(tr("Sources"))
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 4, 0)
        inside.addLayout(self._list)
        inside.addWidget(self._hint)
        inside.addStretch(1)
        self._scroll = scroll = QScrollArea()
        scroll.setWidget(content)
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(tr("Sources"))
        scroll.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes to its rows
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.verticalScrollBar().valueChanged.connect(self.scrolled)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.suggest_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 4, 4)
        layout.addWidget(scroll, 1)
        layout.addLayout(buttons)

    # -- what is shown ------------------------------------------------------------------------

    @property
    def rows(self) -> list[SourceRow]:
        """The rows in the order they are shown; the last is what is unassigned."""
        if self._run is None:
            return []
        return [self._rows[source.id] for source in self._run.all_sources]

    def show_run(self, run: Run | None) -> None:
        """Show the sources of a run."""
        focused, self._run = focused_place(self.rows), run
        wanted = [source.id for source in run.all_sources] if run else []
        for source_id in [it for it in self._rows if it not in wanted]:
            dismiss(self._rows.pop(source_id))
        for source_id in wanted:
            if source_id not in self._rows:
                self._rows[source_id] = self._make_row(source_id)
        if run is not None:
            for place, source in enumerate(run.all_sources):
                row = self._rows[source.id]
                if self._list.indexOf(row) != place:
                    self._list.insertWidget(place, row)
            self._show_sources(run)
            self._order_tabs()
        keep_focus(self.rows, focused)
        self._hint.setVisible(not (run and run.sources))
        for button in (self.add_button, self.suggest_button):
            button.setEnabled(run is not None and bool(run.components))

    def show_chosen(self, source_id: int | None) -> None:
        """Mark the source that is chosen, if one is."""
        for row in self._rows.values():
            row.show_chosen(row.source.id == source_id)

    def _show_sources(self, run: Run) -> None:
        gains = pair_gains(run)
        for column, source in enumerate(run.all_sources):
            is_heard = bool(gains[:, column].any())
            is_alone, held = source.id == self._source_heard, len(run.members(source.id))
            has_sound = bool(components_in(run, source.id))
            self._rows[source.id].show_source(source, held, is_alone, has_sound, is_heard)

    def show_heard(self, source_id: int | None) -> None:
        """Show which source is heard alone, if one is."""
        if source_id != self._source_heard:
            self._source_heard = source_id
            if self._run is not None:
                self._show_sources(self._run)

    def set_exportable(self, on: bool) -> None:
        """Offer to export a source, or not."""
        self._exportable = on

    def _order_tabs(self) -> None:
        """Let Tab come to the rows in their order, after the list and before the buttons."""
        for before, row in pairwise([self._scroll, *self.rows]):
            if before.nextInFocusChain() is not row:
                QWidget.setTabOrder(before, row)

    def _make_row(self, source_id: int) -> SourceRow:
        row = SourceRow(source_id, self._theme, self)
        row.clicked.connect(self.select_wanted)
        row.show_wanted.connect(self.show_wanted)
        row.uncovered.connect(self.uncovered)
        row.hear_wanted.connect(self.hear_wanted)
        row.muted.connect(self.mute_wanted)
        row.soloed.connect(self.solo_wanted)
        row.gain_moved.connect(self.gain_wanted)
        row.fader.grabbed.connect(self.gesture_began)
        row.fader.released.connect(self.gesture_ended)
        row.renamed.connect(self.rename_wanted)
        row.dropped.connect(self.assign_wanted)
        row.menu_wanted.connect(self._show_menu)
        row.step_wanted.connect(self._step)
        row.move_wanted.connect(self._move)
        row.delete_wanted.connect(self.delete_wanted)
        return row

    @Slot()
    def _apply_theme(self) -> None:
        for row in self._rows.values():
            row.refresh_colors()

    # -- what the person wants ----------------------------------------------------------------

    @Slot(int, int)
    def _step(self, source_id: int, step: int) -> None:
        rows = self.rows
        place = rows.index(self._rows[source_id]) + step
        if 0 <= place < len(rows):
            self._go_to(rows[place])

    def _go_to(self, row: SourceRow) -> None:
        row.setFocus()
        self._scroll.ensureWidgetVisible(row)

    @Slot(int, int)
    def _move(self, source_id: int, step: int) -> None:
        assert self._run is not None
        ids = [source.id for source in self._run.sources]
        if source_id in ids and 0 <= ids.index(source_id) + step < len(ids):
            self.move_wanted.emit(source_id, ids.index(source_id) + step)
            self._go_to(self._rows[source_id])

    @Slot(int, QPoint)
    def _show_menu(self, source_id: int, place: QPoint) -> None:
        menu = self.menu_for(source_id)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def menu_for(self, source_id: int) -> QMenu:
        """Return the menu of a source."""
        row, is_real = self._rows[source_id], source_id != UNASSIGNED
        menu = QMenu(self)
        self._add_mix_entries(menu, row)
        menu.addSeparator()
        if is_real:
            self._add_own_entries(menu, row)
            menu.addSeparator()
        text = tr("Export this source…") if is_real else tr("Export what is unassigned…")
        export = menu.addAction(text)
        export.setEnabled(self._exportable and row.play.isEnabled())
        export.triggered.connect(lambda: self.export_wanted.emit(source_id))
        if is_real:
            menu.addSeparator()
            delete = menu.addAction(tr("Delete the source\tDel"))
            delete.setToolTip(tr("What it holds is unassigned then"))
            delete.triggered.connect(lambda: self.delete_wanted.emit(source_id))
        return menu

    def _add_mix_entries(self, menu: QMenu, row: SourceRow) -> None:
        """Add what is done with what a source holds, and how it is heard."""
        source_id, is_real = row.source.id, row.source.id != UNASSIGNED
        hear = menu.addAction(tr("Stop\tP") if row.is_playing else tr("Hear alone\tP"))
        hear.setEnabled(row.play.isEnabled())
        hear.triggered.connect(row.play.click)
        menu.addAction(tr("See it large")).triggered.connect(
            lambda: self.show_wanted.emit(source_id)
        )
        put = (
            tr("Put the selected components here")
            if is_real
            else tr("Take the selected components out")
        )
        menu.addAction(put).triggered.connect(lambda: self.assign_selected_wanted.emit(source_id))
        menu.addAction(tr("Select what it holds\tEnter")).triggered.connect(
            lambda: self.select_wanted.emit(source_id)
        )
        for text, act in ((tr("Solo\tS"), row.solo.click), (tr("Mute\tM"), row.mute.click)):
            menu.addAction(text).triggered.connect(lambda _=False, act=act: act())
        menu.addAction(tr("Gain to 0 dB\tCtrl+click")).triggered.connect(
            lambda: self.gain_wanted.emit(source_id, 0.0)
        )

    def _add_own_entries(self, menu: QMenu, row: SourceRow) -> None:
        """Add what can be done with a source, and not with what is unassigned."""
        assert self._run is not None
        source_id = row.source.id
        menu.addAction(tr("Rename…\tF2")).triggered.connect(row.begin_renaming)
        menu.addMenu(self._color_menu(menu, source_id))
        ids = [source.id for source in self._run.sources]
        for text, step in ((tr("Move up\tCtrl+Up"), -1), (tr("Move down\tCtrl+Down"), 1)):
            action = menu.addAction(text)
            action.setEnabled(0 <= ids.index(source_id) + step < len(ids))
            action.triggered.connect(lambda _=False, step=step: self._move(source_id, step))

    def _color_menu(self, parent: QMenu, source_id: int) -> QMenu:
        menu = QMenu(tr("Colour"), parent)
        for number in range(len(self._theme.scheme.curves)):
            pixmap = QPixmap(16, 16)
            pixmap.fill(self._theme.curve(number))
            action = menu.addAction(QIcon(pixmap), tr("Colour {number}", number=number + 1))
            action.triggered.connect(
                lambda _=False, number=number: self.color_wanted.emit(source_id, number)
            )
        return menu

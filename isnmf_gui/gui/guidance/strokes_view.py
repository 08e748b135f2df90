"""The list of strokes: what is selected in it, and its keys."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import cast

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView

from isnmf_gui.gui.actions.action_entries import N_NUMBERED
from isnmf_gui.gui.guidance.strokes_model import (
    BAND,
    COLUMNS,
    HEAR,
    KIND,
    MOVED,
    NOTE,
    SOURCE,
    TIME,
    StrokesModel,
    chunks,
)
from isnmf_gui.session.document.guidance import Stroke
from isnmf_gui.texts import N_, clock, tr

TIP = N_(
    "What was painted. Enter or P: hear just that place. Double click: bring it into sight. Its "
    "box, or Space if you came by Tab: let it count or not. Alt+1 to Alt+9: give it to another "
    "source. Del: delete. Right click: more."
)
LEAST_NAME_PIXELS = 38
#: Columns that are left out where there is little room, in this order.
LEFT_OUT = (KIND, BAND, MOVED)
#: Widths are those of these texts, so that no line has to be looked at.
WIDEST = {HEAR: "▶", BAND: "00000–00000", MOVED: "+00.0", NOTE: "⚠"}
MARGIN = 9
MODIFIER = Qt.KeyboardModifier


class StrokesView(QTreeView):
    """A list of which several lines can be selected."""

    #: The strokes in the selected lines are to be deleted, or to count or not.
    delete_wanted = Signal()
    switch_wanted = Signal()
    #: They are to be of another source: its place among the sources, from 0.
    source_wanted = Signal(int)
    #: The place of the stroke in one line is to be heard.
    play_wanted = Signal(object)
    #: Another selection, or another line that the keyboard is at.
    picked = Signal()

    def __init__(self, model: StrokesModel) -> None:
        super().__init__()
        self.strokes = model
        self._longest = clock(0, 1)
        self.setModel(model)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(tr("Strokes"))
        self.setToolTip(str(TIP))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        small = self.font()
        small.setPointSizeF(small.pointSizeF() - 1)
        self.setFont(small)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(20)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionsMovable(False)
        self.clicked.connect(self._clicked)
        self.selectionModel().selectionChanged.connect(self.picked)
        self.selectionModel().currentRowChanged.connect(self.picked)

    # -- what is selected ---------------------------------------------------------------------

    @property
    def selected(self) -> list[Stroke]:
        """The strokes in the selected lines, in their order."""
        rows = {it.row() for it in self.selectionModel().selectedRows()}
        return [self.strokes.strokes[row] for row in sorted(rows)]

    def select(self, stroke_ids: Collection[int]) -> None:
        """Select strokes and no others; the first of them is brought into sight."""
        rows, flag = self.strokes.rows_of(stroke_ids), QItemSelectionModel.SelectionFlag
        chosen, last = QItemSelection(), len(COLUMNS) - 1
        for first_row, last_row in chunks(rows):
            chosen.select(self.strokes.index(first_row, 0), self.strokes.index(last_row, last))
        if rows:
            first = self.strokes.index(rows[0], SOURCE)
            self.selectionModel().setCurrentIndex(first, flag.NoUpdate)
            self.scrollTo(first)
        self.selectionModel().select(chosen, flag.ClearAndSelect | flag.Rows)

    @property
    def seen(self) -> list[Stroke]:
        """The strokes in the lines that are to be seen."""
        strokes, height = self.strokes.strokes, self.viewport().height()
        first = self.indexAt(self.viewport().rect().topLeft())
        if not first.isValid():
            return []
        line = max(self.visualRect(first).height(), 1)
        return list(strokes[first.row() : first.row() + height // line + 2])

    # -- columns ------------------------------------------------------------------------------

    def set_duration(self, duration_s: float) -> None:
        """Make room for moments of a recording of this length."""
        self._longest = clock(duration_s, 1)
        self.stretch_names()

    def stretch_names(self) -> None:
        """Give names the room that is left; where there is little, some columns are left out.

        Their tooltip tells what those say.
        """
        metrics, room = self.fontMetrics(), self.viewport().width()
        kinds = (tr("box", "kind of stroke"), tr("brush", "kind of stroke"), tr("harmonic brush"))
        texts: dict[int, Iterable[str]] = {at: [text] for at, text in WIDEST.items()}
        texts[KIND] = kinds
        texts[TIME] = [f"{self._longest}–{self._longest}"]
        widths = {
            column: MARGIN + max(metrics.horizontalAdvance(text) for text in each)
            for column, each in texts.items()
        }
        least = LEAST_NAME_PIXELS + 3 * metrics.height()  # its box and its colour
        for column in LEFT_OUT:
            if room - sum(widths.values()) < least:
                del widths[column]
        for column in range(1, len(COLUMNS)):
            self.setColumnHidden(column, column not in widths)
            if column in widths:
                self.setColumnWidth(column, widths[column])
        self.setColumnWidth(SOURCE, max(least, room - sum(widths.values())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out anew."""
        super().resizeEvent(event)
        self.stretch_names()

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == HEAR:
            self.play_wanted.emit(self.strokes.strokes[index.row()])

    def _hear(self) -> None:
        row = self.currentIndex().row()
        if 0 <= row < len(self.strokes.strokes):
            self.play_wanted.emit(self.strokes.strokes[row])

    # -- keys ---------------------------------------------------------------------------------

    def wants_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is for the list, and elsewhere an action's."""
        return event.key() == Qt.Key.Key_P and bool(self.strokes.strokes)

    def event(self, event: QEvent) -> bool:
        """Keep Alt with a number from the window, where it means the selected components."""
        is_key = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_key and _source_place(cast(QKeyEvent, event)) is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hear, delete, let count or not, or give the selected strokes to another source."""
        key, place = event.key(), _source_place(event)
        plain = event.modifiers() in (MODIFIER.NoModifier, MODIFIER.KeypadModifier)
        if place is not None:
            self.source_wanted.emit(place)
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_P):
            self._hear()
        elif plain and key == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        elif plain and key == Qt.Key.Key_Space:
            self.switch_wanted.emit()
        else:
            super().keyPressEvent(event)


def _source_place(event: QKeyEvent) -> int | None:
    """Return the place of the source that keys mean: Alt+1 the first."""
    place = event.key() - Qt.Key.Key_1
    has_alt = event.modifiers() & MODIFIER.AltModifier and not event.modifiers() & (
        MODIFIER.ControlModifier | MODIFIER.ShiftModifier
    )
    return place if has_alt and 0 <= place < N_NUMBERED else None

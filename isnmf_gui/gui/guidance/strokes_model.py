"""The strokes of a run as Qt sees them: a table with a line for each, however many there are."""

from __future__ import annotations

import html
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.guidance.stroke_words import (
    band_text,
    kind_text,
    moved_text,
    spoken,
    times_text,
    told,
)
from isnmf_gui.session.document.document import UNASSIGNED, Run, Source
from isnmf_gui.session.document.guidance import Stroke
from isnmf_gui.session.document.stroke_effects import Effect
from isnmf_gui.texts import N_

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

#: Title and tooltip of each column.
COLUMNS = (
    (N_("Source"), N_("What the place belongs to. Checked: the stroke counts.")),
    (N_("Hear"), N_("▶: hear just that place; again: what was heard before")),
    (N_("Time", "of a stroke"), N_("From when to when")),
    (N_("Hz"), N_("From which frequency to which")),
    (N_("dB"), N_("What it moved: by so much the stroke raises its source")),
    (N_("Note"), N_("⚠: something is wrong with the stroke")),
    (N_("Kind"), N_("What it was painted with")),
)
SOURCE, HEAR, TIME, BAND, MOVED, NOTE, KIND = range(len(COLUMNS))
NUMBERS = {TIME, BAND, MOVED}
SWATCH = 12
#: Where lines come and go in more places than this, all of them are shown anew.
MOST_CHUNKS = 50
WARNING, PLAY, STOP = "⚠", "▶", "■"


class StrokesModel(QAbstractTableModel):
    """A line for every stroke; checks say whether it counts."""

    #: A stroke is to count, or not: its number.
    switched = Signal(int, bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icons: dict[str, QIcon] = {}
        self._sources: dict[int, Source] = {}
        self._effects: dict[int, Effect] = {}
        self._notes: dict[int, tuple[str, ...]] = {}
        self.strokes: tuple[Stroke, ...] = ()
        #: The stroke whose place is heard now.
        self.heard: int | None = None

    # -- what is shown ------------------------------------------------------------------------

    def show_run(self, run: Run | None) -> bool:
        """Show the strokes of a run; lines stay what they are where they are the same stroke.

        Returns
        -------
        bool
            Whether the lines stayed; if not, nothing is selected any more.
        """
        strokes = run.strokes if run else ()
        sources = {source.id: source for source in run.all_sources} if run else {}
        before, self._sources, known = self.strokes, sources, self._sources
        has_stayed = True
        if strokes is not before:
            had = {it.id: it for it in before}
            has_stayed = self._follow(strokes)
            self._tell(n for n, it in enumerate(strokes) if had.get(it.id) is not it)
        if sources != known:
            self._tell(range(len(strokes)))
        return has_stayed

    def know(self, effects: Mapping[int, Effect], silent: Collection[int]) -> None:
        """Show what strokes do and which say nothing, as far as it was looked at."""
        notes: dict[int, tuple[str, ...]] = dict.fromkeys(silent, ("silent",))
        self._effects = {it.id: self._effects[it.id] for it in self.strokes
                         if it.id in self._effects and it.is_on}  # fmt: skip
        changed = {number for number, it in effects.items() if self._effects.get(number) != it}
        changed |= {number for number in {*notes, *self._notes} if
                    notes.get(number) != self._notes.get(number)}  # fmt: skip
        self._effects.update(effects)
        self._notes = notes
        self._tell(n for n, it in enumerate(self.strokes) if it.id in changed)

    def show_heard(self, stroke_id: int | None) -> None:
        """Show which stroke's place is heard now, if one is."""
        before, self.heard = self.heard, stroke_id
        if before != stroke_id:
            self._tell(self.rows_of([it for it in (before, stroke_id) if it is not None]))

    def forget(self) -> None:
        """Know no more what strokes do."""
        self._effects, self._notes = {}, {}

    def _tell(self, rows: Iterable[int]) -> None:
        """Tell of lines that differ: those between are drawn anew too, which are few to be seen."""
        changed = list(rows)
        if changed:
            last = self.index(max(changed), len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(min(changed), 0), last)

    def _follow(self, strokes: tuple[Stroke, ...]) -> bool:
        """Take out and put in lines, so that the selection stays; all anew where that is much."""
        kept = {it.id for it in strokes}
        gone = list(chunks([n for n, it in enumerate(self.strokes) if it.id not in kept]))
        left = [it.id for it in self.strokes if it.id in kept]
        stayed = set(left)
        come = list(chunks([n for n, it in enumerate(strokes) if it.id not in stayed]))
        in_order = left == [it.id for it in strokes if it.id in stayed]
        if not in_order or len(gone) + len(come) > MOST_CHUNKS:
            self.beginResetModel()
            self.strokes = strokes
            self.endResetModel()
            return False
        for first, last in reversed(gone):
            self.beginRemoveRows(QModelIndex(), first, last)
            self.strokes = self.strokes[:first] + self.strokes[last + 1 :]
            self.endRemoveRows()
        for first, last in come:
            self.beginInsertRows(QModelIndex(), first, last)
            self.strokes = self.strokes[:first] + strokes[first : last + 1] + self.strokes[first:]
            self.endInsertRows()
        self.strokes = strokes
        return True

    def rows_of(self, stroke_ids: Collection[int]) -> list[int]:
        """Return the lines of strokes, ascending."""
        wanted = set(stroke_ids)
        return [n for n, it in enumerate(self.strokes) if it.id in wanted]

    def notes_of(self, stroke: Stroke) -> tuple[str, ...]:
        """Return what is wrong with a stroke: keys of `stroke_words.NOTES`."""
        locked = ("locked",) if self._sources[stroke.source_id].is_locked else ()
        return locked + self._notes.get(stroke.id, ())

    def forget_colors(self) -> None:
        """Draw colours anew: the theme has changed."""
        self._icons.clear()
        self._tell(range(len(self.strokes)))

    # -- what Qt asks -------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of strokes."""
        return 0 if parent.isValid() else len(self.strokes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return the title of a column, or its tooltip."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        title, tip = COLUMNS[section]
        if role == Role.DisplayRole:
            return {NOTE: WARNING, HEAR: ""}.get(section, str(title))
        if role == Role.AccessibleTextRole:
            return str(title)
        if role == Role.ToolTipRole:
            return str(tip)
        return _alignment(section) if role == Role.TextAlignmentRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and index.column() == SOURCE:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = 0) -> Any:
        """Return what a cell shows."""
        stroke, column = self.strokes[index.row()], index.column()
        if role == Role.DisplayRole:
            return self._text(stroke, column)
        if role == Role.TextAlignmentRole:
            return _alignment(column)
        if role == Role.ForegroundRole and not stroke.is_on:
            return QColor(self._theme.scheme.dim)
        if role in (Role.ToolTipRole, Role.AccessibleTextRole):
            return self._account(stroke, column, role)
        return self._source_data(stroke, role) if column == SOURCE else None

    def _text(self, stroke: Stroke, column: int) -> str:
        if column == SOURCE:
            return self._sources[stroke.source_id].name
        if column == HEAR:
            return STOP if stroke.id == self.heard else PLAY
        if column == MOVED:
            return moved_text(self._effects.get(stroke.id))
        if column == NOTE:
            return WARNING if self.notes_of(stroke) else ""
        texts = {TIME: times_text, BAND: band_text, KIND: kind_text}
        return texts[column](stroke)

    def _account(self, stroke: Stroke, column: int, role: int) -> str | None:
        known = stroke, self._sources[stroke.source_id], self._effects.get(stroke.id)
        notes = self.notes_of(stroke)
        if role == Role.ToolTipRole:
            return f"<p style='white-space: pre'>{html.escape(told(*known, notes))}</p>"
        return spoken(*known, notes) if column == SOURCE else None

    def _source_data(self, stroke: Stroke, role: int) -> Any:
        if role == Role.CheckStateRole:
            return Qt.CheckState.Checked if stroke.is_on else Qt.CheckState.Unchecked
        if role == Role.DecorationRole:
            return self.swatch(self._sources[stroke.source_id])
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Take whether a stroke is to count."""
        if role != Role.CheckStateRole:
            return False
        is_on = Qt.CheckState(value) is Qt.CheckState.Checked
        self.switched.emit(self.strokes[index.row()].id, is_on)
        return True

    def swatch(self, source: Source) -> QIcon:
        """Return the colour of a source."""
        is_real = source.id != UNASSIGNED
        color = self._theme.curve(source.color).name() if is_real else self._theme.scheme.line
        if color not in self._icons:
            pixmap = QPixmap(SWATCH, SWATCH)
            pixmap.fill(self._theme.scheme.base)  # a selected line has a colour of its own
            painter = QPainter(pixmap)
            painter.fillRect(1, 1, SWATCH - 2, SWATCH - 2, QColor(color))
            painter.end()
            icon = QIcon(pixmap)
            icon.addPixmap(pixmap, QIcon.Mode.Selected)  # or Qt would tint it
            self._icons[color] = icon
        return self._icons[color]


def chunks(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield first and last of neighbouring numbers."""
    first = 0
    for n, row in enumerate(rows):
        if n + 1 == len(rows) or rows[n + 1] != row + 1:
            yield rows[first], row
            first = n + 1


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter

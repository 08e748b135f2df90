"""The list of runs as Qt sees it: a table with a line for each."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QIcon, QPainter, QPixmap

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.runs.run_rows import STATE_NAMES, Row, RunState, pen_of, shown_loss
from isnmf_gui.gui.runs.settings_texts import CHOICE_LABELS
from isnmf_gui.session.runs.settings import RULE_NAMES, bases_text
from isnmf_gui.texts import N_, Marked, moment, number, tr

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

#: Title, tooltip and content of each column.
COLUMNS: tuple[tuple[Marked | str, Marked, Callable[[Row], str]], ...] = (
    (N_("Run"), N_("Checked: its loss curve is drawn. The run in bold, with a dot on its line, is "
     "the one that is seen and heard."), lambda row: row.name),
    (N_("Rule"), N_("Update rule"), lambda row: RULE_NAMES[row.settings.rule]),
    ("p", N_("Domain: the model is (T V)^(2/p)"), lambda row: number(row.settings.domain, "g")),
    (N_("Bases"), N_("Number of components"), lambda row: str(row.settings.n_bases)),
    (N_("Iter."), N_("Iterations done"), lambda row: str(len(row.loss))),
    (N_("Loss"), N_("Loss after the last iteration"), lambda row: _loss(row)),
    (N_("Time"), N_("Time taken, pauses left out"), lambda row: _time(row)),
)  # fmt: skip
NUMBERS = {2, 3, 4, 5, 6}
# Made once: Qt asks for the one of every cell whenever it paints it.
ALIGNMENTS = tuple(
    Qt.AlignmentFlag.AlignVCenter
    | (Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft)
    for column in range(len(COLUMNS))
)
SWATCH = (26, 14)


class RunsModel(QAbstractTableModel):
    """A line for every run; names can be edited, checks say whether a curve is drawn."""

    #: A run is to be called something else.
    renamed = Signal(int, str)
    #: Other curves are to be drawn.
    hidden_changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._swatches: dict[tuple[object, ...], QIcon] = {}
        self.font = QFont()
        self.rows: list[Row] = []
        self.hidden: set[int] = set()

    def show(self, rows: Sequence[Row]) -> None:
        """Show runs; lines stay what they are where they are still the same run."""
        before = {row.id: row for row in self.rows}
        self._replace(list(rows))
        for place, row in enumerate(rows):
            if not row.is_as(before.get(row.id)):
                last = self.index(place, len(COLUMNS) - 1)
                self.dataChanged.emit(self.index(place, 0), last)

    def _replace(self, rows: list[Row]) -> None:
        """Take other runs, so that the selection and a name being edited stay."""
        kept = {row.id for row in rows}
        for place in reversed(range(len(self.rows))):
            if self.rows[place].id not in kept:
                self.beginRemoveRows(QModelIndex(), place, place)
                del self.rows[place]
                self.endRemoveRows()
        n_kept = len(self.rows)
        self.hidden &= kept
        if len(rows) > n_kept:
            self.beginInsertRows(QModelIndex(), n_kept, len(rows) - 1)
            self.rows = rows
            self.endInsertRows()
        self.rows = rows

    def place_of(self, run_id: int) -> int | None:
        """Return the line that a run stands in."""
        return next((n for n, row in enumerate(self.rows) if row.id == run_id), None)

    # -- what Qt asks -------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of runs."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return the title of a column, or its tooltip."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Role.DisplayRole:
            return str(COLUMNS[section][0])
        if role == Role.ToolTipRole:
            return str(COLUMNS[section][1])
        if role == Role.TextAlignmentRole:
            return ALIGNMENTS[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and index.column() == 0:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
            if self.rows[index.row()].state is not RunState.WAITING:
                flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = 0) -> Any:
        """Return what a cell shows."""
        row, column = self.rows[index.row()], index.column()
        if role == Role.DisplayRole:
            return COLUMNS[column][2](row)
        if role == Role.ToolTipRole:
            return f"<p style='white-space: pre'>{html.escape(describe(row))}</p>"
        if role == Role.AccessibleTextRole and column == 0:
            said = [row.name, str(STATE_NAMES[row.state])]
            return ", ".join([*said, tr("seen and heard")] if row.is_chosen else said)
        if role == Role.TextAlignmentRole:
            return ALIGNMENTS[column]
        if role == Role.FontRole:
            font = QFont(self.font)
            font.setBold(row.is_chosen)
            font.setItalic(row.is_live)
            return font
        return self._name_data(row, role) if column == 0 else None

    def _name_data(self, row: Row, role: int) -> Any:
        if role == Role.EditRole:
            return row.name
        if role == Role.CheckStateRole:
            hidden = row.id in self.hidden
            return Qt.CheckState.Unchecked if hidden else Qt.CheckState.Checked
        if role == Role.DecorationRole:
            return self._swatch(row)
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Take a new name, or whether a curve is to be drawn."""
        row = self.rows[index.row()]
        if role == Role.EditRole:
            title = str(value).strip()
            if title != row.name:
                self.renamed.emit(row.id, "" if title == tr("Run {id}", id=row.id) else title)
            return True
        if role == Role.CheckStateRole:
            checked = Qt.CheckState(value) is Qt.CheckState.Checked
            (self.hidden.discard if checked else self.hidden.add)(row.id)
            self.dataChanged.emit(index, index)
            self.hidden_changed.emit()
            return True
        return False

    def _swatch(self, row: Row) -> QIcon:
        """Return a stretch of a run's curve."""
        pen = pen_of(self._theme, row)
        key = pen.color().name(), pen.style()
        if key not in self._swatches:
            ratio = 2.0
            pixmap = QPixmap(int(SWATCH[0] * ratio), int(SWATCH[1] * ratio))
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(self._theme.scheme.base)  # a selected line has a colour of its own
            pen.setWidthF(2.0)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(pen)
            middle = SWATCH[1] // 2
            painter.drawLine(1, middle, SWATCH[0] - 1, middle)
            if row.is_chosen:
                painter.setBrush(pen.color())
                painter.drawEllipse(QPoint(SWATCH[0] // 2, middle), 3, 3)
            painter.end()
            icon = QIcon(pixmap)
            icon.addPixmap(pixmap, QIcon.Mode.Selected)  # or Qt would tint it
            self._swatches[key] = icon
        return self._swatches[key]

    def forget_colors(self) -> None:
        """Draw the swatches anew: the theme has changed."""
        self._swatches.clear()


def describe(row: Row) -> str:
    """Return all that is known of a run, a line for each."""
    settings = row.settings
    rule, start = (CHOICE_LABELS[name][getattr(settings, name)] for name in ("rule", "start"))
    floor = CHOICE_LABELS["floor"].get(settings.floor, str(settings.floor))
    stop = CHOICE_LABELS["tolerance"].get(
        settings.tolerance, tr("at {tolerance:g}", tolerance=settings.tolerance)
    )
    lines = [
        f"{row.name}: {STATE_NAMES[row.state]}",
        tr(
            "{rule}, p = {domain:g}, {bases}",
            rule=rule,
            domain=settings.domain,
            bases=bases_text(settings.n_bases),
        ),
        tr(
            "{done} of %n iteration(s) in {time}",
            "",
            settings.n_iterations,
            done=len(row.loss),
            time=moment(row.seconds, 1),
        ),
        tr("Loss {loss}", loss=_loss(row)),
        tr("Start: {start}, seed {seed}", start=start, seed=settings.seed),
        tr(
            "Window {window_samples}, hop {hop_samples} samples",
            window_samples=settings.window_samples,
            hop_samples=settings.hop_samples,
        ),
        tr(
            "Noise floor {floor}, precision {precision}",
            floor=floor,
            precision=CHOICE_LABELS["precision"][settings.precision],
        ),
        tr("Stop: {stop}", stop=stop),
    ]
    return "\n".join(lines)


def _loss(row: Row) -> str:
    return _compact(float(row.loss[-1])) if len(row.loss) else "–"


def _compact(loss: float) -> str:
    """Return a loss in few letters, yet with five digits, which tell runs apart."""
    for factor, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if loss >= 0.99995 * factor:
            return number(loss / factor, "#.5g") + letter
    return shown_loss(loss)


def _time(row: Row) -> str:
    if row.state in (RunState.PAUSED, RunState.WAITING):
        return str(STATE_NAMES[row.state])
    return moment(row.seconds, 1)

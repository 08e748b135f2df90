"""The legend of the plots of factors: as many names as there is room for, all in its tooltip."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from isnmf_gui.gui.widgets.elided import shortened
from isnmf_gui.texts import tr

#: A tooltip names so many; it has to have room on a screen.
MOST_LISTED = 30
LEAST_LINES, MOST_LINES = 2, 3
MOST_NAMED = 12
LONGEST_LEGEND_NAME = 24
SPACE = "&nbsp;"


@dataclass(frozen=True)
class LegendEntry:
    """A curve: its name, and a mark that looks like it."""

    name: str
    mark: str = ""
    color: str = ""


class FactorsLegend(QLabel):
    """Names of curves, in as many lines as it may have; what has no room is counted."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[LegendEntry] = []
        self._most_lines = LEAST_LINES
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Return the lines that it asks for: one, or two if one has no room for all."""
        return QSize(40, self.fontMetrics().height() * min(self._n_lines(), LEAST_LINES))

    def sizeHint(self) -> QSize:
        """Return the lines that it uses."""
        return QSize(40, self.fontMetrics().height() * self._n_lines())

    def _n_lines(self) -> int:
        return 1 + self.text().count("<br>")

    def show_entries(self, entries: Sequence[LegendEntry]) -> None:
        """Name curves."""
        self._entries = list(entries)
        listed = list(entries[:MOST_LISTED])
        if len(entries) > MOST_LISTED:
            listed.append(LegendEntry(tr("and {n} more", n=len(entries) - MOST_LISTED)))
        self.setToolTip("<br>".join(map(_rich, listed)))
        self._write()

    def set_spare_height(self, height: int) -> None:
        """Say how much higher it may be than it asks for."""
        lines = LEAST_LINES + max(height, 0) // self.fontMetrics().height()
        self._most_lines = min(lines, MOST_LINES)
        self._write()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the new width."""
        super().resizeEvent(event)
        self._write()

    # -- breaking into lines ------------------------------------------------------------------

    def _write(self) -> None:
        text = self._text()
        if text != self.text():
            self.setText(text)
            self.updateGeometry()

    def _text(self) -> str:
        """Return as many names as have room, and how many are left."""
        lines: list[list[LegendEntry]] = []
        for n in range(min(len(self._entries), MOST_NAMED), 0, -1):
            lines = self._packed(self._shown(n))
            if len(lines) <= self._most_lines:
                break
        return "<br>".join((3 * SPACE).join(map(_rich, line)) for line in lines)

    def _shown(self, n: int) -> list[LegendEntry]:
        """Return the first entries, elided if need be, and one that counts the others."""
        left = len(self._entries) - n
        more = [LegendEntry(tr("and {n} more", n=left))] if left else []
        room = self.width() - sum(map(self._advance, more))
        return [self._elided(entry, room) for entry in self._entries[:n]] + more

    def _elided(self, entry: LegendEntry, room: int) -> LegendEntry:
        """Return an entry whose name leaves room for its mark."""
        mode, room = Qt.TextElideMode.ElideRight, room - self._advance(replace(entry, name=""))
        name = shortened(entry.name, LONGEST_LEGEND_NAME)
        return replace(entry, name=self.fontMetrics().elidedText(name, mode, room))

    def _packed(self, entries: Sequence[LegendEntry]) -> list[list[LegendEntry]]:
        """Break entries into lines."""
        lines: list[list[LegendEntry]] = []
        left = 0
        for entry in entries:
            if not lines or self._advance(entry) > left:
                lines.append([])
                left = self.width()
            lines[-1].append(entry)
            left -= self._advance(entry)
        return lines

    def _advance(self, entry: LegendEntry) -> int:
        """Return the width of an entry with the space after it."""
        return self.fontMetrics().horizontalAdvance(f"{entry.mark} {entry.name}   ")


def _rich(entry: LegendEntry) -> str:
    """Return an entry as rich text that does not break."""
    name = html.escape(entry.name).replace(" ", SPACE)
    mark = f'<span style="color:{entry.color}">{entry.mark}</span>{SPACE}' if entry.mark else ""
    return mark + name

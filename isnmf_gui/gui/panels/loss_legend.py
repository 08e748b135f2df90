"""The legend of the loss plot, which also holds the values under the crosshair."""

from __future__ import annotations

import html
from collections.abc import Sequence

import pyqtgraph as pg
from pyqtgraph.graphicsItems.LegendItem import ItemSample
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from isnmf_gui.gui.panels.run_rows import Row

#: With more curves the legend would cover them; the list of runs names them all.
MOST_ENTRIES = 8
LONGEST_NAME = 16
SAMPLE_HEIGHT = 14


class Sample(ItemSample):
    """A stretch of a curve; unlike pyqtgraph's it is as high as a line, and no button."""

    def __init__(self, item: pg.PlotDataItem) -> None:
        super().__init__(item)
        self.setFixedHeight(SAMPLE_HEIGHT)

    def boundingRect(self) -> QRectF:
        """Return the place to draw in."""
        return QRectF(0, 0, 20, SAMPLE_HEIGHT)

    def paint(self, painter: QPainter, *_args: object) -> None:
        """Draw the line."""
        painter.setPen(self.item.opts["pen"])
        painter.drawLine(0, SAMPLE_HEIGHT // 2, 20, SAMPLE_HEIGHT // 2)

    def mouseClickEvent(self, event: object) -> None:
        """Leave the curve as it is: the list of runs hides and shows it."""
        event.ignore()  # type: ignore[attr-defined]


class LossLegend(pg.LegendItem):
    """Names of curves, and a value for each."""

    def __init__(self) -> None:
        super().__init__(labelTextSize="8pt", sampleType=Sample, verSpacing=-2)
        self._entries: list[tuple[int, str]] = []
        self._values: dict[int, str] = {}

    def show_rows(self, rows: Sequence[tuple[Row, pg.PlotDataItem]]) -> None:
        """Show the names of runs: of very many the newest, and the chosen one."""
        chosen = [pair for pair in rows if pair[0].is_chosen]
        others = [pair for pair in rows if not pair[0].is_chosen][len(chosen) - MOST_ENTRIES :]
        shown = [pair for pair in rows if pair in chosen or pair in others]
        entries = [(row.id, _short(row)) for row, _ in shown]
        if entries != self._entries:
            self._entries = entries
            self.clear()
            for _, curve in shown:
                self.addItem(curve, "")
        self._write()
        self.setVisible(bool(rows))
        self.update()

    def show_values(self, values: dict[int, str]) -> None:
        """Show a value beside names."""
        self._values = values
        self._write()

    def texts(self) -> list[str]:
        """Return what is written."""
        return [html.unescape(label.text) for _, label in self.items]

    def _write(self) -> None:
        changed = False
        for (run_id, name), (_, label) in zip(self._entries, self.items, strict=True):
            text = f"{name}: {self._values[run_id]}" if run_id in self._values else name
            if label.text != html.escape(text):  # a title may look like markup
                label.setText(html.escape(text))
                changed = True
        if changed:
            self.updateSize()

    def set_colors(self, text: str, background: str, line: str) -> None:
        """Take the colours of a theme."""
        fill = QColor(background)
        fill.setAlpha(215)
        self.setBrush(fill)
        self.setPen(line)
        self.setLabelTextColor(text)
        self._entries = []  # labels keep the colour they were made with
        self.clear()


def _short(row: Row) -> str:
    """Return a label with room for a value; of a long name the beginning."""
    if len(row.name) <= LONGEST_NAME:
        return row.label
    return row.label.replace(row.name, row.name[: LONGEST_NAME - 1] + "…", 1)

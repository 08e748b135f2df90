"""The legend of the loss plot, which also holds the values under the crosshair."""

from __future__ import annotations

import html
from collections.abc import Sequence

import pyqtgraph as pg

from isnmf_gui.gui.plots.curve_legend import CurveLegend
from isnmf_gui.gui.runs.run_rows import Row
from isnmf_gui.gui.widgets.elided import shortened

#: With more curves the legend would cover them; the list of runs names them all.
MOST_ENTRIES = 8
LONGEST_RUN_NAME = 16


class LossLegend(CurveLegend):
    """Names of curves, and a value for each."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[tuple[int, str, str]] = []
        self._values: dict[int, str] = {}

    def show_rows(self, rows: Sequence[tuple[Row, pg.PlotDataItem]]) -> None:
        """Show the names of runs: of very many the newest, and the chosen one."""
        chosen = [pair for pair in rows if pair[0].is_chosen]
        others = [pair for pair in rows if not pair[0].is_chosen][len(chosen) - MOST_ENTRIES :]
        shown = [pair for pair in rows if pair in chosen or pair in others]
        entries = [(row.id, _short(row), row.label) for row, _ in shown]
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
        for (run_id, name, full), (sample, label) in zip(self._entries, self.items, strict=True):
            text = f"{name}: {self._values[run_id]}" if run_id in self._values else name
            if label.text != html.escape(text):  # a title may look like markup
                label.setText(html.escape(text))
                changed = True
            for item in (sample, label):
                item.setToolTip(html.escape(full))
        if changed:
            self.updateSize()

    def set_colors(self, text: str, background: str, line: str) -> None:
        """Take the colours of a theme."""
        super().set_colors(text, background, line)
        self._entries = []  # labels keep the colour they were made with


def _short(row: Row) -> str:
    """Return a label with room for a value; of a long name the beginning."""
    return row.label.replace(row.name, shortened(row.name, LONGEST_RUN_NAME), 1)

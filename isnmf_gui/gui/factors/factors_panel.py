"""Basis and activation of the selected components, laid over one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.factors.activation_plot import ActivationPlot
from isnmf_gui.gui.factors.factor_plots import BasisPlot
from isnmf_gui.gui.factors.factors_legend import FactorsLegend, LegendEntry
from isnmf_gui.session.document.component_factors import shapes_of
from isnmf_gui.session.document.document import Component, Run
from isnmf_gui.session.export.extras.tables import Table, activation_table, basis_table
from isnmf_gui.texts import N_, tr

EMPTY = N_("Select components: their spectra and their levels over time are drawn here.")
#: It asks for no more pixels than a small screen has left for it; what is higher is scrolled.
MOST_ASKED = 256
# Components beyond the number of colours differ by these.
STYLES = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
)
MARKS = ("━━", "╍╍", "┅┅", "━┅")


class FactorsPanel(QWidget):
    """Two plots and a legend for both."""

    seek_wanted = Signal(float)
    #: The activation of the one selected component was drawn: first frame, values from there on.
    drawn = Signal(int, object)
    #: A band is to be removed from the selected components: its ends in Hz.
    band_erased = Signal(float, float)
    #: The plots are to be large, or as before.
    large_toggled = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._run: Run | None = None
        self._indices: list[int] = []
        self._chosen: list[tuple[int, int]] = []
        self._empty = QLabel(str(EMPTY))
        self._empty.setProperty("role", "dim")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.legend = FactorsLegend()
        self.large_button = QToolButton()
        self.large_button.setCheckable(True)
        self.large_button.setAutoRaise(True)
        self.large_button.setAccessibleName(tr("Large plots"))
        self.large_button.toggled.connect(self._show_large)
        self.large_button.toggled.connect(self.large_toggled)
        self.basis, self.activation = BasisPlot(theme), ActivationPlot(theme)
        self.activation.seek_wanted.connect(self.seek_wanted)
        self.activation.drawn.connect(self._drew)
        self.basis.band_erased.connect(self.band_erased)
        self._editable = False
        self._unit, self._exponent = 1.0, 1.0
        self._build_layout()
        theme.changed.connect(self._apply_theme)
        self._show_large(False)
        self.show_parts(None, [])

    def _build_layout(self) -> None:
        """Let what has no room be scrolled to, with a large font on a small screen."""
        self._content = QWidget()
        layout = QVBoxLayout(self._content)
        layout.setContentsMargins(8, 6, 8, 4)
        layout.addWidget(self._empty, 1)
        heading = QHBoxLayout()
        heading.addWidget(self.legend, 1)
        heading.addWidget(self.large_button, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(heading)
        layout.addWidget(self.basis, 1)
        layout.addWidget(self.activation, 1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._content)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)

    def minimumSizeHint(self) -> QSize:
        """Return the size at which all can be read, unless that is very high."""
        least = self._content.minimumSizeHint()
        return QSize(least.width(), min(least.height(), MOST_ASKED))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the legend what the plots can do without."""
        super().resizeEvent(event)
        self._share_height()

    def _share_height(self) -> None:
        self.legend.set_spare_height(self.height() - self._content.minimumSizeHint().height())
        self.updateGeometry()  # what is scrolled tells nobody that it needs another size

    def show_parts(self, run: Run | None, indices: Sequence[int]) -> None:
        """Show some components of a run, or of a snapshot of one."""
        self._run, self._indices = run, list(indices) if run else []
        components = [run.component(i) for i in self._indices] if run else []
        self._put_tools_down([(run.id, it.id) for it in components] if run else [])
        for widget in (self.legend, self.basis, self.activation):
            widget.setVisible(bool(components))
        self._enable_tools()
        self._offer_large()
        self._empty.setVisible(not components)
        if run is not None and components:
            self._draw(run, components)
        self._share_height()

    def set_editable(self, on: bool) -> None:
        """Let factors be edited, or not."""
        self._editable = on
        self._enable_tools()

    def _put_tools_down(self, chosen: list[tuple[int, int]]) -> None:
        """Let a tool be taken up anew for other components: it was meant for these."""
        if chosen != self._chosen:
            self._chosen = chosen
            for plot in (self.basis, self.activation):
                plot.tool_button.setChecked(False)

    def _enable_tools(self) -> None:
        self.basis.set_tool_enabled(self._editable and bool(self._indices))
        self.activation.set_tool_enabled(self._editable and len(self._indices) == 1)

    @Slot(int, object)
    def _drew(self, first: int, power: NDArray[np.floating]) -> None:
        """Turn heights in the plot into values of the activation."""
        self.drawn.emit(first, self._unit * power**self._exponent)

    def basis_table(self) -> Table | None:
        """Return the bases that are seen, in numbers."""
        return self._table(basis_table)

    def activation_table(self) -> Table | None:
        """Return the activations that are seen, in numbers."""
        return self._table(activation_table)

    def _table(self, make: Callable[[Run, Sequence[Component]], Table]) -> Table | None:
        if self._run is None or not self._indices:
            return None
        components = [self._run.component(index) for index in self._indices]
        return make(self._run, components)

    def set_playhead(self, position_s: float, visible: bool) -> None:
        """Move the line that shows what is being heard."""
        self.activation.playhead.setVisible(visible)
        self.activation.playhead.setPos(position_s)

    def _draw(self, run: Run, components: Sequence[Component]) -> None:
        separation = run.separation
        self.activation.duration_s = separation.recording.duration_s
        grid, q = separation.grid, 2 / separation.settings.domain
        bases, levels = shapes_of(run, components)
        bases = bases.T
        peaks = np.maximum(bases.max(axis=1, keepdims=True), np.finfo(float).tiny)
        # The level of a component is that of its loudest bin.
        levels = levels * peaks
        names = [component.name for component in components]
        pens = [self._pen(component) for component in components]
        self.basis.show_curves((bases / peaks) ** q, grid.bin_hz, names, pens)
        loudest = max(float(levels.max()), np.finfo(float).tiny)
        self._unit, self._exponent = loudest / float(peaks[0, 0]), 1 / q
        self.activation.show_curves((levels / loudest) ** q, grid.frame_s, names, pens)
        self.legend.show_entries([self._entry(component) for component in components])

    def _style(self, component: Component) -> int:
        return component.color // len(self._theme.scheme.curves) % len(STYLES)

    def _pen(self, component: Component) -> QPen:
        color = self._theme.curve(component.color)
        return pg.mkPen(color, width=1, style=STYLES[self._style(component)])

    def _entry(self, component: Component) -> LegendEntry:
        color = self._theme.curve(component.color).name()
        return LegendEntry(component.name, MARKS[self._style(component)], color)

    @Slot(bool)
    def _show_large(self, on: bool) -> None:
        """Let the button say what it does next."""
        self.large_button.setIcon(self._theme.icon("shrink" if on else "enlarge"))
        small = tr("Back to the side of the window, and the spectrogram to its place (Ctrl+L)")
        large = tr("Show the plots large, in the place of the spectrogram (Ctrl+L)")
        self.large_button.setToolTip(small if on else large)
        self._offer_large()

    def _offer_large(self) -> None:
        """Offer what can be done: nothing is made large, but the place can be given back."""
        self.large_button.setVisible(bool(self._indices) or self.large_button.isChecked())

    @Slot()
    def _apply_theme(self) -> None:
        self._show_large(self.large_button.isChecked())
        self.basis.apply_theme()
        self.activation.apply_theme()
        self.show_parts(self._run, self._indices)

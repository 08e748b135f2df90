"""The tool in the person's hand: what it draws is seen at once, and handed on when it is done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent

from isnmf_gui.gui.control.brush import Brush
from isnmf_gui.gui.spectrogram.spectrogram_plot import SpectrogramPlot
from isnmf_gui.gui.spectrogram.strokes_item import StrokesItem
from isnmf_gui.session.document.guidance import Box, Path, Shape, Stroke
from isnmf_gui.spectral.stroke_paths import simplified
from isnmf_gui.texts import moment, tr

#: A line of the harmonic brush is a semitone high: those of the first 16 partials lie apart.
LINE_OCTAVES = 1 / 12
#: Of more places than these the first are looked through for those that matter.
MOST_LOOSE = 64
#: No place is lower: paths have no frequency of 0.
LEAST_HZ = 1.0
#: Places that lie nearer to one another on the screen are one.
LEAST_PIXELS = 1.5
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
NO_MODIFIER = Qt.KeyboardModifier.NoModifier
#: What is drawn above strokes that are there.
SKETCH_Z = 5


class StrokeHand(QObject):
    """Draws on a plot with mouse or keys.

    Parameters
    ----------
    plot : SpectrogramPlot
        What it draws on.
    brush : Brush
        The tool.
    may_begin : callable
        Returns whether something can be drawn now; if not, it has said why.

    """

    #: The place that was drawn, a `Shape`.
    drawn = Signal(object)
    #: The moment in seconds that the hand has come to.
    reached = Signal(float)
    #: Something for those who do not see it.
    said = Signal(str)

    def __init__(self, plot: SpectrogramPlot, brush: Brush, may_begin: Callable[[], bool]) -> None:
        super().__init__(plot)
        self._plot, self._brush, self._may_begin = plot, brush, may_begin
        self._color = QColor("grey")
        self._points: list[tuple[float, float]] = []
        self._n_settled = 0  # so many of them are those that matter of what was drawn at first
        self._last = QPointF()
        self._by_keys = False
        self._tool = brush.tool
        self._sketch = StrokesItem()
        self._sketch.setZValue(SKETCH_Z)
        self._sketched: Shape | None = None
        plot.view.addItem(self._sketch, ignoreBounds=True)
        plot.view.sigRangeChanged.connect(self._sketch.view_moved)
        plot.view.tool_began.connect(self._begin)
        plot.view.tool_moved.connect(self._move)
        plot.view.tool_ended.connect(self._end)
        plot.reading.changed.connect(self._follow)
        plot.pointed.connect(self._show_tip)
        plot.keys.insert(0, self)
        brush.changed.connect(self._take)

    @property
    def is_drawing(self) -> bool:
        """Whether something was begun and not ended."""
        return bool(self._points)

    # -- mouse --------------------------------------------------------------------------------

    @Slot(QPointF)
    def _begin(self, place: QPointF) -> None:
        self.abandon()
        if self._may_begin():
            self._points, self._last = [self._heard_at(place)], place
            self._n_settled = 0
            self._show()
            self.reached.emit(self._points[0][0])

    @Slot(QPointF)
    def _move(self, place: QPointF) -> None:
        if not self.is_drawing:  # it was refused, or given up
            return
        pixel = self._plot.view.viewPixelSize()
        way = place - self._last
        if max(abs(way.x()) / pixel[0], abs(way.y()) / pixel[1]) >= LEAST_PIXELS:
            self._last = place
            self._go_to(place)

    def _go_to(self, place: QPointF) -> None:
        """Go on to a place; of what lies far back, only what matters is kept."""
        self._points.append(self._heard_at(place))
        if self._tool != "box" and len(self._points) - self._n_settled > MOST_LOOSE:
            settled, loose = self._points[: self._n_settled], self._points[self._n_settled :]
            settled += simplified(loose, self._octaves)
            self._points, self._n_settled = settled, len(settled) - 1
        self._show()
        self.reached.emit(self._points[-1][0])

    @Slot()
    def _end(self) -> None:
        if not self.is_drawing:
            return
        shape = self._shape(self._points)
        self.abandon()
        self.drawn.emit(shape)

    @Slot()
    def abandon(self) -> None:
        """Give up what is being drawn."""
        self._points, self._n_settled, self._by_keys = [], 0, False
        self._show_tip()

    # -- keys ---------------------------------------------------------------------------------

    def press(self, event: QKeyEvent) -> bool:
        """Begin and end at the cursor, or give up; return whether the key means that here."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not self._brush.paints or modifiers != NO_MODIFIER:
            return False
        if event.key() == Qt.Key.Key_Escape and self.is_drawing:
            self.abandon()
            self.said.emit(tr("Given up: nothing was painted."))
            return True
        if event.key() in ENTER:
            self._begin_or_end()
            return True
        return False

    def wants(self, event: QKeyEvent) -> bool:
        """Tell whether a key that is also one of the window's gives up what is being drawn."""
        return self.is_drawing and event.key() == Qt.Key.Key_Escape

    def _begin_or_end(self) -> None:
        reading = self._plot.reading
        if self._by_keys:
            self._end()
        elif not reading.is_on:  # the cursor comes first, to the middle of what is seen
            (start, stop), (low, high) = self._plot.view.viewRange()
            reading.put((start + stop) / 2, (low + high) / 2)
        else:
            self._begin(reading.place)
            self._by_keys = self.is_drawing
            if self._by_keys:
                self.said.emit(tr("Painting from {place}.", place=_told(*self._points[0])))

    @Slot()
    def _follow(self) -> None:
        """Go on to where the cursor was moved."""
        if self._by_keys and self._plot.reading.is_on:
            self._go_to(self._plot.reading.place)

    # -- what is seen -------------------------------------------------------------------------

    @Slot()
    def _take(self) -> None:
        """Take another tool into the hand, or one of another size."""
        view, paints = self._plot.view, self._brush.paints
        if self._brush.tool != self._tool:
            self._tool = self._brush.tool
            self.abandon()
        view.has_tool = paints
        view.setCursor(Qt.CursorShape.CrossCursor if paints else Qt.CursorShape.ArrowCursor)
        self._sketched = None
        self._show() if self.is_drawing else self._show_tip()

    @Slot()
    def _show_tip(self) -> None:
        """Show what the tool would draw where the pointer is."""
        if self.is_drawing:
            return
        place = self._plot.place_read
        shows = place is not None and self._brush.paints and self._plot.scene_shown is not None
        self._sketch_out(self._shape([self._heard_at(place)]) if shows and place else None)

    def _show(self) -> None:
        self._sketch_out(self._shape(self._points))

    def _sketch_out(self, shape: Shape | None) -> None:
        if shape == self._sketched:
            return
        self._sketched = shape
        strokes = [] if shape is None else [Stroke(1, 1, shape)]
        self._sketch.set_strokes(strokes, {1: self._color})

    def set_color(self, color: QColor) -> None:
        """Draw in another colour."""
        self._color = color
        self._sketch.set_strokes(self._sketch.strokes, {1: color})

    # -- what it is ---------------------------------------------------------------------------

    def _heard_at(self, place: QPointF) -> tuple[float, float]:
        """Return moment and frequency of a place, within the recording."""
        scene = self._plot.scene_shown
        if scene is None:
            return 0.0, LEAST_HZ
        time_s = min(max(place.x(), 0.0), scene.duration_s)
        return time_s, min(max(self._plot.from_axis(place.y()), LEAST_HZ), scene.highest_hz)

    def _shape(self, points: list[tuple[float, float]]) -> Shape:
        """Return what the tool makes of the places that it was led to."""
        if self._tool == "box":
            (start_s, stop_s), (low, high) = map(sorted, zip(points[0], points[-1], strict=True))
            return Box(start_s, stop_s, 0.0 if self._is_lowest(low) else low, high)
        n_partials = self._brush.n_partials if self._tool == "harmonic" else 1
        loose = simplified(points[self._n_settled :], self._octaves)
        return Path((*points[: self._n_settled], *loose), self._octaves, n_partials)

    def _is_lowest(self, hertz: float) -> bool:
        """Tell whether a frequency lies at the lower end of the axis: nothing is below it."""
        up = self._plot.to_axis(hertz) - self._plot.to_axis(0.0)
        return bool(up < self._plot.view.viewPixelSize()[1])

    @property
    def _octaves(self) -> float:
        return LINE_OCTAVES if self._tool == "harmonic" else self._brush.octaves


def _told(time_s: float, hertz: float) -> str:
    """Say where a place is."""
    return f"{moment(time_s, 2)}, {hertz:.0f} Hz"

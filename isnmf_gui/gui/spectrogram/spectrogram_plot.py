"""The picture of a scene with its axes: draws what is visible at the resolution of the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.plots.axes import ScaledAxis
from isnmf_gui.gui.plots.picture_item import PictureItem
from isnmf_gui.gui.plots.plot import Plot
from isnmf_gui.gui.plots.time_axis import TimeAxis
from isnmf_gui.gui.spectrogram.reading_cursor import ReadingCursor
from isnmf_gui.gui.spectrogram.source_painting import SourcePainting
from isnmf_gui.gui.spectrogram.spectrogram_view import HELP, TimeFrequencyBox
from isnmf_gui.gui.spectrogram.strokes_item import StrokesItem
from isnmf_gui.session.document.scenes import LOWEST_SHOWN_HZ, SHOWN_RANGE_DB, Region, Scene
from isnmf_gui.session.export.extras.tables import Table, spectrogram_table
from isnmf_gui.session.guidance.source_scenes import SourcesScene
from isnmf_gui.spectral.pictures.colormap import color_table
from isnmf_gui.spectral.pictures.grid import to_levels
from isnmf_gui.texts import tr

# More pixels than this along an axis are not to be told apart.
MOST_PIXELS = 4096
# What is slow to draw has pixels this wide while it moves, and sharp ones once it has rested.
MOVING_PIXELS = 2
REST_MS = 120
TOP_MARGIN = 8  # the topmost label needs room
# Cyan is the one colour that dark spectrograms do not have; on paper its complement shows.
PLAYHEAD, PLAYHEAD_ON_PAPER = "#00e5ff", "#d4145a"
DIMMED = (128, 128, 128, 110)
#: Strokes lie below what dims them, the playhead and the cursor.
STROKES_Z = -20


@dataclass(frozen=True)
class Point:
    """What is under the pointer."""

    time_s: float
    frequency_hz: float
    level_db: float
    #: Which source wins there, if it is sources that are seen.
    source: str = ""


class Keys(Protocol):
    """What has keys of its own on the plot."""

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key says; return whether it means anything here."""

    def wants(self, event: QKeyEvent) -> bool:
        """Tell whether a key that is also one of the window's is meant here now."""


class SpectrogramPlot(Plot):
    """Draws a scene.

    Attributes
    ----------
    view : TimeFrequencyBox
        What of it is seen, and how the mouse moves through it.
    strokes : StrokesItem
        What was painted on it.
    is_paper : bool
        Whether what is silent is light.
    keys : list of Keys
        Who is asked for the meaning of a key, in this order.
    """

    view: TimeFrequencyBox

    seek_wanted = Signal(float)
    #: To be played from this moment, in seconds.
    play_wanted = Signal(float)
    #: The `Point` under the pointer, or else under the cursor; None where there is neither.
    pointed = Signal(object)
    #: Start and end of what is seen, in seconds.
    stretch_changed = Signal(float, float)
    #: The picture has other colours, on which other ones show.
    ground_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.frequency_axis = ScaledAxis(tr("Frequency (Hz)"))
        super().__init__(TimeFrequencyBox(), self.frequency_axis, TimeAxis(), parent)
        self._theme = theme
        self.scene_shown: Scene | None = None
        self.visible: Region | None = None
        self.levels = np.zeros((1, 1), np.float32)
        self.sources = SourcePainting(theme)
        self.logarithmic = True
        self.range_db = (-SHOWN_RANGE_DB, 0.0)
        self._pointer: QPointF | None = None
        self._redraw = QTimer(self)  # several changes of one moment are drawn once
        self._redraw.setSingleShot(True)
        self._redraw.timeout.connect(self.draw)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.draw)
        self._build()
        theme.changed.connect(self._apply_theme)
        self._apply_theme()

    def _build(self) -> None:
        self.setAccessibleName(tr("Spectrogram"))
        self.setToolTip(str(HELP))
        self.area.layout.setContentsMargins(0, TOP_MARGIN, 0, 0)
        self.image = PictureItem()
        self.image.setZValue(STROKES_Z - 1)
        self.view.addItem(self.image)
        self.strokes = StrokesItem()
        self.strokes.setZValue(STROKES_Z)
        self.view.addItem(self.strokes, ignoreBounds=True)
        self.view.sigRangeChanged.connect(self.strokes.view_moved)
        self._outside = [
            pg.LinearRegionItem((0, 0), movable=False, brush=DIMMED, pen=None) for _ in range(2)
        ]
        for rectangle in self._outside:
            for line in rectangle.lines:
                line.setPen(None)
            rectangle.setVisible(False)
            self.view.addItem(rectangle)
        self.playhead = pg.InfiniteLine(pos=0, angle=90)
        self.playhead.setVisible(False)
        self.view.addItem(self.playhead)
        self.reading = ReadingCursor(self.view)
        self.keys: list[Keys] = [self.reading]
        self.reading.changed.connect(self._read)
        self.reading.chosen.connect(self.play_wanted)
        self.without_reading = self.reading.hidden
        self.set_colors("ember")
        self.view.sigRangeChanged.connect(self._view_changed)
        self.view.sigResized.connect(self._view_changed)
        self.view.seek_wanted.connect(self._seek)
        self.view.fit_wanted.connect(self.fit)
        self.scene().sigMouseMoved.connect(self.hover)

    # -- what is shown ------------------------------------------------------------------------

    def show_scene(self, scene: Scene | None) -> None:
        """Show something else; the visible stretch stays if the length does."""
        old, self.scene_shown = self.scene_shown, scene
        self.visible = None  # what the pointer reads is of the scene before
        self.pointed.emit(None)
        shape = (scene.duration_s, scene.highest_hz) if scene else None
        if shape != ((old.duration_s, old.highest_hz) if old else None):
            self.reading.take_away()
            self.fit()
        if isinstance(scene, SourcesScene):
            self._rest.start()  # who wins takes a while: it is sharp once nothing changes any more
        self._redraw.start(0)

    def set_colors(self, name: str) -> None:
        """Draw in other colours."""
        self.colors = name
        table = color_table(name)
        self._paint()
        self.is_paper = int(table[0].sum()) > int(table[-1].sum())
        color = PLAYHEAD_ON_PAPER if self.is_paper else PLAYHEAD
        self.playhead.setPen(pg.mkPen(color, width=1))
        self.reading.set_color(color)
        self.ground_changed.emit()

    def look_like(self, other: SpectrogramPlot) -> None:
        """Take the axis, the colours and the range of levels of another plot."""
        self.set_logarithmic(other.logarithmic)
        self.set_colors(other.colors)
        self.set_range(*other.range_db)

    def settle(self) -> None:
        """Lay out a plot that is not on the screen: its axes are as wide as what they say."""
        for _ in range(2):
            self.grab()
            self.area.layout.activate()

    def set_range(self, low_db: float, high_db: float) -> None:
        """Spread the colours over other levels."""
        self.range_db = (low_db, high_db)
        self._paint()

    def set_region(self, region_s: tuple[float, float] | None) -> None:
        """Dim what is outside a stretch of time."""
        end = self.scene_shown.duration_s if self.scene_shown else 0.0
        before, after = self._outside
        if region_s is not None:
            before.setRegion((0, region_s[0]))
            after.setRegion((region_s[1], max(end, region_s[1])))
        for rectangle in self._outside:
            rectangle.setVisible(region_s is not None)

    @Slot()
    def fit(self) -> None:
        """Show everything."""
        scene = self.scene_shown
        if scene is None:
            return
        low, high = self.to_axis(0.0), self.to_axis(scene.highest_hz)
        self.view.setLimits(
            xMin=0, xMax=scene.duration_s, yMin=low, yMax=high,
            minXRange=min(0.01, scene.duration_s), minYRange=(high - low) / 200,
        )  # fmt: skip
        rectangle = QRectF(0, low, scene.duration_s, high - low)
        self.view.setRange(rectangle, padding=0, disableAutoRange=True)

    @Slot(float, float)
    def show_stretch(self, start_s: float, stop_s: float) -> None:
        """Show a stretch of time."""
        if self.scene_shown is not None:
            self.view.setXRange(start_s, stop_s, padding=0)

    @Slot(bool)
    def set_logarithmic(self, on: bool) -> None:
        """Choose the axis of frequency; the stretch of time stays, and so does the cursor."""
        place = self.reading.place  # of another axis, if it was not on the last time
        hertz = self.from_axis(place.y()) if self.reading.is_on else 0.0
        self.logarithmic = self.frequency_axis.logarithmic = self.strokes.logarithmic = on
        (start_s, stop_s), _ = self.view.viewRange()
        self.view.setLimits(yMin=None, yMax=None, minYRange=None)
        self.fit()
        if self.scene_shown is not None:
            self.view.setXRange(start_s, stop_s, padding=0)
        if self.reading.is_on:
            self.reading.put(place.x(), self.to_axis(hertz))

    def turn_to(self, position_s: float) -> None:
        """Turn the page if a moment is not to be seen."""
        (start_s, stop_s), _ = self.view.viewRange()
        if not start_s <= position_s <= stop_s and self.scene_shown is not None:
            length = stop_s - start_s
            start_s = min(position_s, self.scene_shown.duration_s - length)
            self.view.setXRange(start_s, start_s + length, padding=0)

    def table(self) -> Table | None:
        """Return the levels that are seen, in numbers."""
        region = self.visible
        if region is None:
            return None
        height, width = self.levels.shape
        low, high = self.to_axis(region.low_hz), self.to_axis(region.high_hz)
        across, up = (np.arange(width) + 0.5) / width, (np.arange(height) + 0.5) / height
        times_s = region.start_s + across * (region.stop_s - region.start_s)
        hertz = [self.from_axis(low + share * (high - low)) for share in up]
        return spectrogram_table(self.levels, times_s, hertz)

    def to_axis(self, hertz: float) -> float:
        """Return where a frequency is, in units of the axis."""
        return float(np.log10(max(hertz, LOWEST_SHOWN_HZ))) if self.logarithmic else hertz

    def from_axis(self, value: float) -> float:
        """Return the frequency at a place of the axis, in Hz."""
        return float(10.0**value) if self.logarithmic else value

    # -- drawing ------------------------------------------------------------------------------

    @Slot()
    def _view_changed(self) -> None:
        if not self._redraw.isActive():
            self._redraw.start(0)
        self._rest.start()
        self.stretch_changed.emit(*self.view.viewRange()[0])

    @Slot()
    def draw(self) -> None:
        """Render what is visible and paint it."""
        if self.scene_shown is None:
            self.image.clear()
            return
        (start_s, stop_s), (low, high) = self.view.viewRange()
        ratio = self.devicePixelRatioF()
        width, height = (
            int(np.clip(round(side * ratio), 1, MOST_PIXELS))
            for side in (self.view.width(), self.view.height())
        )
        if stop_s <= start_s or high <= low:
            return
        is_slow = (stop_s - start_s) / width > self.scene_shown.slow_pixel_s
        if is_slow and self._rest.isActive():
            width = max(1, width // MOVING_PIXELS)
        elif not is_slow:
            self._rest.stop()  # it is sharp already
        hertz = self.from_axis(low), self.from_axis(high)
        self.visible = Region(start_s, stop_s, *hertz, width, height, self.logarithmic)
        self.levels = self.scene_shown.render(self.visible)
        self.sources.render(self.scene_shown, self.visible)
        self._paint()
        self._read()  # the picture under the pointer is another

    def _paint(self) -> None:
        seen = self.visible
        if seen is not None:
            low, high = self.to_axis(seen.low_hz), self.to_axis(seen.high_hz)
            rectangle = QRectF(seen.start_s, low, seen.stop_s - seen.start_s, high - low)
            levels = to_levels(self.levels, *self.range_db)
            if self.sources.is_on:
                self.image.set_colors(self.sources.table(self.colors))
                self.image.set_picture(self.sources.places(levels), rectangle)
            else:
                self.image.set_colors(color_table(self.colors))
                self.image.set_picture(levels, rectangle)

    # -- pointing -----------------------------------------------------------------------------

    @Slot(object)
    def hover(self, position: QPointF) -> None:
        """Say what is under the pointer."""
        inside = self.view.sceneBoundingRect().contains(position)
        self._pointer = position if inside else None
        self._read()

    @Slot()
    def _read(self) -> None:
        """Read under the pointer; where it is elsewhere, under the cursor."""
        place = self.place_read
        self.pointed.emit(self._point_at(place) if place is not None else None)

    @property
    def place_read(self) -> QPointF | None:
        """What the pointer is at, or else the cursor, in the units of the axes."""
        if self._pointer is not None:
            return self.view.mapSceneToView(self._pointer)
        return self.reading.place if self.reading.is_on else None

    def _point_at(self, place: QPointF) -> Point | None:
        if self.visible is None:
            return None
        (start_s, stop_s), (low, high) = self.view.viewRange()
        height, width = self.levels.shape
        column = min(max(int((place.x() - start_s) / (stop_s - start_s) * width), 0), width - 1)
        row = min(max(int((place.y() - low) / (high - low) * height), 0), height - 1)
        level = float(self.levels[row, column])
        source = self.sources.text_at(row, column)
        return Point(place.x(), self.from_axis(place.y()), level, source)

    def stroke_at(self, place: QPointF) -> int | None:
        """Return the number of the stroke at a place, in the units of the axes, if one is seen."""
        if not self.strokes.isVisible():
            return None
        width, height = self.view.viewPixelSize()
        hertz = self.from_axis(place.y())
        above = self.from_axis(place.y() + height)
        octaves = float(np.log2(max(above, 1.0) / max(hertz, 1.0)))
        return self.strokes.at(place.x(), hertz, width, octaves)

    @Slot(float)
    def _seek(self, position_s: float) -> None:
        if self.scene_shown is not None:
            self.seek_wanted.emit(min(max(position_s, 0.0), self.scene_shown.duration_s))

    def leaveEvent(self, event: QEvent) -> None:
        """Read under the cursor, or nothing, once the pointer has left."""
        self._pointer = None
        self._read()
        super().leaveEvent(event)

    def wants_key(self, event: QKeyEvent) -> bool:
        """Keep the keys that mean the cursor while it is shown."""
        return any(it.wants(event) for it in self.keys)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read, move and zoom by keyboard."""
        has_scene = self.scene_shown is not None
        if has_scene and (any(it.press(event) for it in self.keys) or self.view.press(event)):
            event.accept()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _apply_theme(self) -> None:
        scheme = self._theme.scheme
        self.set_theme(scheme, scheme.window)
        if self.sources.is_on:
            self._paint()

"""The large spectrogram: the recording, or the component that was clicked."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from isnmf_gui.gui.panels.axes import ScaledAxis
from isnmf_gui.gui.panels.elided import ElidedLabel
from isnmf_gui.gui.scenes import LOWEST_HZ, RANGE_DB, Region, Scene
from isnmf_gui.gui.theme import Theme
from isnmf_gui.session.tables import Table, spectrogram_table
from isnmf_gui.spectral.colormap import color_table
from isnmf_gui.spectral.pictures import to_levels

# More pixels than this along an axis are not to be told apart.
MOST_PIXELS = 4096


class SpectrogramPanel(QWidget):
    """Draws what is visible of a scene, at the resolution of the screen."""

    seek_wanted = Signal(float)
    recording_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scene: Scene | None = None
        self._logarithmic = True
        self._levels = np.zeros((1, 1), np.float32)
        self._region: Region | None = None
        self._redraw = QTimer(self)  # several changes of one moment are drawn once
        self._redraw.setSingleShot(True)
        self._redraw.timeout.connect(self._draw)
        self._build_header()
        self._build_plot()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 4)
        layout.addLayout(self._header)
        layout.addWidget(self.plot, 1)
        theme.changed.connect(self._apply_theme)
        self._apply_theme()

    def _build_header(self) -> None:
        self._title = ElidedLabel()
        self._title.setProperty("role", "heading")
        self._readout = QLabel()
        self._readout.setProperty("role", "dim")
        self.recording_button = QPushButton("Show recording")
        self.recording_button.setToolTip("Show the recording's own spectrogram again")
        self.recording_button.clicked.connect(self.recording_wanted)
        self.scale_button = QPushButton("Log frequency")
        self.scale_button.setCheckable(True)
        self.scale_button.setChecked(True)
        self.scale_button.setToolTip(
            "Logarithmic frequency axis: octaves are equally high, as on a keyboard"
        )
        self.scale_button.toggled.connect(self._set_logarithmic)
        self.fit_button = QPushButton("Fit")
        self.fit_button.setToolTip("Show the whole recording again after zooming with the wheel")
        self.fit_button.clicked.connect(self.fit)
        self._header = QHBoxLayout()
        self._header.addWidget(self._title, 1)
        self._header.addWidget(self._readout)
        for button in (self.recording_button, self.scale_button, self.fit_button):
            self._header.addWidget(button)

    def _build_plot(self) -> None:
        self._frequency_axis = ScaledAxis("Frequency (Hz)")
        self.plot = pg.PlotWidget(axisItems={"left": self._frequency_axis})
        self.plot.setAccessibleName("Spectrogram")
        self.plot.setToolTip("Click: play from here. Wheel: zoom. Drag: move.")
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        item = self.plot.getPlotItem()
        item.setLabel("bottom", "Time (s)")
        item.getAxis("bottom").enableAutoSIPrefix(False)
        item.layout.setContentsMargins(0, 8, 0, 0)  # the topmost label needs room
        self._image = pg.ImageItem(axisOrder="row-major")
        self._image.setLookupTable(color_table())
        item.addItem(self._image)
        # Cyan is the one colour that spectrograms do not have.
        self._playhead = pg.InfiniteLine(pos=0, angle=90, pen=pg.mkPen("#00e5ff", width=1))
        self._playhead.setVisible(False)
        item.addItem(self._playhead)
        colors = pg.ColorMap(np.linspace(0, 1, 256), color_table())
        bar = pg.ColorBarItem(
            values=(-RANGE_DB, 0),
            colorMap=colors,
            interactive=False,
            width=12,
            label="dB below the loudest point",
        )
        item.layout.addItem(bar, 2, 5)
        self._bar = bar
        self._view = item.getViewBox()
        self._view.sigRangeChanged.connect(self._view_changed)
        self._view.sigResized.connect(self._view_changed)
        self.plot.scene().sigMouseMoved.connect(self._hover)
        self.plot.scene().sigMouseClicked.connect(self._clicked)

    # -- what is shown ------------------------------------------------------------------------

    def show_scene(self, scene: Scene | None, title: str, is_recording: bool) -> None:
        """Show something else; the visible stretch stays if the length does."""
        old, self._scene = self._scene, scene
        self._region = None  # what the pointer reads is of the scene before
        self._readout.clear()
        self._title.setText(title)
        self.recording_button.setEnabled(scene is not None and not is_recording)
        shape = (scene.duration_s, scene.highest_hz) if scene else None
        if shape != ((old.duration_s, old.highest_hz) if old else None):
            self.fit()
        self._redraw.start(0)

    def set_playhead(self, position_s: float, visible: bool) -> None:
        """Move the line that shows what is being heard."""
        self._playhead.setVisible(visible)
        self._playhead.setPos(position_s)

    @Slot()
    def fit(self) -> None:
        """Show everything."""
        if self._scene is None:
            return
        top = self._scene.highest_hz
        low, high = self._to_axis(0.0), self._to_axis(top)
        self._view.setLimits(
            xMin=0, xMax=self._scene.duration_s, yMin=low, yMax=high, minXRange=0.01,
            minYRange=(high - low) / 200,
        )  # fmt: skip
        rectangle = QRectF(0, low, self._scene.duration_s, high - low)
        self._view.setRange(rectangle, padding=0, disableAutoRange=True)

    @Slot(bool)
    def _set_logarithmic(self, on: bool) -> None:
        self._logarithmic = on
        self._frequency_axis.logarithmic = on
        (start_s, stop_s), _ = self._view.viewRange()
        self._view.setLimits(yMin=None, yMax=None, minYRange=None)
        self.fit()
        if self._scene is not None:  # the frequencies change; the stretch of time stays
            self._view.setXRange(start_s, stop_s, padding=0)

    def _to_axis(self, hertz: float) -> float:
        return float(np.log10(max(hertz, LOWEST_HZ))) if self._logarithmic else hertz

    def _from_axis(self, value: float) -> float:
        return float(10.0**value) if self._logarithmic else value

    def table(self) -> Table | None:
        """Return the levels that are seen, in numbers."""
        region = self._region
        if region is None:
            return None
        height, width = self._levels.shape
        low, high = self._to_axis(region.low_hz), self._to_axis(region.high_hz)
        across, up = (np.arange(width) + 0.5) / width, (np.arange(height) + 0.5) / height
        times_s = region.start_s + across * (region.stop_s - region.start_s)
        hertz = [self._from_axis(low + share * (high - low)) for share in up]
        return spectrogram_table(self._levels, times_s, hertz)

    # -- drawing ------------------------------------------------------------------------------

    @Slot()
    def _view_changed(self) -> None:
        if not self._redraw.isActive():
            self._redraw.start(0)

    @Slot()
    def _draw(self) -> None:
        if self._scene is None:
            self._image.clear()
            return
        (start_s, stop_s), (low, high) = self._view.viewRange()
        ratio = self.devicePixelRatioF()
        width, height = (
            int(np.clip(side * ratio, 1, MOST_PIXELS))
            for side in (self._view.width(), self._view.height())
        )
        if stop_s <= start_s or high <= low:
            return
        hertz = self._from_axis(low), self._from_axis(high)
        self._region = Region(start_s, stop_s, *hertz, width, height, self._logarithmic)
        self._levels = self._scene.render(self._region)
        pixels = to_levels(self._levels, -RANGE_DB, 0)
        self._image.setImage(pixels, autoLevels=False, levels=(0, 255))
        self._image.setRect(QRectF(start_s, low, stop_s - start_s, high - low))

    @Slot(object)
    def _hover(self, position: QPointF) -> None:
        """Say what is under the pointer."""
        region = self._region
        if region is None or not self._view.sceneBoundingRect().contains(position):
            self._readout.clear()
            return
        point = self._view.mapSceneToView(position)
        (start_s, stop_s), (low, high) = self._view.viewRange()
        column = int((point.x() - start_s) / (stop_s - start_s) * region.width)
        row = int((point.y() - low) / (high - low) * region.height)
        height, width = self._levels.shape
        if 0 <= column < width and 0 <= row < height:
            level = self._levels[row, column]
            shown = f"{level:.0f} dB" if level > -RANGE_DB else f"below −{RANGE_DB:.0f} dB"
            hertz = self._from_axis(point.y())
            self._readout.setText(f"{point.x():.2f} s   {hertz:.0f} Hz   {shown}".replace("-", "−"))

    def leaveEvent(self, event: QEvent) -> None:
        """Read nothing once the pointer has left."""
        self._readout.clear()
        super().leaveEvent(event)

    @Slot(object)
    def _clicked(self, event: object) -> None:
        position = event.scenePos()  # type: ignore[attr-defined]
        left = event.button() == Qt.MouseButton.LeftButton  # type: ignore[attr-defined]
        if left and self._scene and self._view.sceneBoundingRect().contains(position):
            self.seek_wanted.emit(max(0.0, self._view.mapSceneToView(position).x()))

    @Slot()
    def _apply_theme(self) -> None:
        scheme = self._theme.scheme
        self.plot.setBackground(scheme.window)
        for axis in (self.plot.getAxis("bottom"), self.plot.getAxis("left"), self._bar.axis):
            axis.setPen(scheme.line)
            axis.setTextPen(scheme.text)

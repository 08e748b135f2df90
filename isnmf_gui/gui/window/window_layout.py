"""The panels of the window and where they stand."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QApplication,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.control.region import RegionModel
from isnmf_gui.gui.control.selection import Selection
from isnmf_gui.gui.factors.factors_panel import FactorsPanel
from isnmf_gui.gui.guidance.guidance_panel import GuidancePanel
from isnmf_gui.gui.history.history_panel import HistoryPanel
from isnmf_gui.gui.playing.transport_bar import TransportBar
from isnmf_gui.gui.runs.loss_panel import LossPanel
from isnmf_gui.gui.runs.runs_panel import RunsPanel
from isnmf_gui.gui.runs.settings_panel import SettingsPanel
from isnmf_gui.gui.sources.sources_panel import SourcesPanel
from isnmf_gui.gui.spectrogram.overview import Overview
from isnmf_gui.gui.spectrogram.spectrogram_panel import SpectrogramPanel
from isnmf_gui.gui.tiles.components_panel import ComponentsPanel
from isnmf_gui.gui.window.pane_focus import Pane
from isnmf_gui.gui.window.welcome import Welcome
from isnmf_gui.texts import tr


class WindowLayout(QWidget):
    """Settings, sources, strokes, history; pictures, tiles; losses, runs, factors; transport."""

    def __init__(self, theme: Theme, selection: Selection) -> None:
        super().__init__()
        self.settings = SettingsPanel()
        self.welcome = Welcome()
        self.region = RegionModel(self)
        self.overview = Overview(theme, self.region)
        self.spectrogram = SpectrogramPanel(theme, self.region)
        self.spectrogram.stretch_changed.connect(self.overview.set_stretch)
        self.components = ComponentsPanel(theme, selection)
        self.loss = LossPanel(theme)
        self.factors = FactorsPanel(theme)
        self.factors.large_toggled.connect(self._show_parts_large)
        self.factors.activation.stretch_changed.connect(self.spectrogram.plot.show_stretch)
        self.spectrogram.stretch_changed.connect(self.factors.activation.show_stretch)
        self.runs = RunsPanel(theme)
        self.transport = TransportBar(theme)
        self._upper = QStackedWidget()
        self._upper.addWidget(self.welcome)
        self._pictures = QWidget()
        pictures = QVBoxLayout(self._pictures)
        pictures.setContentsMargins(0, 0, 0, 0)
        pictures.setSpacing(0)
        pictures.addWidget(self.overview)
        pictures.addWidget(self.spectrogram, 1)
        self._large = pictures
        self._upper.addWidget(self._pictures)
        self._middle = QSplitter(Qt.Orientation.Vertical)
        self._middle.addWidget(self._upper)
        self._middle.addWidget(self.components)
        self._middle.setSizes([430, 330])
        self._right = QSplitter(Qt.Orientation.Vertical)
        self._right.addWidget(self.loss)
        self._right.addWidget(self.runs)
        self._right.addWidget(self.factors)
        self._right.setSizes([300, 200, 260])
        self._sizes_before = self._right.sizes(), self._middle.sizes()
        self.sources = SourcesPanel(theme)
        self.guidance = GuidancePanel(theme)
        self.history = HistoryPanel(theme)
        self.left = QTabWidget()
        self.left.setDocumentMode(True)
        self.left.setAccessibleName(tr("Model, sources, guidance and history"))
        self.left.tabBar().setAccessibleName(self.left.accessibleName())
        self.left.tabBar().setChangeCurrentOnDrag(True)  # on the way to a source
        self._add_tab(self.settings, tr("Model"), tr("How to separate"))
        self._add_tab(self.sources, tr("Sources"), tr("Groups of components"))
        self._add_tab(self.guidance, tr("Guidance"), tr("Strokes that say what is what"))
        self._add_tab(self.history, tr("History"), tr("What was done, to go back to"))
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        for panel, stretch in ((self.left, 0), (self._middle, 1), (self._right, 0)):
            self._columns.addWidget(panel)
            self._columns.setStretchFactor(self._columns.indexOf(panel), stretch)
        self._columns.setSizes([250, 750, 360])
        for splitter in (self._middle, self._right, self._columns):
            splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._columns, 1)
        layout.addWidget(self.transport)

    def _add_tab(self, panel: QWidget, title: str, tip: str) -> None:
        self.left.setTabToolTip(self.left.addTab(panel, title), tip)

    def in_order(self) -> list[Pane]:
        """Return what F6 goes through, also what is hidden."""
        return [
            Pane(self.left, self.left.currentWidget()),
            Pane(self.welcome, self.welcome.open_button),
            Pane(self._pictures, self.spectrogram.plot),
            Pane(self.components, self.components.grid),
            Pane(self.loss, self.loss.plot),
            Pane(self.runs, self.runs.view),
            Pane(self.factors, self.factors.basis.plot),
            Pane(self.transport, self.transport.play_button),
        ]

    def restore(self, preferences: Preferences) -> None:
        """Take the remembered sizes, volume, device and number of threads."""
        self.settings.threads_box.setValue(preferences.threads)
        self.transport.volume.setValue(preferences.volume)
        self.transport.devices.choose(preferences.device)
        self.spectrogram.restore(preferences)
        self.components.restore(preferences)
        for name, splitter in self._splitters():
            sizes = preferences.layout(name, splitter.count())
            if sizes is not None and min(sizes) > 0:
                splitter.setSizes(sizes)

    def save(self, preferences: Preferences) -> None:
        """Remember the sizes, the volume, the device and the number of threads."""
        preferences.threads = self.settings.threads_box.value()
        preferences.volume = self.transport.volume.value()
        preferences.device = self.transport.devices.device
        self.spectrogram.save(preferences)
        self.components.save(preferences)
        self.set_parts_large(False)
        for name, splitter in self._splitters():
            preferences.set_layout(name, splitter.sizes())

    def _splitters(self) -> list[tuple[str, QSplitter]]:
        """Return what can be dragged, by the name under which it is remembered."""
        return [("columns", self._columns), ("middle", self._middle), ("right", self._right)]

    # -- large plots --------------------------------------------------------------------------

    def toggle_large_parts(self) -> None:
        """Show bases and activations large, or at the side again."""
        self.factors.large_button.toggle()

    def set_parts_large(self, on: bool) -> None:
        """Show bases and activations large, or at the side."""
        self.factors.large_button.setChecked(on)

    @Slot(bool)
    def _show_parts_large(self, on: bool) -> None:
        """Let the plots take the spectrogram's place, and what the tiles can do without."""
        focus = QApplication.focusWidget()
        if on:
            self._sizes_before = self._right.sizes(), self._middle.sizes()
            self._large.addWidget(self.factors, 1)
            self._middle.setSizes([self._middle.height(), 1])
        else:
            self._right.addWidget(self.factors)
            right, middle = self._sizes_before
            self._right.setSizes(right)
            self._middle.setSizes(middle)
        self.spectrogram.setVisible(not on)
        self.factors.show()
        if focus is not None and self.factors.isAncestorOf(focus):
            focus.setFocus()  # moving took it away

    def show_recording_view(self) -> None:
        """Replace the welcome by the spectrogram."""
        self.set_parts_large(False)
        self._upper.setCurrentWidget(self._pictures)

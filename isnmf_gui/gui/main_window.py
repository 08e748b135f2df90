"""The window: its panels, and how they follow the controller."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QActionGroup, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from isnmf_gui import __version__
from isnmf_gui.errors import IsnmfError
from isnmf_gui.gui.actions import Actions
from isnmf_gui.gui.controller import RECORDING, Controller
from isnmf_gui.gui.dialogs.export_dialog import ExportDialog
from isnmf_gui.gui.dialogs.message import show_error, show_information
from isnmf_gui.gui.live import LiveRun
from isnmf_gui.gui.panels.components_panel import ComponentsPanel
from isnmf_gui.gui.panels.loss_panel import LossPanel
from isnmf_gui.gui.panels.settings_panel import SettingsPanel
from isnmf_gui.gui.panels.spectrogram_panel import SpectrogramPanel
from isnmf_gui.gui.panels.status import Status
from isnmf_gui.gui.panels.transport_bar import TransportBar
from isnmf_gui.gui.panels.welcome import Welcome
from isnmf_gui.gui.preferences import Preferences
from isnmf_gui.gui.scenes import ComponentScene, RecordingScene
from isnmf_gui.gui.theme import Choice, Theme, app_icon
from isnmf_gui.paths import demo_recording
from isnmf_gui.session.document import Document
from isnmf_gui.session.exporting import Outcome
from isnmf_gui.session.recording import SUFFIXES, Recording

ABOUT = (
    f"isnmf-gui {__version__}\n\nSeparates recordings into components with Itakura-Saito "
    "non-negative matrix factorization. MIT licence."
)
THEME_LABELS = {
    Choice.SYSTEM: "As the &desktop",
    Choice.LIGHT: "&Light",
    Choice.DARK: "&Dark",
}


class MainWindow(QMainWindow):
    """Puts the panels together; what they want goes to the controller, its news to them."""

    def __init__(self, theme: Theme, preferences: Preferences) -> None:
        super().__init__()
        self._theme = theme
        self._preferences = preferences
        self._shown: int | None = None  # the component in the large spectrogram
        self.controller = Controller(self)
        self.actions_ = Actions(self, theme, self._handlers())
        self._add_theme_menu()
        self._make_panels()
        self._lay_out()
        self._connect()
        self.setWindowTitle("isnmf-gui")
        self.setWindowIcon(app_icon())
        self.setAcceptDrops(True)
        self.setMinimumSize(900, 560)
        self.resize(1360, 860)
        self._restore()
        self._refresh_actions()

    # -- making -------------------------------------------------------------------------------

    def _handlers(self):  # type: ignore[no-untyped-def]
        return {
            "open": self.ask_for_recording,
            "demo": self.open_demo,
            "export": self.ask_for_export,
            "quit": self.close,
            "separate": self.separate,
            "cancel": self.cancel,
            "play": self.play_or_pause,
            "play_recording": self.play_recording,
            "stop": self.stop,
            "select_all": self.select_all,
            "recording": self.show_recording,
            "fit": self.fit,
            "about": self.show_about,
        }

    def _add_theme_menu(self) -> None:
        menu = self.actions_.menus["&View"].addMenu("&Theme")
        group = QActionGroup(self)
        for choice, label in THEME_LABELS.items():
            action = menu.addAction(label)
            action.setCheckable(True)
            action.setChecked(choice is self._theme.choice)
            action.setData(choice)
            group.addAction(action)
        group.triggered.connect(self._theme_chosen)

    def _make_panels(self) -> None:
        self.settings_panel = SettingsPanel()
        self.welcome = Welcome()
        self.spectrogram = SpectrogramPanel(self._theme)
        self.components = ComponentsPanel(self._theme)
        self.loss = LossPanel(self._theme)
        self.transport = TransportBar(self._theme)
        self.status = Status()
        self.setStatusBar(self.status)

    def _lay_out(self) -> None:
        self._upper = QStackedWidget()
        self._upper.addWidget(self.welcome)
        self._upper.addWidget(self.spectrogram)
        self._middle = QSplitter(Qt.Orientation.Vertical)
        self._middle.addWidget(self._upper)
        self._middle.addWidget(self.components)
        self._middle.setSizes([430, 330])
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        for panel, stretch in ((self.settings_panel, 0), (self._middle, 1), (self.loss, 0)):
            self._columns.addWidget(panel)
            self._columns.setStretchFactor(self._columns.indexOf(panel), stretch)
        self._columns.setSizes([250, 800, 310])
        self._columns.setChildrenCollapsible(False)
        self._middle.setChildrenCollapsible(False)
        center = QWidget()
        layout = QVBoxLayout(center)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._columns, 1)
        layout.addWidget(self.transport)
        self.setCentralWidget(center)

    def _connect(self) -> None:
        controller, player = self.controller, self.controller.player
        controller.recording_opened.connect(self._recording_opened)
        controller.document_changed.connect(self._document_changed)
        controller.opening_progressed.connect(self.status.show_opening)
        controller.run_started.connect(self._run_started)
        controller.run_progressed.connect(self._run_progressed)
        controller.run_ended.connect(self._run_ended)
        controller.export_progressed.connect(self.status.show_export)
        controller.export_ended.connect(self._export_ended)
        controller.busy_changed.connect(self._refresh_actions)
        controller.failed.connect(self._failed)
        player.failed.connect(self._sound_failed)
        player.changed.connect(self._playing_changed)
        player.moved.connect(self._moved)
        self.welcome.open_wanted.connect(self.ask_for_recording)
        self.welcome.demo_wanted.connect(self.open_demo)
        self.settings_panel.separate_wanted.connect(self.separate)
        self.spectrogram.recording_wanted.connect(self.show_recording)
        self.spectrogram.seek_wanted.connect(self._seek)
        self.components.selection_changed.connect(self._selection_changed)
        self.components.play_wanted.connect(self._play_component)
        self.loss.run_chosen.connect(controller.choose_run)
        self.transport.play_wanted.connect(self.play_or_pause)
        self.transport.stop_wanted.connect(self.stop)
        self.transport.volume_changed.connect(player.set_volume)

    def _restore(self) -> None:
        self.transport.volume.setValue(self._preferences.volume)
        self.controller.player.set_volume(self._preferences.volume / 100)
        for name, widget in (("columns", self._columns), ("middle", self._middle)):
            state = self._preferences.layout(name)
            if state is not None:
                widget.restoreState(state)
        geometry = self._preferences.layout("window")
        if geometry is not None:
            self.restoreGeometry(geometry)

    # -- actions ------------------------------------------------------------------------------

    @Slot()
    def ask_for_recording(self) -> None:
        """Let the person choose a recording to open."""
        patterns = " ".join(f"*.{suffix}" for suffix in SUFFIXES)
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            "Open a recording",
            str(self._preferences.folder),
            f"Recordings ({patterns});;All files (*)",
        )
        if chosen:
            self._preferences.folder = Path(chosen).parent
            self.open(Path(chosen))

    @Slot()
    def open_demo(self) -> None:
        """Open the demo recording."""
        self.open(demo_recording())

    def open(self, path: Path) -> None:
        """Open a recording."""
        self.status.show_message(f"Opening {path.name} …")
        self.controller.open(path)

    @Slot()
    def separate(self) -> None:
        """Start a run with the settings shown."""
        self.settings_panel.setFocus()  # a number being typed counts
        self.controller.separate(self.settings_panel.settings())

    def cancel(self) -> None:
        """Stop whatever is going on; a run keeps what it has reached."""
        for kind in ("run", "export", "open"):
            self.controller.cancel(kind)

    @Slot()
    def ask_for_export(self) -> None:
        """Let the person say what to export, and do it."""
        run, recording = self.controller.document.current_run, self.controller.document.recording
        if run is None or recording is None:
            return
        folder = self._export_folder(recording)
        dialog = ExportDialog(
            run.separation.settings,
            self.components.selected(),
            folder,
            self._preferences.export_format,
            self,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if dialog.exec() == ExportDialog.DialogCode.Accepted:
            self._preferences.export_format = dialog.format_name
            self.controller.export(dialog.folder, dialog.format_name, dialog.components)

    def _export_folder(self, recording: Recording) -> Path:
        """Suggest a folder beside the recording; the demo's is no place for a person's files."""
        if recording.path == demo_recording():
            return Path.home() / "isnmf demo components"
        return recording.path.resolve().parent / f"{recording.path.stem} components"

    @Slot()
    def play_or_pause(self) -> None:
        """Play what the large spectrogram shows, pause it, or go on."""
        player = self.controller.player
        if player.is_playing:
            player.pause()
        elif player.is_paused and player.key == self._key_shown():
            player.resume()
        elif self._shown is None:
            self.controller.play_recording(player.position_s)
        else:
            self.controller.play_component(self._shown, player.position_s)

    def play_recording(self) -> None:
        """Play the recording from where playing is."""
        self.controller.play_recording(self.controller.player.position_s)

    @Slot()
    def stop(self) -> None:
        """Stop playing."""
        self.controller.player.stop()

    def select_all(self) -> None:
        """Select every component."""
        every = [tile.index for tile in self.components.tiles]
        self.components.select(every, self._shown)

    @Slot()
    def show_recording(self) -> None:
        """Show the recording in the large spectrogram."""
        self.components.select([], None)

    def fit(self) -> None:
        """Show the whole recording."""
        self.spectrogram.fit()

    def show_about(self) -> None:
        """Say what this program is."""
        show_information(self, ABOUT)

    # -- news from the controller -------------------------------------------------------------

    @Slot(object)
    def _recording_opened(self, recording: Recording) -> None:
        self._upper.setCurrentWidget(self.spectrogram)
        self.setWindowTitle(f"{recording.name} – isnmf-gui")
        self.settings_panel.set_sample_rate(recording.sample_rate)
        self.transport.set_duration(recording.duration_s)
        channels = {1: "mono", 2: "stereo"}.get(
            recording.n_channels, f"{recording.n_channels} channels"
        )
        text = f"{recording.name}: {recording.duration_s:.1f} s, {channels}, "
        text += f"{recording.sample_rate / 1000:g} kHz."
        if recording.is_silent:
            text += " It is digital silence: its components will be silent too."
        self.status.show_message(text)

    @Slot(object)
    def _document_changed(self, document: Document) -> None:
        self.loss.show_document(document)
        self._show_separation()
        self._refresh_actions()

    @Slot(object)
    def _run_started(self, settings: object) -> None:
        self._shown = None
        self._refresh_actions()

    @Slot(object)
    def _run_progressed(self, live: LiveRun) -> None:
        self.status.show_run(live)
        self.loss.show_live(live.separation.factorization.loss)
        self._show_separation()

    @Slot(object)
    def _run_ended(self, run: object) -> None:
        self.loss.end_live()
        self._show_separation()
        self._refresh_actions()
        separation = self.controller.separation()
        if separation is None:
            self.status.show_message("The run was cancelled before its first iteration.")
        else:
            self.status.show_finished(separation)

    def _show_separation(self) -> None:
        separation = self.controller.separation()
        self.components.show_separation(separation)
        self.components.set_playing(self.controller.player.key)
        self._show_large()

    def _show_large(self) -> None:
        """Show the chosen component, or the recording, in the large spectrogram."""
        recording, pictures = self.controller.document.recording, self.controller.pictures
        separation = self.controller.separation()
        if recording is None or pictures is None:
            return
        if self._shown is not None and separation is not None:
            scene = ComponentScene(separation, self._shown)
            self.spectrogram.show_scene(scene, f"Component {self._shown + 1}", False)
        else:
            self.spectrogram.show_scene(
                RecordingScene(recording, pictures), f"Recording: {recording.name}", True
            )

    @Slot(object)
    def _export_ended(self, outcome: Outcome) -> None:
        exported = outcome.exported
        text = f"{len(exported.parts)} files written to {outcome.order.folder}."
        if exported.null_test_db is not None:
            text += f" Read back, they add up to the recording: {exported.null_test_db:.0f} dB."
        self.status.show_message(text.replace(" -", " −"))
        clipped = [part.file for part in exported.parts if part.clipped]
        if clipped:
            show_information(
                self,
                f"Cut off at full scale: {', '.join(clipped)}. "
                "Export as WAV, 32-bit float to keep the peaks.",
            )

    @Slot(object)
    def _failed(self, error: IsnmfError) -> None:
        self.status.show_message("")
        show_error(self, error)

    @Slot()
    def _refresh_actions(self) -> None:
        controller = self.controller
        running = controller.is_busy("run")
        busy = running or controller.is_busy("export") or controller.is_busy("open")
        has_recording = controller.document.recording is not None
        has_run = controller.document.current_run is not None
        enabled = {
            "open": not controller.is_busy("open"),
            "demo": not controller.is_busy("open"),
            "separate": has_recording and not running,
            "cancel": busy,
            "export": has_run and not running and not controller.is_busy("export"),
            "play": has_recording,
            "play_recording": has_recording,
            "stop": has_recording,
            "select_all": bool(self.components.tiles),
            "recording": has_recording,
            "fit": has_recording,
        }
        for name, on in enabled.items():
            self.actions_[name].setEnabled(on)
        self.settings_panel.set_ready(enabled["separate"])
        self.loss.runs.setEnabled(not running)
        self.status.set_busy(busy)

    # -- listening ----------------------------------------------------------------------------

    def _key_shown(self) -> object:
        return RECORDING if self._shown is None else self._shown

    @Slot(int)
    def _play_component(self, index: int) -> None:
        """Hear a component; again: stop."""
        player = self.controller.player
        if player.is_playing and player.key == index:
            player.stop()
        else:
            self.controller.play_component(index)

    @Slot(object)
    def _playing_changed(self, key: object) -> None:
        names = {None: "", RECORDING: "Recording"}
        name = names[key] if key in names else f"Component {int(str(key)) + 1}"
        paused = key is None and self.controller.player.is_paused
        self.transport.set_playing(key is not None, "Paused" if paused else name)
        self.components.set_playing(key)

    @Slot(float)
    def _moved(self, position_s: float) -> None:
        self.transport.set_position(position_s)
        self.spectrogram.set_playhead(position_s, position_s > 0)

    @Slot(float)
    def _seek(self, position_s: float) -> None:
        player = self.controller.player
        if player.key is not None:
            player.seek(position_s)
        elif self._shown is None:
            self.controller.play_recording(position_s)
        else:
            self.controller.play_component(self._shown, position_s)

    @Slot(object)
    def _sound_failed(self, error: IsnmfError) -> None:
        self.status.show_message(error.message)
        show_error(self, error)

    # -- the rest -----------------------------------------------------------------------------

    @Slot(object, object)
    def _selection_changed(self, selected: list[int], show: int | None) -> None:
        self._shown = show
        self._show_large()

    @Slot(object)
    def _theme_chosen(self, action) -> None:  # type: ignore[no-untyped-def]
        self._preferences.theme = action.data()
        self._theme.choose(action.data())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if _dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the first file that was dropped."""
        path = _dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.open(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the layout, then stop jobs and sound before any widget goes."""
        self._preferences.volume = self.transport.volume.value()
        self._preferences.set_layout("window", self.saveGeometry())
        self._preferences.set_layout("columns", self._columns.saveState())
        self._preferences.set_layout("middle", self._middle.saveState())
        self.controller.close()
        super().closeEvent(event)


def _dropped_file(event: QDropEvent) -> Path | None:
    files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    return Path(files[0]) if files else None

"""The window: its panels, and how they follow the controller."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QMenu

from isnmf_gui import __version__
from isnmf_gui.errors import IsnmfError
from isnmf_gui.gui.actions.actions import Actions
from isnmf_gui.gui.actions.availability import CANCELLED, available
from isnmf_gui.gui.actions.shortcuts_dialog import ShortcutsDialog
from isnmf_gui.gui.appearance.theme import Theme, app_icon
from isnmf_gui.gui.control.controller import Controller
from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.export.export_desk import ExportDesk
from isnmf_gui.gui.factors.factor_desk import PartDesk
from isnmf_gui.gui.files.file_desk import FileDesk
from isnmf_gui.gui.files.recovery_desk import RecoveryDesk
from isnmf_gui.gui.history.history_desk import HistoryDesk
from isnmf_gui.gui.playing.listening_desk import Listening
from isnmf_gui.gui.plots.plot_files import PlotFiles
from isnmf_gui.gui.runs.run_desk import RunDesk
from isnmf_gui.gui.sources.source_desk import SourceDesk
from isnmf_gui.gui.tiles.mix_desk import MixDesk
from isnmf_gui.gui.tiles.tile_picture_files import TilePictures
from isnmf_gui.gui.widgets.message import show_error, show_information
from isnmf_gui.gui.widgets.spoken_state import give_accounts
from isnmf_gui.gui.window.announcer import Announcer
from isnmf_gui.gui.window.look_menus import add_look_menus
from isnmf_gui.gui.window.status_bar import Status, describe_recording
from isnmf_gui.gui.window.tour import Tour
from isnmf_gui.gui.window.tour_steps import steps
from isnmf_gui.gui.window.window_layout import Panes
from isnmf_gui.gui.window.window_placement import restore_place, save_place
from isnmf_gui.session.document.document import Document
from isnmf_gui.session.runs.run_order import LiveRun
from isnmf_gui.session.sound_files.recording import Recording
from isnmf_gui.texts import tr

ABOUT = tr(
    "isnmf-gui {version}\n\nSeparates recordings into components with Itakura-Saito "
    "non-negative matrix factorization. MIT licence.",
    version=__version__,
)
STOPPED = {
    "open": tr("Cancelled; nothing was opened."),
    "export": tr("Cancelled; nothing was written."),
    "split": tr("Cancelled; nothing was split."),
}


class MainWindow(QMainWindow):
    """Puts the panels together; what they want goes to the controller, its news to them."""

    def __init__(self, theme: Theme, preferences: Preferences) -> None:
        super().__init__()
        give_accounts()
        self._theme = theme
        theme.dress(self)
        self._preferences = preferences
        self.shown: int | None = None
        self.controller = Controller(self)
        self.panes = Panes(theme)
        self.setCentralWidget(self.panes)
        self.status = Status()
        self.setStatusBar(self.status)
        self.listening = Listening(self.controller, self.panes)
        self.mix_desk = MixDesk(self.controller, self.panes)
        self.source_desk = SourceDesk(self.controller, self.panes, self.listening, theme)
        self.part_desk = PartDesk(self.controller, self.panes)
        self.history = HistoryDesk(self.controller, self.panes)
        self.runs = RunDesk(self.controller, self.panes)
        self.files = FileDesk(self.controller, preferences, self)
        self.recovery = RecoveryDesk(self.controller, self.files, self)
        self.announcer = Announcer(self.controller, self)
        self.exports = ExportDesk(self.controller, preferences, self)
        self.actions_ = Actions(self, theme, preferences, self._handlers())
        self.panes.components.keys_of = self.actions_.keys
        self.history.set_actions(self.actions_)
        add_look_menus(self.actions_.menus[tr("&View")], self._theme, preferences, self.status)
        self._add_plot_menus()
        menus, edits = self.actions_.menus, self.part_desk
        edits.add_menus(self, menus[tr("&Edit")], self.actions_["restore"])
        self._connect()
        self.setWindowTitle("isnmf-gui")
        self.setWindowIcon(app_icon())
        self.setAcceptDrops(True)
        self.setMinimumSize(900, 560)
        self.resize(1360, 860)
        self._restore()
        self._refresh_actions()

    # -- making -------------------------------------------------------------------------------

    def _handlers(self) -> dict[str, Callable[[], object]]:
        return {
            **self.files.handlers(),
            "export": self.ask_for_export,
            "quit": self.close,
            "separate": self.separate,
            "compare": self.runs.compare,
            "continue": self.runs.continue_chosen,
            "pause": self.runs.pause,
            "cancel": self.cancel,
            **self.listening.handlers(),
            **self.mix_desk.handlers(),
            **self.part_desk.handlers(),
            **self.source_desk.handlers(),
            **self.history.handlers(),
            "separate_region": self.runs.separate_region,
            "select_all": self.select_all,
            "recording": self.show_recording,
            "fit": self.fit,
            "tour": self.show_around,
            "shortcuts": self.show_shortcuts,
            "about": self.show_about,
        }

    def _add_plot_menus(self) -> None:
        """Let every plot be saved and copied, by its own menu and by the window's."""
        panes, jobs, parts = self.panes, self.controller.jobs, self.panes.parts
        self.plot_files = [
            PlotFiles(jobs, panes.spectrogram.plot, panes.spectrogram.table, tr("Spectrogram")),
            PlotFiles(jobs, panes.loss.plot, panes.loss.table, tr("Loss")),
            PlotFiles(jobs, parts.basis.plot, parts.basis_table, tr("Basis"), parts.basis.named),
            PlotFiles(
                jobs,
                parts.activation.plot,
                parts.activation_table,
                tr("Activation"),
                parts.activation.named,
            ),
        ]
        tiles = TilePictures(
            jobs, self._theme, panes.spectrogram.plot, self.controller.shown_run, self
        )
        tiles.done.connect(self.status.show_message)
        panes.components.picture_wanted.connect(tiles.save_picture)
        panes.components.data_wanted.connect(tiles.save_data)
        menu = QMenu(tr("Save or copy a p&lot"), self)
        file_menu = self.actions_.menus[tr("&File")]
        file_menu.insertMenu(self.actions_["quit"], menu)
        file_menu.insertMenu(self.actions_["save"], self.files.recent_menu(self))
        for files in self.plot_files:
            files.done.connect(self.status.show_message)
            menu.addMenu(files.menu(self))

    def _connect(self) -> None:
        controller, player, panes = self.controller, self.controller.player, self.panes
        controller.recording_opened.connect(self._recording_opened)
        controller.document_changed.connect(self._document_changed)
        controller.opening_progressed.connect(self.status.show_opening)
        controller.running.started.connect(self._run_started)
        controller.running.progressed.connect(self._run_progressed)
        controller.running.paused.connect(self._run_paused)
        controller.running.separated.connect(self.status.show_finished)
        controller.running.ended.connect(self._run_ended)
        controller.jobs.stopped.connect(self._stopped)
        controller.export_progressed.connect(self.status.show_export)
        self.part_desk.split_progressed.connect(self.status.show_splitting)
        self.exports.done.connect(self.status.show_message)
        self.exports.done.connect(self.announcer.announce)
        controller.jobs.busy_changed.connect(self._refresh_actions)
        controller.jobs.failed.connect(self._failed)
        player.failed.connect(self._failed)
        player.noticed.connect(self.status.show_message)
        panes.components.action_wanted.connect(self._act)
        for desk in (self.history, self.part_desk, self.source_desk):
            desk.noticed.connect(self.status.show_message)
        panes.settings.mask_chosen.connect(controller.set_mask)
        panes.welcome.tour_wanted.connect(self.actions_["tour"].trigger)
        panes.welcome.open_wanted.connect(self.files.ask_for_file)
        panes.welcome.demo_wanted.connect(self.actions_["demo"].trigger)
        self.files.noticed.connect(self.status.show_message)
        self.files.changed.connect(self._show_title)
        self.recovery.noticed.connect(self.status.show_message)
        panes.settings.separate_wanted.connect(self.separate)
        panes.region.changed.connect(self._refresh_actions)
        panes.components.selection_changed.connect(self._selection_changed)
        panes.components.export_wanted.connect(self.exports.ask_for)
        panes.spectrogram.scale_button.toggled.connect(panes.components.set_logarithmic)

    def _restore(self) -> None:
        self.panes.restore(self._preferences)
        self.controller.player.use_device(self._preferences.device)
        restore_place(self, self._preferences)

    # -- actions ------------------------------------------------------------------------------

    @Slot()
    def separate(self) -> None:
        """Start a run with the settings shown."""
        self.runs.separate()

    def cancel(self) -> None:
        """Stop whatever is going on; a run keeps what it has reached."""
        for kind in CANCELLED:
            self.controller.cancel(kind)

    @Slot()
    def ask_for_export(self) -> None:
        """Let the person say what to export, and do it."""
        self.exports.ask(self.panes.components.selected())

    def select_all(self) -> None:
        """Select every component."""
        every = [tile.index for tile in self.panes.components.tiles]
        self.panes.components.select(every, self.shown)

    @Slot()
    def show_recording(self) -> None:
        """Show the recording in the large spectrogram."""
        self.panes.components.select([], None)
        self.panes.viewing.choose("recording")

    def fit(self) -> None:
        """Show the whole recording."""
        self.panes.spectrogram.fit()

    def show_around(self) -> Tour:
        """Begin the guided tour, unless it goes on."""
        under_way = next((it for it in self.findChildren(Tour) if it.isVisible()), None)
        return under_way or Tour(self, steps(self.panes, self.actions_))

    def show_shortcuts(self) -> ShortcutsDialog:
        """Let the person see and change the keys."""
        dialog = ShortcutsDialog(self.actions_, self)
        dialog.open()
        return dialog

    def show_about(self) -> None:
        """Say what this program is."""
        show_information(self, ABOUT)

    # -- news from the controller -------------------------------------------------------------

    @Slot(object)
    def _recording_opened(self, recording: Recording) -> None:
        self.panes.show_recording_view()
        assert self.controller.pictures is not None
        assert self.controller.envelope is not None
        self.panes.viewing.set_recording(recording, self.controller.pictures)
        self.panes.overview.set_recording(recording, self.controller.envelope)
        self.panes.settings.set_sample_rate(recording.sample_rate)
        self.panes.transport.set_duration(recording.duration_s)
        text = describe_recording(recording)
        self.status.show_message(text)

    @Slot(object)
    def _document_changed(self, document: Document) -> None:
        self.panes.settings.show_mask(document.mask)
        self._show_separation()
        self._refresh_actions()

    @Slot(object)
    def _run_started(self, settings: object) -> None:
        if self.controller.running.is_shown and self.controller.running.run is None:
            self.panes.components.select([], None)  # another run's components are coming
        self._refresh_actions()

    @Slot(object)
    def _run_progressed(self, live: LiveRun) -> None:
        running = self.controller.running
        self.status.show_run(live, running.is_paused, len(running.waiting))
        if running.is_shown:
            self._show_separation()
            self._refresh_actions()  # with its first snapshot, another run is shown

    @Slot(bool)
    def _run_paused(self, on: bool) -> None:
        self.actions_.show_as(
            "pause", *((tr("&Resume"), "play") if on else (tr("&Pause"), "pause"))
        )
        if self.controller.live is not None:
            self._run_progressed(self.controller.live)

    @Slot()
    def _run_ended(self) -> None:
        self._show_separation()
        self._refresh_actions()

    @Slot(str)
    def _stopped(self, kind: str) -> None:
        self.status.show_message(STOPPED.get(kind, tr("Cancelled; nothing was changed.")))

    @Slot()
    def _show_title(self) -> None:
        name = self.files.name
        self.setWindowTitle(f"{name}[*] – isnmf-gui" if name else "isnmf-gui")
        self.setWindowModified(self.files.is_unsaved)

    @Slot(str)
    def _act(self, name: str) -> None:
        self.actions_[name].trigger()

    def _show_separation(self) -> None:
        self.mix_desk.show()
        self.panes.viewing.set_run(self.controller.shown_run())

    @Slot(object)
    def _failed(self, error: IsnmfError) -> None:
        self.status.show_message(error.message)
        show_error(self, error)

    @Slot()
    def _refresh_actions(self) -> None:
        can_edit = self.part_desk.run is not None and bool(self.panes.components.selected())
        self.part_desk.set_enabled(can_edit)
        enabled = available(self.controller, self.panes, can_edit)
        for name, on in enabled.items():
            self.actions_[name].setEnabled(on)
        self.panes.settings.set_ready(enabled["separate"])
        self.status.set_busy(enabled["cancel"])

    # -- the rest -----------------------------------------------------------------------------

    @Slot(object, object)
    def _selection_changed(self, selected: list[int], show: int | None) -> None:
        self.shown = show
        self.panes.viewing.set_shown(show)
        self.panes.parts.show_parts(self.controller.shown_run(), selected)
        self._refresh_actions()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if _dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the first file that was dropped."""
        path = _dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.files.open(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the layout, then stop jobs and sound before any widget goes."""
        if not self.files.may_close():
            event.ignore()
            return
        save_place(self, self._preferences)
        self.panes.save(self._preferences)
        self.hide()  # a job may wait for a disk that does not answer
        self.controller.close()
        self.recovery.close()
        super().closeEvent(event)

    def leave(self) -> None:
        """Close without a question: nobody may be there to answer it. Work can be recovered."""
        self.recovery.leave()
        self.files.close_now()


def _dropped_file(event: QDropEvent) -> Path | None:
    files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    return Path(files[0]) if files else None

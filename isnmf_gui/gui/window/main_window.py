"""The window: its panels, and how they follow the controller."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QMenu

from isnmf_gui import __version__
from isnmf_gui.errors import IsnmfError
from isnmf_gui.gui.actions.actions import Actions
from isnmf_gui.gui.actions.availability import CANCELLED, available
from isnmf_gui.gui.actions.shortcuts_dialog import ShortcutsDialog
from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.control.controller import Controller
from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.export.box_desk import BoxDesk
from isnmf_gui.gui.export.export_desk import ExportDesk
from isnmf_gui.gui.factors.factor_desk import FactorDesk
from isnmf_gui.gui.files.file_desk import FileDesk
from isnmf_gui.gui.files.recovery_desk import RecoveryDesk
from isnmf_gui.gui.guidance.ask_desk import AskDesk
from isnmf_gui.gui.guidance.guidance_desk import GuidanceDesk
from isnmf_gui.gui.guidance.guide_files import GuideFiles
from isnmf_gui.gui.history.history_desk import HistoryDesk
from isnmf_gui.gui.playing.listening_desk import ListeningDesk
from isnmf_gui.gui.runs.run_desk import RunDesk
from isnmf_gui.gui.sources.source_desk import SourceDesk
from isnmf_gui.gui.sources.source_pictures import SourcePictures
from isnmf_gui.gui.spectrogram.scene_choice import SceneChoice
from isnmf_gui.gui.spectrogram.stroke_desk import StrokeDesk
from isnmf_gui.gui.tiles.carry_desk import CarryDesk
from isnmf_gui.gui.tiles.mix_desk import MixDesk
from isnmf_gui.gui.tiles.sound_desk import SoundDesk
from isnmf_gui.gui.tiles.tile_picture_files import TilePictures
from isnmf_gui.gui.widgets.menus import close_menus
from isnmf_gui.gui.widgets.message import show_error, show_information
from isnmf_gui.gui.widgets.spoken_state import give_accounts
from isnmf_gui.gui.window.announcer import Announcer
from isnmf_gui.gui.window.connections import connect_rooms
from isnmf_gui.gui.window.guide_window import GuideWindow
from isnmf_gui.gui.window.look_menus import add_look_menus
from isnmf_gui.gui.window.pane_focus import PaneFocus
from isnmf_gui.gui.window.plots import plots_of
from isnmf_gui.gui.window.status_bar import Status, describe_recording
from isnmf_gui.gui.window.tour import Tour
from isnmf_gui.gui.window.tour_steps import steps
from isnmf_gui.gui.window.window_layout import WindowLayout
from isnmf_gui.gui.window.window_placement import restore_place, save_place, set_sizes
from isnmf_gui.session.document.changes import Changes
from isnmf_gui.session.runs.run_order import LiveRun
from isnmf_gui.session.sound_files.recording import Recording
from isnmf_gui.texts import N_, tr

ABOUT = N_(
    "isnmf-gui {version}\n\nSeparates recordings into components with Itakura-Saito "
    "non-negative matrix factorization. MIT licence.",
    version=__version__,
)
STOPPED = {
    "open": N_("Cancelled; nothing was opened."),
    "export": N_("Cancelled; nothing was written."),
    "split": N_("Cancelled; nothing was split."),
    "ask": N_("Cancelled; nothing is asked."),
}


class MainWindow(QMainWindow):
    """Puts the panels together; what they want goes to the controller, its news to them."""

    def __init__(self, theme: Theme, preferences: Preferences) -> None:
        super().__init__()
        give_accounts()
        self._theme = theme
        theme.dress(self)
        self._preferences = preferences
        self.controller = Controller(self)
        self.selection = self.controller.selection
        self.panes = WindowLayout(theme, self.selection)
        self.setCentralWidget(self.panes)
        self.status = Status()
        self.setStatusBar(self.status)
        self._make_desks()
        self.files = FileDesk(self.controller, preferences, self)
        self.recovery = RecoveryDesk(self.controller, self.files, self)
        self.announcer = Announcer(self.controller, self)
        self.guides = GuideFiles(self.controller, preferences, self)
        self.exports = ExportDesk(self.controller, preferences, self)
        self.pane_focus = PaneFocus(self.panes.in_order, self.panes, self)
        self.actions_ = Actions(self, theme, preferences, self._handlers())
        self.panes.components.keys_of = self.actions_.keys
        self.panes.runs.set_actions(self.actions_)
        self.history.set_actions(self.actions_)
        add_look_menus(self.actions_.menus[N_("&View")], self._theme, preferences, self.status)
        self._add_plot_menus()
        menus, edits = self.actions_.menus, self.factor_desk
        edits.add_menus(self, menus[N_("&Edit")], self.actions_["restore"])
        self.carry_desk.add_menu(menus[N_("Mi&x")])
        self._connect()
        self.setWindowTitle("isnmf-gui")
        self.setAcceptDrops(True)
        set_sizes(self, self.panes.minimumSizeHint())
        self._restore()
        self._refresh_actions()

    # -- making -------------------------------------------------------------------------------

    def _make_desks(self) -> None:
        """Give each desk its own panel and what it needs of the rest, nothing else."""
        controller, selection, panes = self.controller, self.selection, self.panes
        self.listening = ListeningDesk(controller, panes.region, panes.transport)
        self.scenes = SceneChoice(controller, selection, panes.spectrogram)
        self.stroke_desk = StrokeDesk(controller, selection, panes.spectrogram)
        self.mix_desk = MixDesk(controller, selection, panes.components)
        self.sound_desk = SoundDesk(controller, panes.components)
        self.carry_desk = CarryDesk(controller, panes.components)
        self.source_desk = SourceDesk(
            controller, selection, panes.sources, self.listening, self._theme
        )
        self.ask_desk = AskDesk(controller, panes.ask_bar, self.listening)
        self.boxes = BoxDesk(controller, self._preferences, self)
        self.guidance_desk = GuidanceDesk(
            controller, selection, panes.guidance, self.listening, self.boxes
        )
        self.source_pictures = SourcePictures(controller, panes.sources)
        self.factor_desk = FactorDesk(controller, selection, panes.region, panes.factors)
        self.history = HistoryDesk(controller, selection, panes.history)
        self.runs = RunDesk(controller, panes.region, panes.settings, panes.runs, panes.loss)

    def _handlers(self) -> dict[str, Callable[[], object]]:
        return {
            **self.files.handlers(),
            "export": self.ask_for_export,
            "open_folder": self.exports.open_folder,
            "quit": self.close,
            "separate": self.runs.separate,
            "compare": self.runs.compare,
            "continue": self.runs.continue_chosen,
            "pause": self.runs.pause,
            "cancel": self.cancel,
            **self.listening.handlers(),
            **self.mix_desk.handlers(),
            **self.carry_desk.handlers(),
            **self.factor_desk.handlers(),
            **self.source_desk.handlers(),
            **self.ask_desk.handlers(),
            **self.stroke_desk.handlers(),
            **self.history.handlers(),
            "separate_region": self.runs.separate_region,
            "select_all": self.select_all,
            "recording": self.show_recording,
            "fit": self.fit,
            "large_parts": self.panes.toggle_large_parts,
            "room": self.panes.toggle_room,
            "next_pane": self.pane_focus.go_on,
            "previous_pane": self.pane_focus.go_back,
            "guide": self.show_guide,
            "tour": self.show_around,
            "shortcuts": self.show_shortcuts,
            "about": self.show_about,
        }

    def _add_plot_menus(self) -> None:
        """Let every plot be saved and copied, by its own menu and by the window's."""
        panes, jobs, kept = self.panes, self.controller.jobs, self._preferences
        self.plot_files = plots_of(panes, jobs, kept)
        tiles = TilePictures(
            jobs, kept, self._theme, panes.spectrogram.plot, self.controller.shown_run, self
        )
        tiles.done.connect(self.status.show_message)
        panes.components.picture_wanted.connect(tiles.save_picture)
        panes.components.data_wanted.connect(tiles.save_data)
        menu = QMenu(tr("Save or copy a p&lot"), self)
        file_menu = self.actions_.menus[N_("&File")]
        file_menu.insertMenu(self.actions_["quit"], menu)
        file_menu.insertMenu(self.actions_["save"], self.files.recent_menu(self))
        for files in self.plot_files:
            files.done.connect(self.status.show_message)
            menu.addMenu(files.menu(self))

    def _connect(self) -> None:
        controller, player, panes = self.controller, self.controller.player, self.panes
        controller.recording_opened.connect(self._recording_opened)
        controller.document_changed.connect(self._document_changed)
        controller.running.started.connect(self._run_started)
        controller.running.progressed.connect(self._run_progressed)
        controller.running.paused.connect(self._run_paused)
        controller.running.ended.connect(self._refresh_actions)
        controller.jobs.stopped.connect(self._stopped)
        controller.jobs.busy_changed.connect(self._refresh_actions)
        controller.jobs.failed.connect(self._failed)
        player.failed.connect(self._failed)
        player.moved.connect(self._show_playhead)
        player.changed.connect(self._show_whether_it_plays)
        panes.components.action_wanted.connect(self._act)
        panes.region.changed.connect(self._refresh_actions)
        self.exports.written.connect(self._refresh_actions)
        self.files.changed.connect(self._show_title)
        self.selection.changed.connect(self._refresh_actions)
        connect_rooms(self)

    def _restore(self) -> None:
        self.panes.restore(self._preferences)
        self.controller.player.use_device(self._preferences.device)
        restore_place(self, self._preferences)

    # -- actions ------------------------------------------------------------------------------

    def cancel(self) -> None:
        """Stop whatever is going on; a run keeps what it has reached."""
        for kind in CANCELLED:
            self.controller.cancel(kind)

    @Slot()
    def ask_for_export(self) -> None:
        """Let the person say what to export, and do it."""
        self.exports.ask(self.selection.components)

    def select_all(self) -> None:
        """Select every component."""
        run = self.controller.shown_run()
        every = [component.index for component in run.components] if run else []
        self.selection.select(every, self.selection.active)

    @Slot()
    def show_recording(self) -> None:
        """Show the recording in the large spectrogram."""
        self.panes.set_parts_large(False)
        self.selection.clear()
        self.scenes.choose("recording")

    def fit(self) -> None:
        """Show the whole recording."""
        self.panes.spectrogram.fit()

    def show_around(self) -> Tour:
        """Begin the guided tour, unless it goes on."""
        under_way = next((it for it in self.findChildren(Tour) if it.isVisible()), None)
        return under_way or Tour(self, steps(self.panes, self.actions_))

    def show_guide(self) -> GuideWindow:
        """Open the guide, or bring it to the front."""
        guide = next(iter(self.findChildren(GuideWindow)), None) or GuideWindow(self._theme, self)
        guide.show()
        guide.activateWindow()
        return guide

    def show_shortcuts(self) -> ShortcutsDialog:
        """Let the person see and change the keys."""
        dialog = ShortcutsDialog(self.actions_, self)
        dialog.open()
        return dialog

    def show_about(self) -> None:
        """Say what this program is."""
        show_information(self, str(ABOUT))

    # -- news from the controller -------------------------------------------------------------

    @Slot(object)
    def _recording_opened(self, recording: Recording) -> None:
        self.panes.show_recording_view()
        assert self.controller.envelope is not None
        self.panes.overview.set_recording(recording, self.controller.envelope)
        self.panes.settings.set_sample_rate(recording.sample_rate)
        self.panes.transport.set_duration(recording.duration_s)
        text = describe_recording(recording)
        self.status.show_message(text)

    @Slot(object, object)
    def _document_changed(self, document: object, changes: Changes) -> None:
        if changes != Changes(parts=changes.parts, mix=changes.mix):
            self._refresh_actions()
        if changes.shown_run or changes.sources:
            panes = self.panes
            for panel in (panes.components, panes.sources, panes.guidance, panes.spectrogram):
                close_menus(panel)

    @Slot(object)
    def _run_started(self, settings: object) -> None:
        if self.controller.running.is_shown and self.controller.running.run is None:
            self.selection.clear()  # another run's components are coming
        self._refresh_actions()

    @Slot(object)
    def _run_progressed(self, live: LiveRun) -> None:
        running = self.controller.running
        self.status.show_run(live, running.is_paused, len(running.waiting))

    @Slot(bool)
    def _run_paused(self, on: bool) -> None:
        self.actions_.show_as(
            "pause", *((tr("&Resume"), "play") if on else (tr("&Pause"), "pause"))
        )
        if self.controller.live is not None:
            self._run_progressed(self.controller.live)

    @Slot(str)
    def _stopped(self, kind: str) -> None:
        if kind in CANCELLED:  # others are stopped where nobody needs them any more
            self.status.show_message(str(STOPPED.get(kind, tr("Cancelled; nothing was changed."))))

    @Slot()
    def _show_title(self) -> None:
        name = self.files.name
        self.setWindowTitle(f"{name}[*] – isnmf-gui" if name else "isnmf-gui")
        self.setWindowModified(self.files.is_unsaved)

    @Slot(str)
    def _act(self, name: str) -> None:
        self.actions_[name].trigger()

    @Slot(object)
    def _failed(self, error: IsnmfError) -> None:
        self.status.show_message(error.message)
        show_error(self, error)

    @Slot()
    def _refresh_actions(self) -> None:
        can_edit = self.factor_desk.run is not None and bool(self.selection.components)
        self.factor_desk.set_enabled(can_edit)
        self.panes.components.set_editable(can_edit)
        enabled = available(self.controller, self.panes.region, can_edit)
        enabled["open_folder"] = self.exports.has_written
        self.actions_.set_enabled(enabled)
        self.panes.settings.set_ready(enabled["separate"])
        for panel in (self.panes.sources, self.panes.components):
            panel.set_exportable(enabled["export"])
        self.panes.sources.set_askable(enabled["ask"])
        self.status.set_busy(enabled["cancel"])

    @Slot(float)
    def _show_playhead(self, position_s: float) -> None:
        panes = self.panes
        for view in (panes.spectrogram, panes.overview, panes.factors):
            view.set_playhead(position_s, position_s > 0)

    @Slot()
    def _show_whether_it_plays(self) -> None:
        self.panes.spectrogram.set_playing(self.controller.player.is_playing)

    # -- the rest -----------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if _dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        paths = _dropped_files(event)
        if paths:
            event.acceptProposedAction()
            self.files.take(paths)

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
        self.recovery.leave(self._close_now)

    def _close_now(self) -> None:
        self.files.close_now()
        QCoreApplication.quit()  # dialogs that somebody waits for end too


def _dropped_files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]

"""Opening and saving: what the document lies in, and that no work is lost by accident."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMenu

from isnmf_gui.gui.control.controller import Controller
from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.control.slow_disks import look, reachable
from isnmf_gui.gui.files.safeguard import OF_WINDOW, Safeguard
from isnmf_gui.gui.files.unsaved import ask_about_changed
from isnmf_gui.gui.widgets.elided import shortened
from isnmf_gui.gui.widgets.message import show_information
from isnmf_gui.paths import demo_recording
from isnmf_gui.session.document.document import Document
from isnmf_gui.session.document.history import History, HistoryStep
from isnmf_gui.session.files.progress import Report
from isnmf_gui.session.files.safe_names import safe
from isnmf_gui.session.project import SUFFIX, Saved, save_project, was_changed
from isnmf_gui.session.project.opening import Opened
from isnmf_gui.session.sound_files.recording import SUFFIXES
from isnmf_gui.texts import N_, tr

LONGEST_RECENT_NAME = 60
NO_ORIGINAL = N_(
    "The recording's file was changed or removed since it was opened: the project holds its "
    "samples as 32-bit float WAV instead."
)


@dataclass(frozen=True)
class Changed:
    """A project file that was not written, for somebody else has changed it."""

    path: Path


class FileDesk(QObject):
    """Connects the window's file actions with the controller.

    Parameters
    ----------
    controller : Controller
        Holds the document.
    preferences : Preferences
        Remember files and folders.
    window : QMainWindow
        What dialogs belong to.

    Attributes
    ----------
    path : Path or None
        The project file that the document lies in.
    fingerprint : str
        Of that file, as it was read or written last.
    """

    #: Something for the status bar.
    noticed = Signal(str)
    #: The name of the file, or whether all is saved, is another.
    changed = Signal()

    def __init__(
        self, controller: Controller, preferences: Preferences, window: QMainWindow
    ) -> None:
        super().__init__(controller)
        self._controller, self._preferences, self._window = controller, preferences, window
        self.path: Path | None = None
        self.fingerprint = ""
        self._is_asking = False
        self._after_saving: Callable[[], object] | None = None
        self._may_close = False
        self._left_out: tuple[Path, int] | None = None
        self._guard = Safeguard(controller, self, window)
        self._guard.noticed.connect(self.noticed)
        controller.opened.connect(self._opened)
        controller.history_changed.connect(self.changed)
        controller.jobs.ended.connect(self._job_ended)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the window's actions do."""
        return {
            "open": self.ask_for_file,
            "demo": partial(self.open, demo_recording()),
            "save": self.save,
            "save_as": self.ask_where_to_save,
        }

    @property
    def is_unsaved(self) -> bool:
        """Whether there is work that no file holds."""
        controller = self._controller
        return controller.document.recording is not None and not controller.history.is_saved

    @property
    def name(self) -> str:
        """What the work is called: by its project, or by its recording; "" if there is none."""
        if self.path is not None:
            return self.path.name
        recording = self._controller.document.recording
        return recording.name if recording else ""

    # -- opening ------------------------------------------------------------------------------

    @Slot()
    def ask_for_file(self) -> None:
        """Let the person choose a recording or a project to open, first where the last one was."""
        self._ask_in(self._preferences.folder)

    def _ask_in(self, folder: Path) -> None:
        sounds = " ".join(f"*.{suffix}" for suffix in SUFFIXES)
        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            tr("Open a recording or a project"),
            str(folder),
            tr(
                "Recordings and projects ({sounds} *{suffix});;Projects (*{suffix});;All files (*)",
                sounds=sounds,
                suffix=SUFFIX,
            ),
        )
        if chosen:
            self.open(Path(chosen))

    def take(self, paths: Sequence[Path]) -> None:
        """Open what was dropped, and say what is not opened: one file is open at a time.

        In a folder that was dropped the person may choose a file.
        """
        none: list[Path] = []
        folders = look(lambda: [path for path in paths if path.is_dir()], none)
        files = [path for path in paths if path not in folders]
        if files:
            chosen = next(filter(_is_known, files), files[0])
            self.open(chosen)
            self._left_out = chosen, len(paths) - 1
        elif folders:
            begin = partial(self._ask_in, folders[0])
            QTimer.singleShot(0, self, begin)  # who let it go must not wait

    @Slot(object)
    def open(self, path: Path) -> None:
        """Open a recording or a project, once what is there is saved or discarded."""
        self._left_out = None
        self._guard.when_safe(partial(self._open, path))

    def _open(self, path: Path) -> None:
        if self._controller.open(path):
            self.noticed.emit(tr("Opening {name} …", name=path.name))
        else:
            self.noticed.emit(tr("{name} was not opened: another file is coming.", name=path.name))

    @Slot(object)
    def _opened(self, opened: Opened) -> None:
        self.path, self.fingerprint = opened.project, opened.fingerprint
        file = opened.project or opened.recording.path
        if not opened.is_recovered and file != demo_recording():
            self._preferences.add_recent(file)
            self._preferences.folder = file.absolute().parent
        if self._left_out is not None and self._left_out[0] == file and self._left_out[1]:
            QTimer.singleShot(0, self, partial(self._tell_of_others, file, self._left_out[1]))
        self._left_out = None
        self.changed.emit()
        if opened.is_new and opened.recording.notice:  # who opens a project was told before
            show_information(self._window, opened.recording.notice)

    def _tell_of_others(self, file: Path, n_others: int) -> None:
        """Say it after what is said of the recording."""
        self.noticed.emit(
            tr(
                "{name} was opened; %n other(s) were not: one file is open at a time.",
                "",
                n_others,
                name=file.name,
            )
        )

    def recent_menu(self, parent: QMainWindow) -> QMenu:
        """Return a menu of the files that were opened or saved lately."""
        menu = QMenu(tr("Open &recent"), parent)
        menu.aboutToShow.connect(partial(self.fill_recent, menu))
        return menu

    def fill_recent(self, menu: QMenu) -> None:
        """List the files as they are now."""
        menu.clear()
        for place, path in enumerate(self._preferences.recent, 1):
            name = shortened(path.name, LONGEST_RECENT_NAME)
            name = name.replace("&", "&&")  # or what follows would be underlined
            action = QAction(f"&{place % 10} {name}", menu)
            action.setStatusTip(str(path))
            action.triggered.connect(partial(self._open_recent, path))
            menu.addAction(action)
        if menu.isEmpty():
            menu.addAction(tr("Nothing yet")).setEnabled(False)
            return
        menu.addSeparator()
        forget = menu.addAction(tr("&Forget these"))
        forget.setStatusTip(tr("Empty this list; the files stay where they are"))
        forget.triggered.connect(self._forget_recent)

    def _open_recent(self, path: Path, _checked: bool = False) -> None:
        self.open(path)

    def _forget_recent(self, _checked: bool = False) -> None:
        self._preferences.forget_recent()

    # -- saving -------------------------------------------------------------------------------

    @Slot()
    def save(self) -> None:
        """Save into the project file; the first time, ask which."""
        if self.path is None:
            self.ask_where_to_save()
        else:
            self._save(self.path, self.fingerprint)

    @Slot()
    def ask_where_to_save(self) -> QFileDialog | None:
        """Let the person choose a project file, and save into it."""
        if self._controller.document.recording is None:
            return None
        dialog = QFileDialog(self._window, tr("Save the project"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(tr("Projects (*{suffix})", suffix=SUFFIX))
        dialog.setDefaultSuffix(SUFFIX.lstrip("."))
        suggested = self._suggested()
        dialog.setDirectory(str(reachable(suggested.parent)))
        dialog.selectFile(suggested.name)
        dialog.fileSelected.connect(self._chosen)
        dialog.rejected.connect(self._give_up)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _suggested(self) -> Path:
        """Suggest a file beside the recording; the demo's folder is no place for it."""
        if self.path is not None:
            return self.path
        recording = self._controller.document.recording
        assert recording is not None
        path = recording.path
        folder = Path.home() if path == demo_recording() else path.absolute().parent
        return folder / f"{safe(path.stem)}{SUFFIX}"

    @Slot(str)
    def _chosen(self, name: str) -> None:
        self._save(Path(name))

    def _save(self, path: Path, fingerprint: str = "") -> None:
        """Save into a file, unless it was changed since it had a fingerprint.

        While another saving goes on, this one waits for it.
        """
        history = self._controller.history
        step = history.step

        def known() -> str:
            """Return the fingerprint as it is when the file's turn comes."""
            return self.fingerprint if fingerprint and path == self.path else fingerprint

        work = partial(_save_unless_changed, step.document, path, known)
        if self._controller.jobs.start("save", work, partial(self._saved, history, step)):
            self.noticed.emit(tr("Saving {name} …", name=path.name))
        else:
            self.noticed.emit(
                tr("{name} is saved as soon as the file before it is written.", name=path.name)
            )

    def _saved(self, history: History, step: HistoryStep, saved: Saved | Changed) -> None:
        if isinstance(saved, Changed):
            if not self._is_asking:
                self._ask_about(saved)
            return
        self._preferences.add_recent(saved.path)
        self._preferences.folder = saved.path.absolute().parent
        if history is self._controller.history:  # and not another file's by now
            self.path, self.fingerprint = saved.path, saved.fingerprint
            history.mark_saved(step)
            self._controller.history_changed.emit()
        self.noticed.emit(
            tr("Saved as {name}.", name=saved.path.name) if saved.has_original else str(NO_ORIGINAL)
        )

    def _ask_about(self, changed: Changed) -> None:
        """Let the person decide between their work and somebody else's."""
        self._is_asking = True
        self.noticed.emit(tr("{name} was not saved yet.", name=changed.path.name))
        overwrite = partial(self._save, changed.path)
        box = ask_about_changed(
            self._window, changed.path.name, overwrite, self.ask_where_to_save, self._give_up
        )
        box.finished.connect(self._answered)

    @Slot()
    def _answered(self) -> None:
        self._is_asking = False

    @Slot(str)
    def _job_ended(self, kind: str) -> None:
        """Go on with what waited for the work to be saved, if it is."""
        if kind != "save" or self._is_asking or self._controller.is_busy("save"):
            return
        then, self._after_saving = self._after_saving, None
        if then is not None:
            then()

    @Slot()
    def _give_up(self) -> None:
        self._after_saving = None

    # -- closing ------------------------------------------------------------------------------

    def save_and(self, then: Callable[[], object]) -> None:
        """Save, then do something, whether that worked or not; unless the person gives up."""
        self._after_saving = then
        if not self._controller.is_busy("save"):
            self.save()

    def may_close(self) -> bool:
        """Tell whether the window may close now; otherwise see to it that it can."""
        if self._may_close or not self._guard.is_needed():
            return True
        self._guard.when_safe(self.close_now, OF_WINDOW)
        return False

    def close_now(self) -> None:
        """Close the window, whatever is unsaved."""
        self._may_close = True
        self._window.close()


def _is_known(path: Path) -> bool:
    """Tell whether a file's name is that of a recording or a project."""
    return path.suffix.lower() in (SUFFIX, *(f".{suffix}" for suffix in SUFFIXES))


def _save_unless_changed(
    document: Document, path: Path, fingerprint: Callable[[], str], report: Report
) -> Saved | Changed:
    """Save, if the file is still as it was known. Worker thread."""
    if was_changed(path, fingerprint()):
        return Changed(path)
    return save_project(document, path, report)

"""Writing what was said of a run into a file, and taking what another file says."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from isnmf_gui.gui.control.controller import Controller
from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.files.progress import Report
from isnmf_gui.session.files.safe_names import safe
from isnmf_gui.session.project.guides import (
    Guide,
    guide_of,
    guided,
    read_guide,
    unplaced,
    write_guide,
)
from isnmf_gui.spectral.cutting import Cut
from isnmf_gui.spectral.strokes import bounds
from isnmf_gui.texts import tr

JOB = "guide"
SUFFIX = "json"


class GuideFiles(QObject):
    """Saves and loads guides, in the background.

    Parameters
    ----------
    controller : Controller
        With the run that is shown, and the jobs.
    preferences : Preferences
        Know the folder of the last file.
    window : QWidget
        What dialogs belong to.
    """

    #: What was done, and what of a guide means nothing here: a sentence or some.
    noticed = Signal(str)

    def __init__(self, controller: Controller, preferences: Preferences, window: QWidget) -> None:
        super().__init__(controller)
        self._controller, self._preferences, self._window = controller, preferences, window
        self._folder: Path | None = None
        controller.recording_opened.connect(self._recording_opened)

    @Slot(object)
    def _recording_opened(self, recording: object) -> None:
        self._folder = None

    # -- saving -------------------------------------------------------------------------------

    @Slot()
    def ask_where_to_save(self) -> None:
        """Let the person say where to write the guide, and do it."""
        run, recording = self._controller.shown_run(), self._controller.document.recording
        if run is None or recording is None or not run.sources:
            return
        dialog = self._dialog(tr("Save guidance"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(safe(tr("{name} guide", name=recording.path.stem)))
        path = self._chosen(dialog)
        if path is not None:
            self.save(path)

    def save(self, path: Path) -> None:
        """Write what was said of the run that is shown."""
        run = self._controller.shown_run()
        if run is not None:
            guide = guide_of(run)
            said = partial(self._saved, len(run.strokes) - len(guide.strokes))
            self._controller.jobs.start(JOB, partial(_write, guide, path), said)

    def _saved(self, n_left: int, path: Path) -> None:
        said = [tr("Guidance saved as {name}.", name=path.name)]
        if n_left:
            said.append(
                tr("%n stroke(s) of what is unassigned stayed out: a guide knows sources only.",
                   "", n_left)
            )  # fmt: skip
        self.noticed.emit(" ".join(said))

    # -- loading ------------------------------------------------------------------------------

    @Slot()
    def ask_what_to_load(self) -> None:
        """Let the person choose a guide, and take what it says."""
        if self._controller.shown_run() is None:
            return
        dialog = self._dialog(tr("Load guidance"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        path = self._chosen(dialog)
        if path is not None:
            self.load(path)

    def load(self, path: Path) -> None:
        """Add what a guide says to the run that is shown, in one step."""
        run = self._controller.shown_run()
        if run is not None:
            self._controller.jobs.start(JOB, partial(_guided, run, path), self._loaded)

    def _loaded(self, loaded: tuple[Path, Guide, Run, Run]) -> None:
        path, guide, before, run = loaded
        now = self._controller.shown_run()
        if now is not before:
            self.noticed.emit(
                tr("{name} was not loaded: the run was changed meanwhile. Load it again.",
                   name=path.name)
            )  # fmt: skip
            return
        self._controller.edit_run(run, tr("Load guidance: {name}", name=path.name))
        self.noticed.emit(" ".join(_account(path, guide, before, run)))

    # -- dialogs ------------------------------------------------------------------------------

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        dialog.setNameFilter(tr("Guides (*.json)"))
        dialog.setDefaultSuffix(SUFFIX)
        dialog.setDirectory(str(self._folder or self._preferences.folder))
        return dialog

    def _chosen(self, dialog: QFileDialog) -> Path | None:
        accepted = dialog.exec() == QFileDialog.DialogCode.Accepted
        files = dialog.selectedFiles()
        dialog.deleteLater()
        if not accepted or not files:
            return None
        self._folder = Path(files[0]).parent
        return Path(files[0])


def _account(path: Path, guide: Guide, before: Run, run: Run) -> list[str]:
    """Say what was taken of a guide, and what of it means nothing here."""
    new = run.strokes[len(before.strokes) :]
    said = [tr("%n stroke(s) loaded from {name}.", "", len(new), name=path.name)]
    recording = run.separation.recording
    rate, n_samples = recording.sample_rate, recording.n_samples
    n_outside = sum(Cut.of(bounds(it.shape), rate, n_samples) is None for it in new)
    if n_outside:
        said.append(tr("Outside of this recording, and without effect: %n stroke(s).", "",
                       n_outside))  # fmt: skip
    n_left = len(guide.strokes) - len(new)
    if n_left:
        said.append(tr("%n stroke(s) found no room any more.", "", n_left))
    missing = unplaced(before, guide)
    if missing:
        numbers = ", ".join(str(number) for number in missing)
        said.append(tr("This run has no component {numbers}.", numbers=numbers))
    return said


# -- in the worker thread -------------------------------------------------------------------------


def _write(guide: Guide, path: Path, _report: Report) -> Path:
    write_guide(guide, path)
    return path


def _guided(run: Run, path: Path, _report: Report) -> tuple[Path, Guide, Run, Run]:
    guide = read_guide(path)
    return path, guide, run, guided(run, guide)

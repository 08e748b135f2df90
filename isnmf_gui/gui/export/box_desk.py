"""Asking where to write a place in time and frequency, and writing what is heard of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from isnmf_gui.gui.control.controller import Controller
from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.playback import Mix, MixSource
from isnmf_gui.session.export.box_export import BoxOrder, WrittenBox, format_of, write_box
from isnmf_gui.session.files.progress import Report
from isnmf_gui.session.files.safe_names import safe
from isnmf_gui.session.sound_files.formats import FORMATS
from isnmf_gui.session.sound_files.recording import Recording
from isnmf_gui.texts import tr


class BoxDesk(QObject):
    """Writes boxes as sound files, in the background and after other exports.

    Parameters
    ----------
    controller : Controller
        With the recording and the jobs.
    preferences : Preferences
        Know the folder of the last file.
    window : QWidget
        What the dialog belongs to.
    """

    #: What was written, or why something could not be done: a sentence.
    done = Signal(str)
    #: A file was written into this folder.
    written = Signal(object)

    def __init__(self, controller: Controller, preferences: Preferences, window: QWidget) -> None:
        super().__init__(controller)
        self._controller, self._preferences, self._window = controller, preferences, window
        self._folder: Path | None = None
        self._format = "wav"
        controller.recording_opened.connect(self._recording_opened)

    def ask(self, mix: Mix, name: str) -> None:
        """Let the person say where to write what is heard of a box, and do it.

        Parameters
        ----------
        mix : Mix
            With the cut.
        name : str
            What it is, for people; the file is proposed to be called that.
        """
        path = self._ask(name)
        if path is not None:
            self.write(mix, path)

    def write(self, mix: Mix, path: Path) -> None:
        """Write what is heard of a box; the format is what the name ends like."""
        recording = self._controller.document.recording
        if recording is None or mix.cut is None:
            return
        fitting = FORMATS[self._format].suffix == path.suffix.lower()
        name = self._format if fitting else format_of(path)
        if name is None:
            self.done.emit(tr("Nothing was written: “{ending}” is no format for sound. Choose WAV, "
                              "for example.", ending=path.suffix))  # fmt: skip
            return
        work = partial(_write, recording, mix, path, name)
        if not self._controller.jobs.start("export", work, self._written, stands_back=True):
            self.done.emit(
                tr("{name} is written as soon as the export before it has ended.", name=path.name)
            )

    def _ask(self, name: str) -> Path | None:
        dialog = QFileDialog(self._window, tr("Export the box: {name}", name=name))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        names = {f"{form.label} (*{form.suffix})": key for key, form in FORMATS.items()}
        dialog.setNameFilters(list(names))
        dialog.filterSelected.connect(
            lambda text: dialog.setDefaultSuffix(FORMATS[names[text]].suffix)
        )
        chosen = next(text for text, key in names.items() if key == self._format)
        dialog.selectNameFilter(chosen)
        dialog.setDefaultSuffix(FORMATS[self._format].suffix)
        dialog.setDirectory(str(self._folder or self._preferences.folder))
        dialog.selectFile(safe(name))
        accepted = dialog.exec() == QFileDialog.DialogCode.Accepted
        files = dialog.selectedFiles()
        self._format = names.get(dialog.selectedNameFilter(), self._format)
        dialog.deleteLater()
        if not accepted or not files:
            return None
        self._folder = Path(files[0]).parent
        return Path(files[0])

    @Slot(object)
    def _recording_opened(self, recording: object) -> None:
        self._folder = None

    @Slot(object)
    def _written(self, written: WrittenBox) -> None:
        path = written.path
        said = [tr("{name} written to {folder}.", name=path.name, folder=path.parent)]
        if written.clipped:
            said.append(tr("Cut off at full scale: {files}.", files=path.name))
        self.done.emit(" ".join(said))
        self.written.emit(path.parent)


def _write(recording: Recording, mix: Mix, path: Path, form: str, report: Report) -> WrittenBox:
    """Write it. Worker thread."""
    assert mix.cut is not None
    source = MixSource(recording.samples, recording.sample_rate, mix)
    first, last = mix.cut.heard(recording.n_samples)
    return write_box(BoxOrder(recording, source.read, first, last, path, form), report)

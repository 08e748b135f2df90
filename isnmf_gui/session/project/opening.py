"""Opening a recording or a project in the background, ready to be looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from isnmf_gui.errors import ProjectError
from isnmf_gui.session.document.document import Document, open_recording
from isnmf_gui.session.files.progress import Report
from isnmf_gui.session.project import fingerprint_at, is_project_file, open_project
from isnmf_gui.session.runs.settings import window_for
from isnmf_gui.session.sound_files.recording import Recording, load_recording
from isnmf_gui.spectral import Stft
from isnmf_gui.spectral.pictures.envelope import Envelope
from isnmf_gui.spectral.pictures.power_pictures import PowerPictures
from isnmf_gui.texts import tr

#: Reads a document, telling the share that is done; None if it was stopped.
Load = Callable[[Callable[[float], bool]], Document | None]


@dataclass(frozen=True, eq=False)
class Opened:
    """What was opened, and the recording's spectrogram and outline for the screen.

    Attributes
    ----------
    document : Document
        With a recording.
    pictures : PowerPictures
        The recording's.
    envelope : Envelope
        The recording's.
    project : Path or None
        The project file that it was read from.
    fingerprint : str
        Of the project file, when it was read.
    is_recovered : bool
        Whether it is work that was never saved.
    """

    document: Document
    pictures: PowerPictures
    envelope: Envelope
    project: Path | None = None
    fingerprint: str = ""
    is_recovered: bool = False

    @property
    def recording(self) -> Recording:
        """The recording."""
        assert self.document.recording is not None
        return self.document.recording

    @property
    def is_new(self) -> bool:
        """Whether it is a recording that no work was done on yet, and not a project."""
        return self.project is None and not self.is_recovered


def view_stft(sample_rate: int) -> Stft:
    """Return the transform that recordings are shown with."""
    window = window_for(sample_rate)
    return Stft(window, window // 4)


def open_file(path: Path, mask: str, report: Report) -> Opened | None:
    """Read a project, or a recording to begin with, as its content says. Worker thread.

    Parameters
    ----------
    path : Path
        Of the file.
    mask : {"wiener", "ratio"}
        How parts are cut out of a new recording.
    report : callable
        Told the share that is done; returns whether to go on.

    Returns
    -------
    Opened or None
        None if it was stopped.
    """
    load = partial(read_document, path, mask)
    if is_project_file(path):
        fingerprint = fingerprint_at(path)  # before: a change meanwhile is noticed when saving
        opened = prepare(load, report)
        return opened and replace(opened, project=path, fingerprint=fingerprint)
    return prepare(load, report)


def read_document(
    path: Path, mask: str, on_progress: Callable[[float], bool] | None = None
) -> Document | None:
    """Read a project, or a recording to begin with, as its content says.

    Parameters
    ----------
    path : Path
        Of the file.
    mask : {"wiener", "ratio"}
        How parts are cut out of a new recording.
    on_progress : callable, optional
        Called with the share done; returns whether to go on.

    Returns
    -------
    Document or None
        None if it was stopped.

    Raises
    ------
    ProjectError, RecordingError
        If it cannot be read.
    """
    if is_project_file(path):
        return open_project(path, on_progress)
    recording = load_recording(path, on_progress)
    return None if recording is None else open_recording(Document(mask=mask), recording)


def prepare(load: Load, report: Report) -> Opened | None:
    """Load a document, and what is shown of its recording. Worker thread.

    Raises
    ------
    ProjectError
        If it has no recording.
    """
    document = load(lambda share: report(share / 2))
    if document is None:
        return None
    recording = document.recording
    if recording is None:
        raise ProjectError(tr("This project holds no recording."))
    pictures = PowerPictures.of(
        recording.samples,
        recording.sample_rate,
        view_stft(recording.sample_rate),
        lambda share: report(0.5 + share / 2),
    )
    for run in document.runs:
        _ = run.separation.factors  # made here, so that the window need not wait for it
    return Opened(document, pictures, Envelope(recording.samples))

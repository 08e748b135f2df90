"""Opening a recording in the background, ready to be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from isnmf_gui.gui.jobs import Report
from isnmf_gui.session.recording import Recording, load_recording
from isnmf_gui.session.settings import window_for
from isnmf_gui.spectral import Stft
from isnmf_gui.spectral.envelope import Envelope
from isnmf_gui.spectral.power_pictures import PowerPictures


@dataclass(frozen=True, eq=False)
class Opened:
    """A recording, and its spectrogram and outline for the screen."""

    recording: Recording
    pictures: PowerPictures
    envelope: Envelope


def view_stft(sample_rate: int) -> Stft:
    """Return the transform that recordings are shown with."""
    window = window_for(sample_rate)
    return Stft(window, window // 4)


def open_file(path: Path, report: Report) -> Opened | None:
    """Load a recording and its spectrogram; None if it was stopped. Worker thread."""
    recording = load_recording(path, lambda share: report(share / 2))
    if recording is None:
        return None
    pictures = PowerPictures.of(
        recording.samples,
        recording.sample_rate,
        view_stft(recording.sample_rate),
        lambda share: report(0.5 + share / 2),
    )
    return Opened(recording, pictures, Envelope(recording.samples))

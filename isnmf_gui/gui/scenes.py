"""What a spectrogram view can show: anything that draws a stretch of itself in decibels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.gui.opening import view_stft
from isnmf_gui.session.recording import Recording
from isnmf_gui.session.separation import Separation
from isnmf_gui.spectral.pictures import Grid, Span, component_picture
from isnmf_gui.spectral.power_pictures import PowerPictures

#: Darkest level that is told from silence, below the loudest.
RANGE_DB = 80.0
#: A logarithmic axis begins here.
LOWEST_HZ = 30.0


@dataclass(frozen=True)
class Region:
    """A rectangle of time and frequency on so many pixels."""

    start_s: float
    stop_s: float
    low_hz: float
    high_hz: float
    width: int
    height: int
    logarithmic: bool


class Scene(Protocol):
    """Something that a spectrogram view can show."""

    @property
    def duration_s(self) -> float:
        """Length."""

    @property
    def highest_hz(self) -> float:
        """Upper end of the frequency axis."""

    def render(self, region: Region) -> NDArray[np.floating]:
        """Return levels in dB, shape (height, width), low frequencies first."""
        ...


class RecordingScene:
    """The recording's own spectrogram."""

    def __init__(self, recording: Recording, pictures: PowerPictures) -> None:
        self.duration_s = recording.duration_s
        self.highest_hz = recording.sample_rate / 2
        stft = view_stft(recording.sample_rate)
        self._grid = _grid(recording.sample_rate, stft.window_samples, stft.hop_samples)
        self._pictures = pictures

    def render(self, region: Region) -> NDArray[np.floating]:
        """Return levels in dB below the loudest point."""
        return self._pictures.render(*_spans(self._grid, region))


class ComponentScene:
    """A component of a run, or of a snapshot of one."""

    def __init__(self, separation: Separation, index: int) -> None:
        recording, settings = separation.recording, separation.settings
        self.duration_s = recording.duration_s
        self.highest_hz = recording.sample_rate / 2
        self._grid = _grid(recording.sample_rate, settings.window_samples, settings.hop_samples)
        self._domain = settings.domain
        self._basis = separation.factorization.basis[:, index]
        self._activation = separation.factorization.activation[index]
        self._reference = separation.loudest(index)

    def render(self, region: Region) -> NDArray[np.floating]:
        """Return levels in dB below its loudest point."""
        time, frequency = _spans(self._grid, region)
        return component_picture(
            self._basis, self._activation, self._domain, time, frequency, self._reference
        )


def _grid(sample_rate: int, window_samples: int, hop_samples: int) -> Grid:
    return Grid(hop_samples / sample_rate, sample_rate / window_samples)


def _spans(grid: Grid, region: Region) -> tuple[Span, Span]:
    time = grid.time(region.start_s, region.stop_s, region.width)
    low, high = region.low_hz, region.high_hz
    return time, grid.frequency(low, high, region.height, region.logarithmic)

"""What a spectrogram view can show: anything that draws a stretch of itself in decibels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.session.document.component_factors import (
    factors_of,
    factors_of_component,
    loudest_of,
    shape_of,
    terms_of,
)
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.sound_files.recording import Recording
from isnmf_gui.spectral.factors import Factors, Index, Mask
from isnmf_gui.spectral.masks import gain_mask, residual_mask
from isnmf_gui.spectral.pictures.factor_pictures import (
    Indices,
    MaskedPictures,
    MaskOf,
    ModelPictures,
)
from isnmf_gui.spectral.pictures.grid import SILENT_REFERENCE, Grid, Span, component_picture
from isnmf_gui.spectral.pictures.power_pictures import PowerPictures
from isnmf_gui.spectral.pictures.shared_pictures import shared_mask_of
from isnmf_gui.spectral.sharing import Sharing
from isnmf_gui.texts import N_, Marked

#: Gains of components as parts of sources, and who gets what of them.
Shared = tuple[NDArray[np.floating], Sharing]
#: Darkest level that is told from silence, below the loudest.
SHOWN_RANGE_DB = 80.0
#: A logarithmic axis begins here.
LOWEST_SHOWN_HZ = 30.0
SILENT_DB = 10 * float(np.log10(SILENT_REFERENCE))


@dataclass(frozen=True)
class Region:
    """A rectangle of time and frequency on so many pixels.

    Attributes
    ----------
    start_s, stop_s : float
        From when to when.
    low_hz, high_hz : float
        From which frequency to which.
    width, height : int
        Pixels.
    logarithmic : bool
        Whether octaves are equally high, rather than hertz.
    """

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

    @property
    def zero(self) -> Marked:
        """What 0 dB is."""

    @property
    def slow_pixel_s(self) -> float:
        """Pixels that stand for more seconds than this take long to draw."""

    def render(self, region: Region) -> NDArray[np.floating]:
        """Return levels in dB, shape (height, width), low frequencies first."""
        ...


OF_RECORDING = N_("the loudest point of the recording")
OF_ITSELF = N_("its own loudest point")


class RecordingScene:
    """The recording's own spectrogram."""

    zero = OF_RECORDING
    slow_pixel_s = math.inf

    def __init__(self, recording: Recording, pictures: PowerPictures) -> None:
        self.duration_s = recording.duration_s
        self.highest_hz = recording.sample_rate / 2
        self._pictures = pictures

    def render(self, region: Region) -> NDArray[np.floating]:
        """Return levels in dB below the loudest point, shape (height, width), low ones first."""
        grid = self._pictures.grid
        return self._pictures.render(time_span(grid, region), frequency_span(grid, region))


def component_scene(run: Run, index: int) -> Scene:
    """Return the scene of a component of a run, or of a snapshot of one."""
    merged = len(terms_of(run, run.component(index))) > 1
    return MergedScene(run, index) if merged else ComponentScene(run, index)


class ComponentScene:
    """A component with one basis."""

    zero = OF_ITSELF
    slow_pixel_s = math.inf

    def __init__(self, run: Run, index: int) -> None:
        self.duration_s, self.highest_hz, self._grid = extent(run)
        self._domain = run.separation.settings.domain
        self._basis, self._activation = shape_of(run, run.component(index))
        self._reference = loudest_of(run, run.component(index))

    def render(self, region: Region) -> NDArray[np.floating]:
        """Return levels in dB below its loudest point, shape (height, width), low ones first."""
        time, frequency = time_span(self._grid, region), frequency_span(self._grid, region)
        return component_picture(
            self._basis, self._activation, self._domain, time, frequency, self._reference
        )


class MergedScene:
    """A component that was merged of several."""

    zero = OF_ITSELF
    slow_pixel_s = math.inf

    def __init__(self, run: Run, index: int) -> None:
        self.duration_s, self.highest_hz, self._grid = extent(run)
        component = run.component(index)
        self._pictures = ModelPictures(factors_of_component(run, component))
        self._zero_db = 10 * float(np.log10(loudest_of(run, component)))

    def render(self, region: Region) -> NDArray[np.floating]:
        """Return levels in dB below its loudest point, shape (height, width), low ones first."""
        time, frequency = time_span(self._grid, region), frequency_span(self._grid, region)
        return self._pictures.render(time, frequency, self._zero_db)


class ModelScene:
    """The whole model, (T V)^(2/p)."""

    zero = OF_RECORDING
    slow_pixel_s = math.inf

    def __init__(self, run: Run, pictures: PowerPictures) -> None:
        self.duration_s, self.highest_hz, self._grid = extent(run)
        self._model = ModelPictures(factors_of(run))
        silent = run.separation.recording.is_silent  # there are only floors, and they stay dark
        self._zero_db = SILENT_DB if silent else pictures.largest_db

    def render(self, region: Region) -> NDArray[np.floating]:
        """Return levels in dB, 0 for the recording's loudest point, shape (height, width)."""
        time, frequency = time_span(self._grid, region), frequency_span(self._grid, region)
        return self._model.render(time, frequency, self._zero_db)


class MaskedScene:
    """The recording under a mask: the mix that is heard, what it leaves out, or a component.

    Parameters
    ----------
    run : Run
        With the factors.
    pictures : PowerPictures
        The recording's.
    gains : ndarray, shape (n_indices,)
        Linear gain of each component.
    kind : {"wiener", "ratio"}
        The mask.
    residual : bool
        Show what is left out instead.
    component : int, optional
        Show levels below this component's loudest point, not the recording's.
    shared : (ndarray of shape (n_indices, n_sources), Sharing), optional
        Where sources share components: gains of these as parts of sources, and who gets what.
        `gains` are what they come to.
    """

    def __init__(
        self,
        run: Run,
        pictures: PowerPictures,
        gains: NDArray[np.floating],
        kind: str,
        residual: bool = False,
        component: int | None = None,
        shared: Shared | None = None,
    ) -> None:
        self.duration_s, self.highest_hz, self._grid = extent(run)
        self._pictures = pictures
        self.slow_pixel_s = self._grid.frame_s / 2
        self._zero_db: float | None = None
        self.zero = OF_RECORDING
        if component is not None:
            self.zero = OF_ITSELF
            self._zero_db = 10 * float(np.log10(loudest_of(run, run.component(component))))
        weights = np.abs(1 - gains) if residual else gains
        mask_of = _gain_mask_of(gains, kind)
        if shared is not None:
            mask_of = shared_mask_of(shared[0], kind, shared[1])
        if residual:
            mask_of = _residual_of(mask_of)
        self._masked = MaskedPictures(pictures, factors_of(run), self._grid, mask_of, weights)

    def render(self, region: Region) -> NDArray[np.floating]:
        """Return levels in dB, shape (height, width), low ones first."""
        time = time_span(self._grid, region)
        frequency = frequency_span(self._pictures.grid, region)
        return self._masked.render(time, frequency, self._zero_db)


def _gain_mask_of(gains: NDArray[np.floating], kind: str) -> MaskOf:
    def mask_of(factors: Factors, frames: object, bins: object) -> Mask:
        return gain_mask(factors, gains, kind)

    return mask_of


def _residual_of(mask_of: MaskOf) -> MaskOf:
    def residual_of(factors: Factors, frames: Indices, bins: Index) -> Mask:
        return residual_mask(mask_of(factors, frames, bins))

    return residual_of


def extent(run: Run) -> tuple[float, float, Grid]:
    """Return the length in seconds and the highest frequency of a run's recording, and its grid."""
    recording = run.separation.recording
    return recording.duration_s, recording.sample_rate / 2, run.separation.grid


def time_span(grid: Grid, region: Region) -> Span:
    """Return the time of a region in frames."""
    return grid.time(region.start_s, region.stop_s, region.width)


def frequency_span(grid: Grid, region: Region) -> Span:
    """Return the frequencies of a region in bins."""
    return grid.frequency(region.low_hz, region.high_hz, region.height, region.logarithmic)

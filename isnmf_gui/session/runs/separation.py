"""Separating a recording, and the parts that come of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.errors import SettingsError
from isnmf_gui.nmf import Factorization, Progress, factorize
from isnmf_gui.once import once
from isnmf_gui.session.runs.part_energies import energies_of_parts
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.runs.terms import FactorsCache, Term, fitted_terms
from isnmf_gui.session.sound_files.recording import Recording
from isnmf_gui.spectral import (
    Factors,
    Mask,
    Resynthesis,
    Stft,
    part_mask,
)
from isnmf_gui.spectral.pictures.grid import Grid
from isnmf_gui.spectral.sharing import Sharing
from isnmf_gui.texts import tr


@dataclass(frozen=True, eq=False)
class Separation:
    """The outcome of separating a recording.

    Attributes
    ----------
    recording : Recording
        What was separated.
    settings : Settings
        With what.
    factorization : Factorization
        Factors, loss, and why it ended.
    seconds : float
        How long it took, STFT included.
    energies : dict of str to ndarray of float64, shape (n_bases,), or None
        For each kind of mask, each part's energy as it is written, relative to that of what was
        separated; and how that is shared out: see `part_energies`. None while the run goes on.
    estimates : dict of str to ndarray of float64, or None
        Roughly the same while the run goes on: see `session.energies`.
    region_s : (float, float) or None
        Start and end of what was separated, if not all of the recording. Activations are those
        of the whole recording, zero outside; there every part is silent and all of the recording
        is left to the residual. Inside, parts add up to the recording.
    """

    recording: Recording
    settings: Settings
    factorization: Factorization
    seconds: float
    energies: dict[str, NDArray[np.float64]] | None = None
    region_s: tuple[float, float] | None = None
    estimates: dict[str, NDArray[np.float64]] | None = None

    @once
    def factors(self) -> Factors:
        """Basis and activation as masks need them; the first access copies them."""
        frames = region_frames(self.recording, self.settings, self.region_s)
        return _factors(self.factorization, self.settings, frames if self.region_s else None)

    @once
    def fitted(self) -> tuple[Term, ...]:
        """Basis and activation of every component."""
        return fitted_terms(self.factorization.basis, self.factorization.activation)

    @once
    def edited_factors(self) -> FactorsCache:
        """What was made of the factors by editing, as masks need it."""
        return FactorsCache()

    @property
    def grid(self) -> Grid:
        """Where the frames and bins of the factors lie."""
        rate, settings = self.recording.sample_rate, self.settings
        return Grid(settings.hop_samples / rate, rate / settings.window_samples)


def stft_of(settings: Settings) -> Stft:
    """Return the transform that the settings name; the same one each time, from any thread."""
    with _stft_lock:
        return _stft(settings.window_samples, settings.hop_samples)


# A mix is made for every move of a fader: the window is computed once.
_stft = lru_cache(maxsize=8)(Stft)
_stft_lock = Lock()


def region_samples(recording: Recording, region_s: tuple[float, float] | None) -> tuple[int, int]:
    """Return the first and one past the last sample of a region; None is all of the recording.

    Raises
    ------
    SettingsError
        If the region holds nothing of the recording.
    """
    if region_s is None:
        return 0, recording.n_samples
    start, stop = (round(moment * recording.sample_rate) for moment in region_s)
    start, stop = max(start, 0), min(stop, recording.n_samples)
    if start >= stop:
        raise SettingsError(
            tr(
                "The region from {start:g} to {stop:g} s holds nothing of the "
                "recording, which is {duration_s:.3f} s long.",
                start=region_s[0],
                stop=region_s[1],
                duration_s=recording.duration_s,
            )
        )
    return start, stop


def region_frames(
    recording: Recording, settings: Settings, region_s: tuple[float, float] | None
) -> tuple[int, int]:
    """Return the first and one past the last frame that touch a region."""
    stft = stft_of(settings)
    if region_s is None:
        return 0, stft.n_frames(recording.n_samples)
    return stft.frames_over(*region_samples(recording, region_s), recording.n_samples)


def separate(
    recording: Recording,
    settings: Settings,
    on_progress: Callable[[Progress], bool] | None = None,
    *,
    n_threads: int | None = None,
    continue_from: Separation | None = None,
    region_s: tuple[float, float] | None = None,
) -> Separation:
    """Factorize a recording's power spectrogram, or that of a stretch of it.

    Parameters
    ----------
    recording : Recording
        Of any length; shorter than a window it is padded with zeros.
    settings : Settings
        How.
    on_progress : callable, optional
        Called after each iteration; False stops, and what was reached is kept.
    n_threads : int, optional
        By default one for every core the process may use.
    continue_from : Separation, optional
        An outcome to go on from, with the same settings but for the number of iterations and the
        tolerance: `settings.n_iterations` more are done, in the same region.
    region_s : (float, float), optional
        Start and end of the stretch to separate alone.

    Returns
    -------
    Separation
        Settings, factors, losses, and why it ended.

    Raises
    ------
    SettingsError
        If the region holds nothing of the recording.
    """
    began = time.perf_counter()
    if continue_from is not None:
        region_s = continue_from.region_s
    stft = stft_of(settings)
    frames = region_frames(recording, settings, region_s)
    whole = partial(_whole, frames=frames, n_frames=stft.n_frames(recording.n_samples))
    factorization = factorize(
        stft.power(recording.samples, settings.precision, frames=frames).T,  # held there only
        settings.n_bases,
        rule=settings.rule,
        domain=settings.domain,
        n_iterations=settings.n_iterations,
        tolerance=settings.tolerance,
        start=settings.start,
        seed=settings.seed,
        floor=settings.floor,
        dtype=settings.precision,
        n_threads=n_threads,
        overwrite_power=True,
        continue_from=continue_from.factorization if continue_from else None,
        on_progress=_of_whole(on_progress, whole) if on_progress and region_s else on_progress,
    )
    seconds = time.perf_counter() - began + (continue_from.seconds if continue_from else 0.0)
    factorization = replace(factorization, activation=whole(factorization.activation))
    made = Separation(recording, settings, factorization, seconds, region_s=region_s)
    return measured(made, n_threads)


def measured(separation: Separation, n_threads: int | None = None) -> Separation:
    """Return a separation that knows the energies of its parts.

    Parameters
    ----------
    separation : Separation
        One that has come to its end.
    n_threads : int, optional
        By default one for every core the process may use.

    Returns
    -------
    Separation
        With `energies`.
    """
    recording, settings = separation.recording, separation.settings
    energies = energies_of_parts(
        Resynthesis(recording.samples, stft_of(settings), settings.precision),
        separation.factors,
        slice(*region_samples(recording, separation.region_s)),
        n_threads,
    )
    return replace(separation, energies=energies)


def _whole(
    activation: NDArray[np.float64], frames: tuple[int, int], n_frames: int
) -> NDArray[np.float64]:
    """Return the activation of the whole recording: zero outside the region's frames."""
    first, last = frames
    if last - first == n_frames:
        return activation
    result = np.zeros((len(activation), n_frames), activation.dtype)
    result[:, first:last] = activation
    return result


def _of_whole(
    on_progress: Callable[[Progress], bool],
    whole: Callable[[NDArray[np.float64]], NDArray[np.float64]],
) -> Callable[[Progress], bool]:
    """Let snapshots have the activation of the whole recording."""

    def watched(progress: Progress) -> bool:
        def snapshot() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
            basis, activation = progress.snapshot()
            return basis, whole(activation)

        return on_progress(replace(progress, snapshot=snapshot))

    return watched


def _factors(
    factorization: Factorization, settings: Settings, frames: tuple[int, int] | None = None
) -> Factors:
    basis, activation = factorization.basis, factorization.activation
    return Factors.of(basis, activation, settings.domain, settings.precision, frames)


class Parts:
    """The audible parts of a separation, made block by block when they are asked for.

    Parameters
    ----------
    separation : Separation
        The recording and its factors.
    mask : {"wiener", "ratio"}, optional
        How they are cut out of the recording; by default as the settings say.
    factors : Factors, optional
        What the parts are made of, if they were edited.
    precision : {"float32", "float64"}, optional
        Of the parts; by default as the settings say.
    sharing : Sharing, optional
        Who gets what of the components, where they are shared among sources.
    """

    def __init__(
        self,
        separation: Separation,
        mask: str | None = None,
        factors: Factors | None = None,
        precision: str | None = None,
        sharing: Sharing | None = None,
    ) -> None:
        self.sharing = sharing
        self.recording = separation.recording
        self.settings = separation.settings
        self.precision = precision or separation.settings.precision
        self.factors = factors or separation.factors
        if self.factors.basis.dtype != self.precision:
            self.factors = self.factors.astype(self.precision)
        #: First and one past the last sample that the parts add up to.
        self.samples = region_samples(self.recording, separation.region_s)
        self.mask_kind = mask or separation.settings.mask
        self.resynthesis = Resynthesis(
            self.recording.samples, stft_of(self.settings), self.precision
        )

    def mask(self, components: Sequence[int]) -> Mask:
        """Return the mask of some components together."""
        return part_mask(self.factors, components, self.mask_kind)

"""Separating a recording, and the parts that come of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.nmf import Factorization, Progress, factorize
from isnmf_gui.session.recording import Recording
from isnmf_gui.session.settings import Settings
from isnmf_gui.spectral import (
    MASKS,
    Factors,
    Mask,
    Resynthesis,
    Stft,
    part_energies,
    part_mask,
)
from isnmf_gui.spectral.pictures import SILENT_REFERENCE


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
        For each kind of mask, each part's energy as a share of the recording's; None while the
        run goes on.
    """

    recording: Recording
    settings: Settings
    factorization: Factorization
    seconds: float
    energies: dict[str, NDArray[np.float64]] | None = None

    @cached_property
    def factors(self) -> Factors:
        """Basis and activation as masks need them; the first access copies them."""
        return _factors(self.factorization, self.settings)

    def loudest(self, component: int) -> float:
        """Return the power of a component's loudest point: 0 dB in pictures of it.

        Its own, not the run's, since quiet components are to be seen too. In a silent recording
        there are only floors, and they stay dark.
        """
        if self.recording.is_silent:
            return SILENT_REFERENCE
        result = self.factorization
        peak = result.basis[:, component].max() * result.activation[component].max()
        return float(peak ** (2 / self.settings.domain)) or 1.0


def stft_of(settings: Settings) -> Stft:
    """Return the transform that the settings name."""
    return Stft(settings.window_samples, settings.hop_samples)


def separate(
    recording: Recording,
    settings: Settings,
    on_progress: Callable[[Progress], bool] | None = None,
    *,
    n_threads: int | None = None,
    continue_from: Separation | None = None,
) -> Separation:
    """Factorize a recording's power spectrogram.

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
        tolerance: `settings.n_iterations` more are done.
    """
    began = time.perf_counter()
    power = stft_of(settings).power(recording.samples, settings.precision)
    factorization = factorize(
        power.T,
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
        continue_from=continue_from.factorization if continue_from else None,
        on_progress=on_progress,
    )
    seconds = time.perf_counter() - began + (continue_from.seconds if continue_from else 0.0)
    factors = _factors(factorization, settings)
    energies = {kind: part_energies(factors, power, kind) for kind in MASKS}
    return Separation(recording, settings, factorization, seconds, energies)


def _factors(factorization: Factorization, settings: Settings) -> Factors:
    return Factors.of(
        factorization.basis, factorization.activation, settings.domain, settings.precision
    )


class Parts:
    """The audible parts of a separation, made block by block when they are asked for.

    Parameters
    ----------
    separation : Separation
        The recording and its factors.
    mask : {"wiener", "ratio"}, optional
        How they are cut out of the recording; by default as the settings say.
    """

    def __init__(self, separation: Separation, mask: str | None = None) -> None:
        self.recording = separation.recording
        self.settings = separation.settings
        self.factors = separation.factors
        self.mask_kind = mask or separation.settings.mask
        self.resynthesis = Resynthesis(
            self.recording.samples, stft_of(self.settings), self.settings.precision
        )

    def mask(self, components: Sequence[int]) -> Mask:
        """Return the mask of some components together."""
        return part_mask(self.factors, components, self.mask_kind)

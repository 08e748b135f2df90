"""One trial of the evaluation: separate a recording, and compare the parts with its stems."""

from __future__ import annotations

import functools
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.nmf import Progress
from isnmf_gui.session.document.document import Document, make_run
from isnmf_gui.session.grouping.proposing import propose
from isnmf_gui.session.runs.separation import Parts, Separation, separate
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import Recording
from isnmf_gui.spectral import Mask
from isnmf_gui.spectral.stft import power_of
from tests.metrics import grouped_si_sdr_of_products, oracle_si_sdr_of_products, si_sdr
from tests.mixtures.evaluation import Mixture, evaluation_mixture

# Parts are rendered and compared in blocks: all parts of a long recording take much memory.
BLOCK_SAMPLES = 1 << 16


@dataclass(frozen=True)
class Trial:
    """What is to be tried.

    Attributes
    ----------
    mixture : str
        A name in `tests.mixtures.evaluation.NAMES`.
    settings : Settings
        Of the separation.
    preset : str or None
        Where the settings come from, if they are a preset's.
    """

    mixture: str
    settings: Settings
    preset: str | None = None

    @property
    def key(self) -> str:
        """What tells it from other trials."""
        return _key(self.mixture, self.preset, self.settings.as_dict())


@dataclass(frozen=True)
class Record:
    """What came of a trial.

    Attributes
    ----------
    mixture, preset, settings
        Of the trial.
    improvement_db : dict of str to float
        Improvement of the SI-SDR of each stem, if an oracle groups the parts.
    suggested_db : dict of str to float
        The same, if the parts are grouped as the program suggests.
    loss : float
        In the end.
    factorization_s, other_s : float
        Seconds for the factorization, and for transforms, parts and comparison.
    """

    mixture: str
    preset: str | None
    settings: dict[str, Any]
    improvement_db: dict[str, float]
    suggested_db: dict[str, float]
    loss: float
    factorization_s: float
    other_s: float

    @property
    def key(self) -> str:
        """The key of the trial."""
        return _key(self.mixture, self.preset, self.settings)

    @property
    def mean_db(self) -> float:
        """Mean improvement over the stems."""
        return float(np.mean(list(self.improvement_db.values())))

    def as_dict(self) -> dict[str, Any]:
        """Return the record for JSON."""
        return asdict(self)


def _key(mixture: str, preset: str | None, settings: dict[str, Any]) -> str:
    return json.dumps([mixture, preset, settings], sort_keys=True)


@dataclass(frozen=True, eq=False)
class Reference:
    """A recording of the evaluation, and what comparing with it needs time and again.

    Attributes
    ----------
    recording : Recording
        To be separated.
    stems : dict of str to ndarray, shape (n_samples, n_channels)
        To be found.
    energies : ndarray of float64, shape (n_stems,)
        Of the stems.
    before_db : ndarray of float64, shape (n_stems,)
        SI-SDR of the recording itself for each stem.
    """

    recording: Recording
    stems: dict[str, NDArray[np.float32]]
    energies: NDArray[np.float64]
    before_db: NDArray[np.float64]

    @classmethod
    def of(cls, mixture: Mixture) -> Reference:
        """Prepare a recording."""
        stems = list(mixture.stems.values())
        return cls(
            Recording(mixture.samples, mixture.sample_rate, Path(mixture.name)),
            mixture.stems,
            np.array([np.sum(stem.astype(np.float64) ** 2) for stem in stems]),
            np.array([si_sdr(mixture.samples, stem) for stem in stems]),
        )


@functools.cache
def reference(name: str) -> Reference:
    """Return a recording of the evaluation, made once per process."""
    return Reference.of(evaluation_mixture(name))


def run(trial: Trial) -> Record:
    """Carry out a trial.

    Parameters
    ----------
    trial : Trial
        What to try.

    Returns
    -------
    Record
        How well the parts, grouped by an oracle and as suggested, match the stems.
    """
    material = reference(trial.mixture)
    began = time.perf_counter()
    factorization_s = 0.0

    def on_progress(progress: Progress) -> bool:
        nonlocal factorization_s
        factorization_s = progress.seconds
        return True

    separation = separate(material.recording, trial.settings, on_progress)
    products = Products.of(separation, material)
    suggestion = propose(make_run(Document(), separation), len(material.stems))
    improvements = (
        products.oracle_si_sdr() - material.before_db,
        products.si_sdr(suggestion.labels) - material.before_db,
    )
    return Record(
        trial.mixture,
        trial.preset,
        trial.settings.as_dict(),
        *(dict(zip(material.stems, one.tolist(), strict=True)) for one in improvements),
        float(separation.factorization.loss[-1]),
        round(factorization_s, 4),
        round(time.perf_counter() - began - factorization_s, 4),
    )


@dataclass(frozen=True, eq=False)
class Products:
    """Inner products of the parts of a separation, as they are before any gain of their own.

    Attributes
    ----------
    gram : ndarray of float64, shape (n_parts, n_parts)
        With one another.
    to_stems : ndarray of float64, shape (n_parts, n_stems)
        With the stems.
    energies : ndarray of float64, shape (n_stems,)
        Of the stems.
    """

    gram: NDArray[np.float64]
    to_stems: NDArray[np.float64]
    energies: NDArray[np.float64]

    @classmethod
    def of(cls, separation: Separation, material: Reference) -> Products:
        """Render the parts of a separation of the recording of `material`."""
        parts = Parts(separation)
        masks = [parts.mask([component]) for component in range(separation.settings.n_bases)]
        gram = np.zeros((len(masks), len(masks)))
        to_stems = np.zeros((len(masks), len(material.stems)))
        for start in range(0, material.recording.n_samples, BLOCK_SAMPLES):
            stop = min(start + BLOCK_SAMPLES, material.recording.n_samples)
            rows = _rendered(parts, masks, start, stop)
            stems = np.stack([stem[start:stop].ravel() for stem in material.stems.values()])
            gram += rows @ rows.T
            to_stems += rows @ stems.T.astype(np.float64)
        return cls(gram, to_stems, material.energies)

    def oracle_si_sdr(self) -> NDArray[np.float64]:
        """Return the SI-SDR of each stem in dB, for the best groups of parts."""
        return oracle_si_sdr_of_products(self.gram, self.to_stems, self.energies)

    def si_sdr(self, labels: Sequence[int]) -> NDArray[np.float64]:
        """Return the SI-SDR of each stem in dB, for given groups that are matched to the stems."""
        return grouped_si_sdr_of_products(labels, self.gram, self.to_stems, self.energies)


def _rendered(parts: Parts, masks: list[Mask], start: int, stop: int) -> NDArray[np.float64]:
    """Render samples [start, stop) of all parts, a part per row; one transform serves them all."""
    samples, stft = parts.recording.samples, parts.resynthesis.stft
    first, last = stft.frames_over(start, stop, len(samples))
    spectrum = stft.forward(samples, first, last, parts.resynthesis.dtype)
    power = power_of(spectrum)
    rows = np.empty((len(masks), (stop - start) * samples.shape[1]))
    for mask, row in zip(masks, rows, strict=True):
        masked = spectrum * mask(first, last, power)
        row[:] = stft.inverse([(first, masked)], start, stop).ravel()
    return rows

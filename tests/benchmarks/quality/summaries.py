"""Means and spreads of what an evaluation has found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from tests.benchmarks.quality.designs import Combination, combination_of
from tests.benchmarks.quality.trials import Record

Label = TypeVar("Label", bound=Hashable)


@dataclass(frozen=True)
class Estimate:
    """A mean, and its standard deviation over the seeds (None for a single seed).

    Minus infinity if a stem was left without any part.
    """

    mean: float
    spread: float | None

    @classmethod
    def of(cls, by_seed: Iterable[float]) -> Estimate:
        """Take a figure for each seed."""
        figures = np.array(list(by_seed))
        if not np.isfinite(figures).all():
            return cls(-np.inf, None)
        spread = float(figures.std(ddof=1)) if figures.size > 1 else None
        return cls(float(figures.mean()), spread)

    def __str__(self) -> str:
        if not np.isfinite(self.mean):
            return "−∞"
        return f"{self.mean:.1f}" + ("" if self.spread is None else f" ± {self.spread:.1f}")


@dataclass(frozen=True)
class Summary:
    """Improvement of the SI-SDR in dB, and what it took.

    Attributes
    ----------
    overall : Estimate
        Of the mean over the recordings.
    by_mixture : dict of str to Estimate
        For each recording.
    seconds : float
        Of a factorization, on average.
    """

    overall: Estimate
    by_mixture: dict[str, Estimate]
    seconds: float


def summarise(
    records: Sequence[Record], mixtures: Sequence[str], seeds: Sequence[int]
) -> Summary | None:
    """Summarise records that belong together.

    Parameters
    ----------
    records : sequence of Record
        Of one combination, or of several that are averaged first.
    mixtures : sequence of str
        Recordings that count.
    seeds : sequence of int
        Seeds that count.

    Returns
    -------
    Summary or None
        None if a recording lacks a seed: means over different recordings cannot be compared.
    """
    cells: dict[tuple[int, str], list[float]] = defaultdict(list)
    for record in records:
        cells[record.settings["seed"], record.mixture].append(record.mean_db)
    if any((seed, mixture) not in cells for seed in seeds for mixture in mixtures):
        return None
    table = np.array([[np.mean(cells[seed, mixture]) for mixture in mixtures] for seed in seeds])
    by_mixture = {mixture: Estimate.of(table[:, column]) for column, mixture in enumerate(mixtures)}
    seconds = float(np.mean([record.factorization_s for record in records]))
    return Summary(Estimate.of(table.mean(axis=1)), by_mixture, seconds)


def summaries(
    records: Iterable[Record],
    label: Callable[[Record], Label],
    mixtures: Sequence[str],
    seeds: Sequence[int],
) -> dict[Label, Summary]:
    """Summarise records under their labels, the best first; incomplete ones are left out."""
    groups: dict[Label, list[Record]] = defaultdict(list)
    for record in records:
        if record.mixture in mixtures and record.settings["seed"] in seeds:
            groups[label(record)].append(record)
    found = {name: summarise(group, mixtures, seeds) for name, group in groups.items()}
    complete = {name: summary for name, summary in found.items() if summary is not None}
    return dict(sorted(complete.items(), key=lambda item: -item[1].overall.mean))


def ranked_combinations(
    records: Iterable[Record], mixtures: Sequence[str], seeds: Sequence[int]
) -> list[Combination]:
    """Return the combinations that were tried on all recordings with all seeds, the best first."""
    return list(summaries(records, combination_of, mixtures, seeds))

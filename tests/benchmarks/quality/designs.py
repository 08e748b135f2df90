"""Which settings the evaluation tries."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from isnmf_gui.nmf import RULES, STARTS
from isnmf_gui.session.runs.settings import PRESETS, Settings, preset, window_for
from tests.benchmarks.quality.trials import Record, Trial
from tests.mixtures.demo import SAMPLE_RATE
from tests.mixtures.evaluation import DEMO_NAME
from tests.mixtures.pieces import PIECES

#: Iterations after which each rule is near its end; MM needs about twice as many as ME.
ITERATIONS = {"mm": 200, "me": 100, "fast": 100}
DOMAINS = (1.0, 1.5, 2.0)
FLOORS = (1e-9, 1e-6, 1e-4)
BASES = (8, 12, 16, 24)
#: Number of bases at which everything else is tried.
MIDDLE_BASES = 16


class Combination(NamedTuple):
    """A combination of what is varied; the fields are those of `Settings`."""

    rule: str
    domain: float
    start: str
    floor: float
    n_bases: int


def crossed(
    domains: Sequence[float] = DOMAINS,
    floors: Sequence[float] = FLOORS,
    bases: Sequence[int] = (MIDDLE_BASES,),
) -> list[Combination]:
    """Combine every rule and start with every domain, floor and number of bases."""
    choices = itertools.product(tuple(RULES), domains, STARTS, floors, bases)
    return [Combination(*choice) for choice in choices]


#: What is tried at first, by the name of the design.
DESIGNS = {
    "coarse": crossed((1.0, 2.0), (1e-9, 1e-4)),
    "reduced": crossed(),
    "full": crossed(bases=BASES),
}


def with_other_bases(combinations: Iterable[Combination]) -> list[Combination]:
    """Return the combinations with every number of bases but the middle one."""
    others = [n_bases for n_bases in BASES if n_bases != MIDDLE_BASES]
    return [one._replace(n_bases=n_bases) for one in combinations for n_bases in others]


def best_of_each(ranked: Sequence[Combination]) -> list[Combination]:
    """Return the best combination of every rule and of every domain.

    Parameters
    ----------
    ranked : sequence of Combination
        The best first.
    """
    chosen = []
    for name in ("rule", "domain"):
        levels = dict.fromkeys(getattr(one, name) for one in ranked)
        chosen += [next(o for o in ranked if getattr(o, name) == level) for level in levels]
    return list(dict.fromkeys(chosen))


def grid_trials(
    combinations: Iterable[Combination], mixtures: Sequence[str], seeds: Sequence[int]
) -> list[Trial]:
    """Return the trials of combinations; all are under way before any gets its second seed."""
    return [
        Trial(mixture, settings_of(combination, sample_rate_of(mixture), seed))
        for seed, combination, mixture in itertools.product(seeds, list(combinations), mixtures)
    ]


def preset_trials(mixtures: Sequence[str], seeds: Sequence[int]) -> list[Trial]:
    """Return the trials of the program's presets, each with all seeds."""
    return [
        Trial(mixture, replace(preset(name, sample_rate_of(mixture)), seed=seed), name)
        for seed, name, mixture in itertools.product(seeds, PRESETS, mixtures)
    ]


def settings_of(combination: Combination, sample_rate: int, seed: int) -> Settings:
    """Return the settings of a separation that tries a combination."""
    window = window_for(sample_rate)
    return Settings(
        **combination._asdict(),
        n_iterations=ITERATIONS[combination.rule],
        seed=seed,
        window_samples=window,
        hop_samples=window // 4,
        mask="wiener",
        precision="float32",
    )


def combination_of(record: Record) -> Combination:
    """Return the combination that a record belongs to."""
    return Combination(*(record.settings[name] for name in Combination._fields))


def sample_rate_of(mixture: str) -> int:
    """Return the sample rate of a recording of the evaluation without making it."""
    return SAMPLE_RATE if mixture == DEMO_NAME else PIECES[mixture].sample_rate

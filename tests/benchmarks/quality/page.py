"""The page of the documentation that says how well the program separates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from tests.benchmarks.quality.designs import (
    BASES,
    ITERATIONS,
    MIDDLE_BASES,
    Combination,
    combination_of,
)
from tests.benchmarks.quality.summaries import Summary, summaries
from tests.benchmarks.quality.trials import Record, reference
from tests.mixtures.evaluation import evaluation_mixture

CHOICE_BEGINS, CHOICE_ENDS = "<!-- choice -->", "<!-- end of choice -->"
NO_CHOICE = "*Nothing has been chosen yet.*"

_FACTORS = {"rule": "rule", "domain": "p", "start": "start", "floor": "floor"}


class Page:
    """Turns records into the page.

    Parameters
    ----------
    records : iterable of Record
        Of combinations and of presets.
    mixtures : sequence of str
        The recordings that count.
    seeds : sequence of int
        The seeds that count.
    """

    def __init__(
        self, records: Iterable[Record], mixtures: Sequence[str], seeds: Sequence[int]
    ) -> None:
        self.mixtures, self.seeds = mixtures, seeds
        every = list(records)
        self.presets = [record for record in every if record.preset]
        self.grid = [record for record in every if not record.preset]
        self.middle = [one for one in self.grid if one.settings["n_bases"] == MIDDLE_BASES]

    def write(self, path: Path) -> None:
        """Write the page; what was said about the choice before stays."""
        sections = [
            self._head(),
            self._method(),
            self._recordings(),
            f"## What was chosen, and why\n\n{CHOICE_BEGINS}\n{_choice(path)}\n{CHOICE_ENDS}",
            self._presets(),
            self._effects(),
            self._combinations(),
            self._bases(),
        ]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join(filter(None, sections)) + "\n", encoding="utf-8")

    def _head(self) -> str:
        return (
            "# How well it separates\n\n"
            "The presets rest on these measurements. "
            "`python -m tests.benchmarks.separation_quality` makes them and writes this page."
        )

    def _method(self) -> str:
        combinations = {combination_of(record) for record in self.middle}
        iterations = ", ".join(
            f"{ITERATIONS[rule]} for *{rule}*"
            for rule in sorted({one.rule for one in combinations})
        )
        lines = [
            "## Method",
            "Every recording is the exact sum of stems that are known. It is separated, every part "
            "is cut out with its Wiener mask, and an oracle that knows the stems groups the parts "
            "so that the sums of the groups match them best. The figures are the improvement of "
            "the scale-invariant signal-to-distortion ratio (SI-SDR) over the recording itself, "
            f"in dB, as the mean over the stems, with {_count(len(self.seeds), 'seed')}. "
            "After ± stands the standard deviation over the seeds; overall it is that of the mean "
            "over the recordings. An oracle finds what can be reached by grouping: a person who "
            "groups by ear may get less. For the presets, what the program's own suggestion of "
            "groups reaches stands beside it. −∞ means that a stem was left without any part.",
        ]
        if combinations:
            lines.append(
                f"At {MIDDLE_BASES} bases {len(combinations)} combinations were tried: rule × p × "
                f"start × floor{self._levels(combinations)}. {self._extent()} "
                "The window is the power of two nearest to 46 ms, the hop a quarter of it, the "
                f"precision float32, and the number of iterations {iterations}, by which each rule "
                "is near its end. Seconds are those of the factorization alone, on one core."
            )
        return "\n\n".join(lines)

    def _levels(self, combinations: Iterable[Combination]) -> str:
        tried = list(combinations)
        levels = [
            f"{name} {_listing(sorted({getattr(one, field) for one in tried}, key=str))}"
            for field, name in _FACTORS.items()
        ]
        return f" ({'; '.join(levels)})"

    def _extent(self) -> str:
        """Say which combinations were tried with other numbers of bases."""
        others = {one for one in map(combination_of, self.grid) if one.n_bases != MIDDLE_BASES}
        settings = {one._replace(n_bases=MIDDLE_BASES) for one in others}
        if not others:
            return "The number of bases was not varied."
        n_full = len({combination_of(record) for record in self.middle})
        if len(settings) == n_full:
            return f"All of them were tried with {_listing(BASES)} bases too."
        return (
            f"The best combination of every rule and of every p, {len(settings)} in all, were "
            f"tried with {_listing(sorted({one.n_bases for one in others}))} bases too."
        )

    def _recordings(self) -> str:
        rows = []
        for name in self.mixtures:
            mixture = evaluation_mixture(name)
            room = mixture.reverberation_s
            rows.append(
                [
                    name,
                    mixture.contents,
                    str(len(mixture.stems)),
                    "mono" if mixture.n_channels == 1 else "stereo",
                    f"{mixture.sample_rate / 1000:g} kHz",
                    f"{mixture.duration_s:.1f} s",
                    f"reverberant, {room:g} s" if room else "dry",
                    f"{reference(name).before_db.mean():.1f}",
                ]
            )
        header = ["", "what plays", "stems", "", "rate", "length", "room", "SI-SDR before, dB"]
        return f"## Recordings\n\n{_table(header, rows)}"

    def _presets(self) -> str:
        found = summaries(self.presets, lambda record: record.preset, self.mixtures, self.seeds)
        if not found:
            return ""
        suggested = self._suggested(lambda record: record.suggested_db)
        gaps = self._suggested(
            lambda record: {
                stem: best - record.suggested_db[stem]
                for stem, best in record.improvement_db.items()
            }
        )
        rows = []
        for name, summary in found.items():
            rows.append([str(name), "an oracle", *self._figures(summary)])
            rows.append(["", "the program", *self._figures(suggested[name])])
            if np.isfinite(summary.overall.mean):
                rows.append(["", "*difference*", *self._figures(gaps[name])])
        return (
            "## The presets\n\nAs the program has them, but for the seed. *Notebook* cuts its "
            "parts out with ratio masks; here they keep the gain they have in the recording. The "
            "program suggests groups without knowing the stems, only how many there are; each of "
            "its groups is taken for the stem that it suits best.\n\n"
            + _table(["preset", "grouped by", *self._columns()], rows)
        )

    def _suggested(
        self, figures: Callable[[Record], dict[str, float]]
    ) -> dict[str | None, Summary]:
        """Summarise other figures of the presets than those of the oracle."""
        records = [replace(one, improvement_db=figures(one)) for one in self.presets]
        return summaries(records, lambda record: record.preset, self.mixtures, self.seeds)

    def _effects(self) -> str:
        rows = []
        for field, name in _FACTORS.items():
            found = summaries(self.middle, _setting(field), self.mixtures, self.seeds)
            rows += [[name, _level(level), *self._figures(one)] for level, one in found.items()]
        if not rows:
            return ""
        return (
            "## Main effects\n\nThe mean over all combinations with one thing held, at "
            f"{MIDDLE_BASES} bases.\n\n" + _table(["", "", *self._columns()], rows)
        )

    def _combinations(self) -> str:
        found = summaries(self.middle, combination_of, self.mixtures, self.seeds)
        if not found:
            return ""
        rows = [[*_levels_of(one), *self._figures(summary)] for one, summary in found.items()]
        return f"## Every combination at {MIDDLE_BASES} bases\n\nThe best first.\n\n" + _table(
            [*_FACTORS.values(), *self._columns()], rows
        )

    def _bases(self) -> str:
        found = summaries(self.grid, combination_of, self.mixtures, self.seeds)
        settings = dict.fromkeys(one._replace(n_bases=MIDDLE_BASES) for one in found)
        rows = []
        for setting in settings:
            tried = [setting._replace(n_bases=n) for n in BASES]
            if all(one in found for one in tried):
                rows += [
                    [*_levels_of(one), str(one.n_bases), *self._figures(found[one])]
                    for one in tried
                ]
        if not rows:
            return ""
        return "## The number of bases\n\n" + _table(
            [*_FACTORS.values(), "bases", *self._columns()], rows
        )

    def _columns(self) -> list[str]:
        return ["overall", *self.mixtures, "seconds"]

    def _figures(self, summary: Summary) -> list[str]:
        by_mixture = [str(summary.by_mixture[name]) for name in self.mixtures]
        return [f"**{summary.overall}**", *by_mixture, f"{summary.seconds:.2f}"]


def _choice(path: Path) -> str:
    """Return what an earlier page says about the choice."""
    if path.exists():
        _, begin, rest = path.read_text(encoding="utf-8").partition(CHOICE_BEGINS)
        said, end, _ = rest.partition(CHOICE_ENDS)
        if begin and end:
            return said.strip()
    return NO_CHOICE


def _levels_of(combination: Combination) -> list[str]:
    return [_level(getattr(combination, field)) for field in _FACTORS]


def _setting(name: str) -> Callable[[Record], object]:
    return lambda record: record.settings[name]


def _level(value: object) -> str:
    """Write a rule, a start, p or a floor."""
    if not isinstance(value, float):
        return str(value)
    return f"{value:g}" if value > 0.01 else f"{value:.0e}".replace("e-0", "e-")


def _listing(values: Iterable[object]) -> str:
    *most, last = map(_level, values)
    return f"{', '.join(most)} and {last}" if most else last


def _count(number: int, what: str) -> str:
    return f"one {what}" if number == 1 else f"{number} {what}s"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)

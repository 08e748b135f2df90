"""The page of the documentation that says what strokes are worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from tests.benchmarks.painting.person import DOMINANCE_DB
from tests.benchmarks.painting.trials import LEAST_DB, Course

CHOICE_BEGINS, CHOICE_ENDS = "<!-- choice -->", "<!-- end of choice -->"
NO_CHOICE = "*Nothing has been chosen yet.*"

#: The real recordings that the constants of `nmf/guidance.py` and `nmf/naming.py` were chosen on.
TUNED_ON = frozenset({
    "bach10_P2_04", "bach10_P3_07", "bach10_PER3_04", "filosax_01", "ggrelet_dpv",
    "ilrma_drums_piano", "libnmfd_808", "libnmfd_Funky", "medleydb_LatinJazz",
    "medleydb_ModalJazz", "mir1k_abjones_1_01", "mir1k_amy_1_01", "musdb_80srock_sum",
    "sevagh_hpv", "tky823_sample2_dry", "trackswitch_60_90",
})  # fmt: skip

#: Courses by the title of the set of recordings and the number of runs.
Found = Mapping[tuple[str, int], Sequence[Course]]


def write_page(path: Path, found: Found) -> None:
    """Write the page; what was said about the choice before stays."""
    sections = [
        "# What strokes are worth",
        _method(),
        *(_table(title, n_runs, courses) for (title, n_runs), courses in found.items()),
        f"## What was tried, and kept\n\n{CHOICE_BEGINS}\n{_choice(path)}\n{CHOICE_ENDS}",
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n\n".join(sections) + "\n", encoding="utf-8")


def _method() -> str:
    return (
        "`python -m tests.benchmarks.guidance --recordings FOLDER` makes these measurements and "
        "writes this page; `python3 run.py bench --only guidance` shows the means alone.\n\n"
        "A simulated person knows the stems. After every stroke it looks where the estimates of "
        "all sources together are most wrong, and paints that place, from 0.2 to 1.5 s long and "
        "from a quarter of an octave to all of the spectrum high, provided that one stem is "
        f"{DOMINANCE_DB:g} dB above all others together there. So it makes no mistake, and knows "
        "more than anybody: people may need more strokes. The recording is separated once with "
        "the preset *Quality*; nothing is fitted again.\n\n"
        "Figures are improvements of the SI-SDR over the recording itself in dB, as the mean over "
        f"the stems; a source that came out empty counts {LEAST_DB:g}. Without a stroke the "
        "groups are those that the program suggests, whose names mean nothing yet: each is taken "
        "for the stem that it suits best, which nobody could know. That is why the first "
        "stroke, which has to tell the names as well, may gain nothing. Differences below 0.3 dB "
        "in the means are chance."
    )


def _table(title: str, n_runs: int, courses: Sequence[Course]) -> str:
    counts = list(courses[0].gains_db)
    runs = "one run" if n_runs == 1 else f"{n_runs} runs of different seeds as one set"
    lines = [
        f"## {title}, {runs}",
        _tuned(courses),
        f"| strokes | stems | {' | '.join(map(str, counts))} |",
        f"| --- |{' --- |' * (len(counts) + 1)}",
        _row("**mean**", "", [float(np.mean([it.gains_db[n] for it in courses])) for n in counts]),
        _row("lowest", "", [min(it.gains_db[n] for it in courses) for n in counts]),
        *(_row(it.name, str(it.n_stems), list(it.gains_db.values())) for it in courses),
    ]
    return "\n\n".join(lines[:2]) + "\n\n" + "\n".join(lines[2:])


def _tuned(courses: Sequence[Course]) -> str:
    tuned = sum(it.name in TUNED_ON for it in courses)
    if not tuned:
        return "Nothing that strokes do was tuned on these recordings."
    return (
        f"**Tuned on:** {tuned} of these {len(courses)} recordings were used to choose how strokes "
        "work, so others have to be expected to come off 1 to 2 dB worse."
    )


def _row(name: str, n_stems: str, values: Sequence[float]) -> str:
    return f"| {name} | {n_stems} | {' | '.join(f'{value:.1f}' for value in values)} |"


def _choice(path: Path) -> str:
    """Return what the page says about the choice; the writing of it is left to people."""
    if not path.exists():
        return NO_CHOICE
    text = path.read_text(encoding="utf-8")
    begin, end = text.find(CHOICE_BEGINS), text.find(CHOICE_ENDS)
    return text[begin + len(CHOICE_BEGINS) : end].strip() if 0 <= begin < end else NO_CHOICE

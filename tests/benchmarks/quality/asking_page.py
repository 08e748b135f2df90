"""The page about questions: tables between marks, the words around them are people's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.benchmarks.quality.answering import State

#: What the page begins with, if there is none.
HEAD = "# What questions are worth\n"


@dataclass(frozen=True)
class Result:
    """What came of asking about a recording.

    Attributes
    ----------
    name : str
        Of the recording.
    by_ear, by_answers : dict of int to State
        For numbers of questions: with sources named by ear, and by the answers alone.
    """

    name: str
    by_ear: dict[int, State]
    by_answers: dict[int, State]


def table(results: Sequence[Result]) -> str:
    """Return a Markdown table of the improvements, and of the certainty.

    Parameters
    ----------
    results : sequence of Result
        Of the same numbers of questions; not empty.

    Returns
    -------
    str
        A row for each recording, and their means if there are several.
    """
    counts = sorted(results[0].by_ear)
    rows = [
        ["recording", *(str(n) for n in counts), "mixed", "certain", "right"],
        ["---"] * (len(counts) + 4),
        *([it.name, *_figures(counts, [it.by_ear])] for it in results),
    ]
    if len(results) > 1:
        rows.append(["**mean**", *_figures(counts, [it.by_ear for it in results])])
        rows.append(["*named by answers*", *_figures(counts, [it.by_answers for it in results])])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def correlations(results: Sequence[Result]) -> str:
    """Return a line on how certainty goes with what is right, over the recordings."""
    counts = sorted(results[0].by_ear)
    states = [[it.by_ear[n] for it in results] for n in counts]
    said = [
        f"{np.corrcoef([it.certainty for it in row], [it.right for it in row])[0, 1]:.2f} at {n}"
        for n, row in zip(counts, states, strict=True)
    ]
    return f"Correlation of certain with right over the recordings: {', '.join(said)} questions."


def write_page(path: Path, title: str, results: Sequence[Result]) -> Path:
    """Put tables into the page, in the place of those of the same recordings.

    Parameters
    ----------
    path : Path
        The page; made if it is not there.
    title : str
        What the recordings are called together.
    results : sequence of Result
        What was measured.

    Returns
    -------
    Path
        The page.
    """
    text = path.read_text(encoding="utf-8") if path.exists() else HEAD
    begin, end = f"<!-- {title} -->\n", f"<!-- end of {title} -->\n"
    said = [table(results), *([correlations(results)] if len(results) > 2 else [])]
    made = begin + "\n\n".join(said) + "\n" + end
    if begin in text and end in text:
        text = text[: text.index(begin)] + made + text[text.index(end) + len(end) :]
    else:
        text = f"{text}\n{made}"
    path.write_text(text, encoding="utf-8")
    return path


def _figures(counts: Sequence[int], each: Sequence[dict[int, State]]) -> list[str]:
    def mean(of: Callable[[State], float], n: int) -> float:
        return float(np.mean([of(it[n]) for it in each]))

    last = counts[-1]
    return [
        *(f"{mean(lambda it: it.improvement_db, n):.1f}" for n in counts),
        f"{mean(lambda it: it.n_mixed, last):.1f}",
        f"{mean(lambda it: it.certainty, last):.2f}",
        f"{mean(lambda it: it.right, last):.2f}",
    ]

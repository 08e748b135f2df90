"""What a benchmark finds: a figure, what is asked of it, and how both are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from tests.benchmarks.problems import Effort, Size

ROW = "{:<22} {:<15} {:>9}  {:<14} {}"


@dataclass(frozen=True)
class Bound:
    """The least or the most that a figure may be."""

    kind: Literal["at least", "at most"]
    limit: float

    def __str__(self) -> str:
        return f"{self.kind} {self.limit:g}"

    def is_met_by(self, value: float) -> bool:
        """Tell whether the value keeps to it."""
        return value >= self.limit if self.kind == "at least" else value <= self.limit


@dataclass(frozen=True)
class Figure:
    """One number.

    Attributes
    ----------
    key : str
        Its name in the JSON file.
    value : float or None
        None: it could not be measured; `note` says why.
    size : Size, optional
        Where it was measured, if the key holds a number for each size.
    bound : Bound, optional
        What is asked of it.
    note : str
        For the table.
    """

    key: str
    value: float | None
    size: Size | None = None
    bound: Bound | None = None
    note: str = ""

    @property
    def row(self) -> str:
        """The line of the table."""
        value = "–" if self.value is None else f"{self.value:.2f}"
        verdict = ""
        if self.bound and self.value is not None:
            verdict = "met" if self.bound.is_met_by(self.value) else "NOT MET"
        said = ", ".join(filter(None, (verdict, self.note)))
        return ROW.format(self.key, str(self.size or ""), value, str(self.bound or ""), said)


#: A benchmark measures with a given effort, and yields what it finds as it finds it.
Benchmark = Callable[[Effort], Iterator[Figure]]

HEADER = ROW.format("figure", "size", "value", "asked for", "") + "\n" + "-" * 76


def as_json(figures: Iterable[Figure]) -> dict[str, Any]:
    """Return a dictionary for the JSON file: by key, and by size where there are sizes."""
    found: dict[str, Any] = {}
    for figure in figures:
        value = None if figure.value is None else round(figure.value, 4)
        if figure.size is None:
            found[figure.key] = value
        else:
            found.setdefault(figure.key, {})[str(figure.size)] = value
    return found

"""Whether two documents are the same bit for bit."""

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np

from isnmf_gui.session.document.document import Document, Run
from isnmf_gui.session.runs.terms import Term


def same_document(one: Document, other: Document) -> bool:
    """Compare everything that a person may have made, to the bytes of the arrays."""
    return difference(one, other) == ""


def difference(one: Document, other: Document) -> str:
    """Return where two documents differ first, or ""."""
    if [run.id for run in one.runs] != [run.id for run in other.runs]:
        return "the runs"
    for first, second in zip(one.runs, other.runs, strict=True):
        if _roles(first) != _roles(second):
            return f"which terms of run {first.id} are the same"
        if any(run.separation.recording is not it.recording for run, it in (
            (first, one), (second, other),
        )):  # fmt: skip
            return f"the recording of run {first.id}"
    return _differs(one, other, "document")


def _roles(run: Run) -> list[Any]:
    """Return which terms of a run are which: equal for runs whose terms are shared alike."""
    numbers = {id(term): number for number, term in enumerate(run.separation.fitted)}

    def role(term: Term) -> Any:
        origin = None if term.fitted is None else role(term.fitted)
        number = numbers.setdefault(id(term), len(numbers))
        shares = [
            origin is not None and getattr(term, name) is getattr(term.fitted, name)
            for name in ("basis", "activation")
        ]
        return number, origin, shares

    groups = [run.model or (), *(component.terms or () for component in run.components)]
    return [[role(term) for term in group] for group in groups]


def _differs(one: Any, other: Any, where: str) -> str:
    if isinstance(one, Path):
        return "" if one.name == other.name else where
    if type(one) is not type(other):
        return where
    if isinstance(one, np.ndarray):
        alike = (one.dtype, one.shape) == (other.dtype, other.shape)
        return "" if alike and one.tobytes() == other.tobytes() else where
    if is_dataclass(one):
        names = [it.name for it in fields(one) if it.name != "original"]
        pairs = [(getattr(one, name), getattr(other, name), name) for name in names]
    elif isinstance(one, list | tuple):
        if len(one) != len(other):
            return where
        pairs = [(a, b, str(n)) for n, (a, b) in enumerate(zip(one, other, strict=True))]
    elif isinstance(one, dict):
        if list(one) != list(other):
            return where
        pairs = [(one[key], other[key], key) for key in one]
    else:
        return "" if one == other else where
    return next(filter(None, (_differs(a, b, f"{where}.{name}") for a, b, name in pairs)), "")

"""What a run takes over from an earlier one where their components are the same sound."""

from __future__ import annotations

from dataclasses import replace

from isnmf_gui.session.document.component_factors import column_of
from isnmf_gui.session.document.document import Component, Like, Run
from isnmf_gui.session.document.numbers import fitting
from isnmf_gui.session.runs.matching import Pair


def adopt(run: Run, reference: Run, pairs: tuple[Pair, ...]) -> Run:
    """Give components the colours of those that they are paired with, and their order.

    Every run has the numbers from 1 on: that of the other component is kept where it fits, or the
    order of the numbers is. The components without another take the numbers between and after,
    and colours that the reference does not have. What each was paired with is noted.
    """
    paired = _paired(run, reference, pairs)
    n_components = len(run.components)
    numbers = fitting([like.number for _, like in paired], n_components)
    components = [
        replace(it, number=number, color=like.color, like=Like(reference.id, like.number))
        for (it, like), number in zip(paired, numbers, strict=True)
    ]
    known = {it.index for it in components}
    others = [it for it in run.components if it.index not in known]
    color = 1 + max((it.color for it in reference.components), default=-1)
    left = sorted({*range(1, n_components + 1)} - {*numbers})
    components += [
        replace(it, number=number, color=color + n, like=None)
        for n, (it, number) in enumerate(zip(others, left, strict=True))
    ]
    return replace(run, components=tuple(sorted(components, key=lambda it: it.number)))


def _paired(run: Run, reference: Run, pairs: tuple[Pair, ...]) -> list[tuple[Component, Component]]:
    """Return components with those that they are like, in the order of the numbers of these."""
    columns: dict[int | None, Component] = {}
    for it in reference.components:
        columns.setdefault(column_of(reference, it), it)  # a copy stands behind its original
    found = [
        (run.component(pair.index), columns[pair.reference])
        for pair in pairs
        if pair.reference in columns  # it may have been merged or deleted
    ]
    return sorted(found, key=lambda both: both[1].number)

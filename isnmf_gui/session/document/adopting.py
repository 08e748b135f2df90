"""What a run takes over from an earlier one where their components are the same sound."""

from __future__ import annotations

from dataclasses import replace

from isnmf_gui.session.document.component_factors import column_of
from isnmf_gui.session.document.document import Component, Run
from isnmf_gui.session.runs.matching import Pair


def adopt(run: Run, reference: Run, pairs: tuple[Pair, ...]) -> Run:
    """Give components the number, colour and title of those that they are paired with.

    They stand first, in the order of the reference; the others follow, with numbers and colours
    that the reference does not have. Titles that the run has already stay.
    """
    columns: dict[int | None, Component] = {}
    for it in reference.components:
        columns.setdefault(column_of(reference, it), it)  # a copy stands behind its original
    place = {column: n for n, column in enumerate(columns)}
    paired = [
        _like(run.component(pair.index), columns[pair.reference])
        for pair in sorted(pairs, key=lambda pair: place.get(pair.reference, 0))
        if pair.reference in columns  # it may have been merged or deleted
    ]
    known = {component.index for component in paired}
    others = [component for component in run.components if component.index not in known]
    number = 1 + max((component.number for component in reference.components), default=0)
    color = 1 + max((component.color for component in reference.components), default=-1)
    others = [
        replace(component, number=number + n, color=color + n) for n, component in enumerate(others)
    ]
    return replace(run, components=(*paired, *others))


def _like(component: Component, other: Component) -> Component:
    title = component.title or other.title
    return replace(component, number=other.number, color=other.color, title=title)

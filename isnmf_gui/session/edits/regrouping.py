"""Making proposed sources of a run in which some sources were painted already.

A proposal knows neither names nor strokes. A person who painted would not have that work thrown
away: sources with strokes stay, with all that is theirs, and each takes the proposed group that
its strokes ask for. Groups that no stroke asks for become new sources, in place of those that
were not painted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from isnmf_gui.session.document.document import UNASSIGNED, Run, Source
from isnmf_gui.session.document.guidance import Stroke
from isnmf_gui.session.edits.mix_edits import change
from isnmf_gui.session.edits.source_edits import add_source, assign, group_as
from isnmf_gui.session.guidance.memberships import naming_of


def painted_sources(run: Run) -> list[Source]:
    """Return the sources that have strokes, in their order."""
    ids = {stroke.source_id for stroke in run.strokes}
    return [source for source in run.sources if source.id in ids]


def regroup(run: Run, labels: Sequence[int]) -> Run:
    """Make proposed sources, and keep those that were painted, with their strokes.

    Parameters
    ----------
    run : Run
        Whose components are grouped; without strokes all sources are replaced.
    labels : sequence of int
        For each component, in their order, the number of its source from 0; −1: unassigned.

    Returns
    -------
    Run
        With a source for each number that occurs, and for each that was painted. Strokes on what
        is unassigned stay too.

    Raises
    ------
    SettingsError
        If there is not a label for each component.
    """
    grouped, kept = group_as(run, labels), painted_sources(run)
    if not kept:
        return replace(grouped, strokes=run.strokes)
    while len(grouped.sources) < len(kept):
        grouped = add_source(grouped)
    return _with_kept(run, grouped, kept)


def _with_kept(run: Run, grouped: Run, kept: list[Source]) -> Run:
    """Give the groups that strokes ask for to the sources that have them."""
    names = [it.name for it in kept] + [""] * (len(grouped.sources) - len(kept))
    order = naming_of(grouped, _of_groups(run, grouped, kept), names)
    result = replace(run, sources=tuple(kept), has_open_names=False)  # they were seen
    result = change(result, [it.index for it in run.components], source_id=UNASSIGNED)
    for group, place in zip(grouped.sources, order, strict=True):
        members = [it.index for it in grouped.members(group.id)]
        if place < len(kept):
            result = assign(result, members, kept[place].id)
        else:
            result = assign(added := add_source(result), members, added.sources[-1].id)
    return change(result, [it.index for it in run.components], is_placed=False)


def _of_groups(run: Run, grouped: Run, kept: list[Source]) -> list[Stroke]:
    """Return the strokes of the painted sources, as if the first groups had their names."""
    groups = {it.id: group.id for it, group in zip(kept, grouped.sources, strict=False)}
    return [
        replace(stroke, source_id=groups[stroke.source_id])
        for stroke in run.strokes
        if stroke.is_on and stroke.source_id in groups
    ]

"""Edits of a run's sources: what belongs to them, and how they are called, ordered and mixed.

Every edit takes a run and returns the run that comes of it. Nothing is fitted anew.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from isnmf_gui.errors import SettingsError
from isnmf_gui.session.document.document import UNASSIGNED, Run, Source
from isnmf_gui.session.edits.mix_edits import LEAST_GAIN_DB, MOST_GAIN_DB, change


def add_source(run: Run, title: str = "") -> Run:
    """Add a source that holds nothing yet, as the last one."""
    number = 1 + max((source.id for source in run.sources), default=0)
    used = {source.color for source in run.sources}
    color = next(n for n in range(len(used) + 1) if n not in used)
    return replace(run, sources=(*run.sources, Source(number, color, title.strip())))


def group(run: Run, indices: Collection[int], title: str = "") -> Run:
    """Make a source of components; sources that lose their last one by that go."""
    added = add_source(run, title)
    return _without_emptied(run, assign(added, indices, added.sources[-1].id))


def ungroup(run: Run, indices: Collection[int]) -> Run:
    """Take components out of their sources; sources that lose their last one by that go."""
    return _without_emptied(run, assign(run, indices, UNASSIGNED))


def assign(run: Run, indices: Collection[int], source_id: int) -> Run:
    """Put components into a source by hand, out of those that they were in."""
    return change(run, indices, source_id=run.source(source_id).id, is_placed=True)


def delete_source(run: Run, source_id: int) -> Run:
    """Remove a source and its strokes; what was in it is unassigned."""
    members = [it.index for it in run.members(source_id)]
    freed = change(run, members, source_id=UNASSIGNED, is_placed=False)
    return replace(
        freed,
        sources=tuple(it for it in run.sources if it.id != source_id),
        strokes=tuple(it for it in run.strokes if it.source_id != source_id),
    )


def move_source(run: Run, source_id: int, place: int) -> Run:
    """Put a source at another place in the order, from 0."""
    others = [it for it in run.sources if it.id != source_id]
    others.insert(place, run.source(source_id))
    return replace(run, sources=tuple(others))


def group_as(run: Run, labels: Sequence[int]) -> Run:
    """Replace all sources by new ones.

    Parameters
    ----------
    run : Run
        Whose components are grouped.
    labels : sequence of int
        For each component, in their order, the number of its source from 0; −1: unassigned.

    Returns
    -------
    Run
        With a source for each number that occurs.

    Raises
    ------
    SettingsError
        If there is not a label for each component.
    """
    if len(labels) != len(run.components):
        raise SettingsError(f"{len(run.components)} labels are needed, not {len(labels)}.")
    every = [component.index for component in run.components]
    result = replace(assign(run, every, UNASSIGNED), sources=(), strokes=(), has_open_names=False)
    for label in sorted({label for label in labels if label >= 0}):
        members = [it.index for it, its in zip(run.components, labels, strict=True) if its == label]
        result = group(result, members)
    return change(result, every, is_placed=False)  # it was proposed, not put there


def lock_source(run: Run, source_id: int, is_locked: bool) -> Run:
    """Let a source keep what it has, whatever is painted, or no longer."""
    return _change(run, source_id, is_locked=is_locked)


def rename_source(run: Run, source_id: int, title: str) -> Run:
    """Call a source something else; "" gives it back its number."""
    return _change(run, source_id, title=title.strip())


def color_source(run: Run, source_id: int, color: int) -> Run:
    """Give a source another colour."""
    return _change(run, source_id, color=color)


def set_source_gain(run: Run, source_id: int, gain_db: float) -> Run:
    """Set the gain of a source, within the limits of a fader."""
    return _change(run, source_id, gain_db=min(max(gain_db, LEAST_GAIN_DB), MOST_GAIN_DB))


def set_source_muted(run: Run, source_id: int, is_muted: bool) -> Run:
    """Mute a source, or let it be heard again."""
    return _change(run, source_id, is_muted=is_muted)


def set_source_soloed(run: Run, source_id: int, is_soloed: bool) -> Run:
    """Solo a source, or no longer."""
    return _change(run, source_id, is_soloed=is_soloed)


def _change(run: Run, source_id: int, **values: Any) -> Run:
    if source_id == UNASSIGNED:
        return replace(run, unassigned=replace(run.unassigned, **values))
    sources = tuple(
        replace(source, **values) if source.id == source_id else source for source in run.sources
    )
    return replace(run, sources=sources)


def _without_emptied(before: Run, run: Run) -> Run:
    """Remove the sources that had components before and have none now, nor a stroke."""
    painted = {stroke.source_id for stroke in run.strokes}
    kept = tuple(
        it
        for it in run.sources
        if it.id in painted or run.members(it.id) or not before.members(it.id)
    )
    return replace(run, sources=kept)

"""Carrying sources, names and strokes over from another run of the same recording.

Strokes are places in time and frequency: they fit whatever components a run has. Nothing that a
component has already is taken from it, and the mix of the sources stays behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from isnmf_gui.errors import Stopped
from isnmf_gui.session.document.component_factors import by_column, column_of
from isnmf_gui.session.document.document import UNASSIGNED, Component, Document, Run, Source
from isnmf_gui.session.edits.guidance_edits import add_strokes
from isnmf_gui.session.edits.source_edits import assign
from isnmf_gui.session.runs.matching import Pair, find_pairs


class Gain(NamedTuple):
    """What carrying over would change.

    Attributes
    ----------
    n_components : int
        How many of them would get something.
    sources, names : bool
        Whether they would get sources, and names.
    n_strokes : int
        How many strokes would come along.
    """

    n_components: int
    sources: bool
    names: bool
    n_strokes: int

    @property
    def is_any(self) -> bool:
        """Whether anything would change."""
        return self.n_components > 0 or self.n_strokes > 0


@dataclass(frozen=True, eq=False)
class Likeness:
    """Which components of two runs are the same sound.

    Attributes
    ----------
    run, reference : Run
        As they were when they were compared.
    pairs : tuple of Pair
        Columns of the basis of the run, and of the other one's.
    """

    run: Run
    reference: Run
    pairs: tuple[Pair, ...]

    def in_document(self, document: Document) -> Likeness | None:
        """Return the same of the runs as they are now; None if one is gone or was continued."""
        runs = {run.id: run for run in document.runs}
        now = [runs.get(it.id) for it in (self.run, self.reference)]
        run, reference = now
        if run is None or reference is None:
            return None
        if run.separation is not self.run.separation:
            return None
        if reference.separation is not self.reference.separation:
            return None
        return Likeness(run, reference, self.pairs)

    def carried(self) -> Run:
        """Return the run with the sources, names and strokes of the other one."""
        return carry_over(self.run, self.reference, self.pairs)

    def changes(self) -> Gain:
        """Tell what would change."""
        carried = self.carried()
        both = list(zip(self.run.components, carried.components, strict=True))
        return Gain(
            sum(before != after for before, after in both),
            any(before.source_id != after.source_id for before, after in both),
            any(before.title != after.title for before, after in both),
            len(carried.strokes) - len(self.run.strokes),
        )


def has_something(run: Run) -> bool:
    """Tell whether a run has sources, names or strokes that could be carried over."""
    return bool(run.strokes) or any(it.title or it.source_id != UNASSIGNED for it in run.components)


def references(document: Document, run: Run) -> list[Run]:
    """Return the other runs that have sources, names or strokes.

    First the one that the run's components were matched with, then the newest.
    """
    liked = {it.like.run_id for it in run.components if it.like}
    others = [it for it in document.runs if it.id != run.id and has_something(it)]
    return sorted(others, key=lambda it: (it.id not in liked, -it.id))


def find_likeness(
    run: Run, candidates: Iterable[Run], keep_on: Callable[[], bool] = lambda: True
) -> Likeness | None:
    """Return the likeness with the first of some runs that has anything to carry over.

    Parameters
    ----------
    run : Run
        To be given sources and names.
    candidates : iterable of Run
        That it may get them from.
    keep_on : callable, optional
        Asked before each whether to go on.

    Returns
    -------
    Likeness or None
        None if nothing fits.

    Raises
    ------
    Stopped
        If `keep_on` said so.
    """
    for reference in candidates:
        if not keep_on():
            raise Stopped
        likeness = Likeness(run, reference, find_pairs(run.separation, reference.separation))
        if likeness.changes().is_any:
            return likeness
    return None


def carry_over(run: Run, reference: Run, pairs: Sequence[Pair]) -> Run:
    """Give components the sources and names of those that they are paired with, and the strokes.

    Parameters
    ----------
    run : Run
        Whose components. One that has a name, or belongs to a source, keeps it.
    reference : Run
        What they are taken from. Of components that were merged there, the source is taken, but
        not the name: it is of all of them together.
    pairs : sequence of Pair
        Columns of the basis of the run, and of the reference.

    Returns
    -------
    Run
        With the sources that have got a component or a stroke. Where it has one of that name, it is
        that one. Where a place was painted already, it is not painted again.
    """
    named = _named_by_column(reference)
    placed = by_column(reference)
    other_of = {pair.index: pair.reference for pair in pairs}
    columns = {it.index: other_of.get(_column(run, it), -1) for it in run.components}
    components = tuple(
        replace(it, title=it.title or named.get(columns[it.index], "")) for it in run.components
    )
    run = replace(run, components=components)
    for source in reference.sources:
        members = [
            it.index
            for it in run.components
            if it.source_id == UNASSIGNED
            and columns[it.index] in placed
            and placed[columns[it.index]].source_id == source.id
        ]
        if members:
            run = _assigned(run, members, source)
    return _with_strokes(run, reference)


def _column(run: Run, component: Component) -> int:
    column = column_of(run, component)
    return -1 if column is None else column


def _named_by_column(run: Run) -> dict[int, str]:
    """Return the names of components by their columns; a copy leaves it to its original."""
    named: dict[int, str] = {}
    for it in run.components:
        named.setdefault(_column(run, it), it.title)
    named.pop(-1, None)
    return named


def _assigned(run: Run, members: Sequence[int], source: Source) -> Run:
    """Put components into the source of a name, which is made like another if it is not there."""
    run, source_id = _with_source(run, source)
    return assign(run, members, source_id)


def _with_source(run: Run, source: Source) -> tuple[Run, int]:
    """Return a run that has a source of that name, and its number there."""
    same = next((it for it in run.all_sources if it.name == source.name), None)
    if same is not None:
        return run, same.id
    used = {it.id for it in run.sources}
    source_id = source.id if source.id not in used else 1 + max(used)
    made = Source(source_id, source.color, source.title, is_locked=source.is_locked)
    return replace(run, sources=(*run.sources, made)), source_id


def _with_strokes(run: Run, reference: Run) -> Run:
    """Add the strokes of a run of the same recording, each to the source of that name."""
    if run.separation.recording is not reference.separation.recording:
        return run
    painted = {(it.shape, it.erased) for it in run.strokes}
    new = [it for it in reference.strokes if (it.shape, it.erased) not in painted]
    ids = {}
    for source_id in dict.fromkeys(it.source_id for it in new):
        run, ids[source_id] = _with_source(run, reference.source(source_id))
    return add_strokes(run, [replace(it, source_id=ids[it.source_id]) for it in new])

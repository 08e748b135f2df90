"""Carrying sources and names over from another run of the same recording.

Nothing that a component has already is taken from it, and the mix of the sources stays behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from isnmf_gui.errors import Stopped
from isnmf_gui.session.document.component_factors import by_column, column_of
from isnmf_gui.session.document.document import UNASSIGNED, Component, Document, Run, Source
from isnmf_gui.session.edits.source_edits import assign
from isnmf_gui.session.runs.matching import Pair, find_pairs


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
        """Return the run with the sources and names of the other one."""
        return carry_over(self.run, self.reference, self.pairs)

    def changes(self) -> tuple[int, bool, bool]:
        """Tell how many components would change, and whether in their sources and names."""
        both = list(zip(self.run.components, self.carried().components, strict=True))
        n_changed = sum(before != after for before, after in both)
        sources = any(before.source_id != after.source_id for before, after in both)
        return n_changed, sources, any(before.title != after.title for before, after in both)


def has_something(run: Run) -> bool:
    """Tell whether a run has sources or names that could be carried over."""
    return any(it.title or it.source_id != UNASSIGNED for it in run.components)


def references(document: Document, run: Run) -> list[Run]:
    """Return the other runs that have sources or names.

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
        if likeness.changes()[0]:
            return likeness
    return None


def carry_over(run: Run, reference: Run, pairs: Sequence[Pair]) -> Run:
    """Give components the sources and names of those that they are paired with.

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
        With the sources that have got a component. Where it has one of that name, it is that one.
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
    return run


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
    same = next((it for it in run.sources if it.name == source.name), None)
    if same is None:
        used = {it.id for it in run.sources}
        source_id = source.id if source.id not in used else 1 + max(used)
        same = Source(source_id, source.color, source.title)
        run = replace(run, sources=(*run.sources, same))
    return assign(run, members, same.id)

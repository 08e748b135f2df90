"""What becomes of sources, names and mix when a run whose parts were edited is continued."""

from __future__ import annotations

from dataclasses import replace

from isnmf_gui.session.document.adopting import adopt
from isnmf_gui.session.document.component_factors import by_column, column_of
from isnmf_gui.session.document.document import Component, Document, Run, make_run
from isnmf_gui.session.runs.matching import Pair


def as_fitted(document: Document, run: Run, run_id: int) -> Run:
    """Return a run of its own with the parts that an edited run had before they were edited.

    Parameters
    ----------
    document : Document
        That the run is to be in.
    run : Run
        Whose parts were edited.
    run_id : int
        The number of the new run.

    Returns
    -------
    Run
        Its sources are those of the edited one. A component that is, or was, the same column of
        the basis is called, coloured and mixed as there, as far as numbers from 1 on allow it. The
        columns that were merged are in the source and mix of what they became.
    """
    fresh = make_run(document, run.separation)
    pairs = tuple(Pair(it.index, it.index, 1.0) for it in fresh.components)
    fresh = adopt(fresh, run, pairs)
    titles = {column_of(run, it): it.title for it in reversed(run.components)}
    heard_as = by_column(run)
    components = tuple(
        replace(_mixed_as(it, heard_as.get(it.index, it)), title=titles.get(it.index, ""))
        for it in fresh.components
    )
    return replace(
        fresh,
        id=run_id,
        components=components,
        sources=run.sources,
        unassigned=run.unassigned,
        strokes=run.strokes,
        has_open_names=run.has_open_names,
    )


def _mixed_as(component: Component, other: Component) -> Component:
    return replace(
        component,
        source_id=other.source_id,
        is_placed=other.is_placed,
        gain_db=other.gain_db,
        is_muted=other.is_muted,
        is_soloed=other.is_soloed,
    )

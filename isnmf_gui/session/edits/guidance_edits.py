"""Edits of what guides the sources: strokes that say which source a place belongs to.

Every edit takes a run and returns the run that comes of it. No factor is changed.
"""

from __future__ import annotations

from dataclasses import replace

from isnmf_gui.session.document.document import Run
from isnmf_gui.session.document.guidance import MOST_STROKES, Stroke


def add_stroke(run: Run, source_id: int, stroke: Stroke) -> Run:
    """Add a stroke, of a source of this run and with a number of its own.

    Beyond `MOST_STROKES` nothing is added.
    """
    if len(run.strokes) >= MOST_STROKES:
        return run
    number = 1 + max((it.id for it in run.strokes), default=0)
    added = replace(stroke, id=number, source_id=run.source(source_id).id)
    return replace(run, strokes=(*run.strokes, added))

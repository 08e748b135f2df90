"""Edits of what was painted: strokes that say which source a place belongs to.

Every edit takes a run and returns the run that comes of it. No factor is changed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from isnmf_gui.session.document.document import Run
from isnmf_gui.session.document.guidance import MOST_STROKES, Shape, Stroke


def paint(run: Run, source_id: int, shape: Shape) -> Run:
    """Add a stroke; beyond `MOST_STROKES` nothing is added."""
    return add_stroke(run, source_id, Stroke(0, source_id, shape))


def add_stroke(run: Run, source_id: int, stroke: Stroke) -> Run:
    """Add a stroke as it is, of a source of this run and with a number of its own."""
    if len(run.strokes) >= MOST_STROKES:
        return run
    number = 1 + max((it.id for it in run.strokes), default=0)
    added = replace(stroke, id=number, source_id=run.source(source_id).id)
    return replace(run, strokes=(*run.strokes, added))


def erase(run: Run, shape: Shape, stroke_ids: Collection[int] | None = None) -> Run:
    """Take a place away from strokes, from all of them unless some are named."""
    strokes = tuple(
        replace(it, erased=(*it.erased, shape)) if stroke_ids is None or it.id in stroke_ids else it
        for it in run.strokes
    )
    return replace(run, strokes=strokes)


def remove_strokes(run: Run, stroke_ids: Collection[int]) -> Run:
    """Forget strokes."""
    return replace(run, strokes=tuple(it for it in run.strokes if it.id not in stroke_ids))


def switch_strokes(run: Run, stroke_ids: Collection[int], is_on: bool) -> Run:
    """Let strokes count, or not."""
    return _change(run, stroke_ids, is_on=is_on)


def repaint(run: Run, stroke_ids: Collection[int], source_id: int) -> Run:
    """Let strokes be of another source."""
    return _change(run, stroke_ids, source_id=run.source(source_id).id)


def reshape(run: Run, stroke_id: int, shape: Shape) -> Run:
    """Give a stroke another place; what was erased of it is there again."""
    return _change(run, [stroke_id], shape=shape, erased=())


def _change(run: Run, stroke_ids: Collection[int], **values: Any) -> Run:
    strokes = tuple(
        replace(stroke, **values) if stroke.id in stroke_ids else stroke for stroke in run.strokes
    )
    return replace(run, strokes=strokes)

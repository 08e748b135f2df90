"""Edits of what guides the sources: strokes that say which source a place belongs to.

Every edit takes a run and returns the run that comes of it. No factor is changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from isnmf_gui.session.document.document import Run
from isnmf_gui.session.document.guidance import MOST_STROKES, Shape, Stroke
from isnmf_gui.session.runs.separation import stft_of
from isnmf_gui.spectral.strokes import Raster, bounds, rasterized


def paint(run: Run, source_id: int, shape: Shape) -> Run:
    """Add a stroke of a source; beyond `MOST_STROKES` nothing is added."""
    return add_stroke(run, source_id, Stroke(0, source_id, shape))


def add_stroke(run: Run, source_id: int, stroke: Stroke) -> Run:
    """Add a stroke as it is, of a source of this run and with a number of its own.

    Beyond `MOST_STROKES` nothing is added.
    """
    return add_strokes(run, [replace(stroke, source_id=source_id)])


def add_strokes(run: Run, strokes: Iterable[Stroke]) -> Run:
    """Add strokes as they are, of sources of this run and with numbers of their own.

    Beyond `MOST_STROKES` nothing is added.
    """
    first = 1 + max((it.id for it in run.strokes), default=0)
    added = [replace(it, id=n) for n, it in enumerate(strokes, first)]
    for source_id in {it.source_id for it in added}:
        run.source(source_id)  # it must be there
    return replace(run, strokes=(*run.strokes, *added)[: max(MOST_STROKES, len(run.strokes))])


def erase(run: Run, shape: Shape, source_id: int | None = None) -> Run:
    """Take a place away from the strokes that cover some of it.

    Strokes of which nothing is left go. Those of locked sources stay as they are.

    Parameters
    ----------
    run : Run
        With strokes.
    shape : Box or Path
        The place.
    source_id : int, optional
        Only from the strokes of this source.

    Returns
    -------
    Run
        The same object if no stroke is touched.
    """
    gone, left = _raster(run, shape, ()), []
    locked = {source.id for source in run.all_sources if source.is_locked}
    for stroke in run.strokes:
        spared = stroke.source_id in locked or source_id not in (None, stroke.source_id)
        if spared or not _near(stroke.shape, shape):
            left.append(stroke)
            continue
        some_goes, some_stays = _parted(_raster(run, stroke.shape, stroke.erased), gone)
        if not some_goes:
            left.append(stroke)
        elif some_stays:
            left.append(replace(stroke, erased=(*stroke.erased, shape)))
    if len(left) == len(run.strokes) and all(map(_is, left, run.strokes)):
        return run
    return replace(run, strokes=tuple(left))


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


def _is(one: object, other: object) -> bool:
    return one is other


def _near(one: Shape, other: Shape) -> bool:
    """Tell quickly whether two shapes may overlap."""
    a, b = bounds(one), bounds(other)
    in_time = a.start_s <= b.stop_s and b.start_s <= a.stop_s
    return in_time and a.low_hz <= b.high_hz and b.low_hz <= a.high_hz


def _raster(run: Run, shape: Shape, erased: tuple[Shape, ...]) -> Raster:
    stft = stft_of(run.separation.settings)
    n_frames = stft.n_frames(run.separation.recording.n_samples)
    return rasterized(shape, erased, run.separation.grid, n_frames, stft.n_bins)


def _parted(then: Raster, gone: Raster) -> tuple[bool, bool]:
    """Tell whether some of a raster lies in another one, and if so, whether some does not."""
    low, high = max(then.bins.start, gone.bins.start), min(then.bins.stop, gone.bins.stop)
    if low >= high:
        return False, True
    bins = slice(low, high)
    meeting = [it for it in then.stretches() if gone.first < it[1] and it[0] < gone.last]
    if not any((then.within(*it, bins) & gone.within(*it, bins)).any() for it in meeting):
        return False, True
    left = (then.within(*it) & ~gone.within(*it, then.bins) for it in then.stretches())
    return True, any(it.any() for it in left)

"""What the strokes of a run say, summed up.

Another stroke costs what it covers, however many were painted before.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from isnmf_gui.nmf.guidance import Evidence, evidence_of
from isnmf_gui.session.document.component_factors import factors_of
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.document.guidance import Stroke
from isnmf_gui.session.guidance.stroke_bins import (
    StrokeBins,
    erased_bins,
    stroke_bins,
    total_power,
)
from isnmf_gui.session.runs.separation import stft_of
from isnmf_gui.session.sound_files.recording import Recording
from isnmf_gui.spectral import Factors, Stft
from isnmf_gui.spectral.labels import Labels, Stroked
from isnmf_gui.spectral.strokes import bounds

#: Bins that all strokes of a run are asked about together, at the most; of one that goes on,
#: whose factors are others many times a second.
MOST_ASKED, MOST_ASKED_LIVE = 1 << 17, 1 << 13
#: Every stroke is asked about so many of its loudest.
LEAST_ASKED = 16
#: As few strokes as these are asked as if they were so many.
FEW = 16
#: Of a run that goes on no more strokes are asked than these, evenly spread over the sources.
MOST_STROKES_LIVE = 500
#: So many states are remembered of a recording and of factors: to undo an edit is one.
MOST_REMEMBERED = 4

#: What so many strokes say is remembered for each result, for they are taken away again.
MOST_KEPT = 256

#: Strokes by identity: what is undone and redone comes back as the same object.
Known = Mapping[int, Stroke]


@dataclass(frozen=True, eq=False)
class _Said:
    """What strokes say of components, source by source; sources without any are left out."""

    strokes: Known
    by_source: Mapping[int, Evidence]

    def updated(self, run: Run, strokes: Sequence[Stroke], n_bins: int) -> _Said:
        added, removed = _differences(self.strokes, strokes)
        by_source = dict(self.by_source)
        for stroke in removed:
            left = by_source.pop(stroke.source_id) - asked(run, stroke, n_bins)
            if left.n_strokes:
                by_source[stroke.source_id] = left
        for stroke in added:
            said, before = asked(run, stroke, n_bins), by_source.get(stroke.source_id)
            by_source[stroke.source_id] = said if before is None else before + said
        return _Said(_by_identity(strokes), by_source)


@dataclass(frozen=True, eq=False)
class _Labelled:
    """All bins that strokes label, with the sources in the order of the columns."""

    strokes: Known
    source_ids: tuple[int, ...]
    labels: Labels

    def for_sources(self, source_ids: tuple[int, ...]) -> _Labelled:
        """Return the same where sources came, went or changed places."""
        if source_ids == self.source_ids:
            return self
        old = {source_id: column for column, source_id in enumerate(self.source_ids)}
        labels = self.labels.arranged([old.get(source_id) for source_id in source_ids])
        left = {key: it for key, it in self.strokes.items() if it.source_id in source_ids}
        return _Labelled(left, source_ids, labels)

    def updated(self, recording: Recording, stft: Stft, strokes: Sequence[Stroke]) -> _Labelled:
        def stroked(those: Iterable[tuple[Stroke, StrokeBins]]) -> Iterable[Stroked]:
            for stroke, found in those:
                yield found.frames, found.bins, self.source_ids.index(stroke.source_id)

        came, went = _bins_of_differences(recording, stft, *_differences(self.strokes, strokes))
        labels = self.labels.changed(stroked(came), stroked(went))
        return _Labelled(_by_identity(strokes), self.source_ids, labels)


_said: WeakKeyDictionary[Factors, dict[int, _Said]] = WeakKeyDictionary()
_labelled: WeakKeyDictionary[Recording, OrderedDict[Hashable, _Labelled]] = WeakKeyDictionary()
_kept: WeakKeyDictionary[Factors, OrderedDict[tuple[int, int], tuple[Stroke, Evidence]]] = (
    WeakKeyDictionary()
)
_lock = threading.Lock()


def said_by(run: Run, strokes: Sequence[Stroke]) -> Mapping[int, Evidence]:
    """Return what strokes say of the components of a run; from any thread.

    Parameters
    ----------
    run : Run
        Also a snapshot of one that goes on.
    strokes : sequence of Stroke
        Those that count.

    Returns
    -------
    mapping of int to Evidence
        Of all strokes of a source together, by its id; sources without any are left out.
    """
    n_bins = n_asked_of(run, len(strokes))
    if run.separation.energies is None and len(strokes) > MOST_STROKES_LIVE:
        by_source = sorted(strokes, key=lambda it: it.source_id)
        strokes = by_source[:: -(-len(strokes) // MOST_STROKES_LIVE)]
    with _lock:
        known = _said.setdefault(factors_of(run), {})
        said = known.get(n_bins) or _Said({}, {})
    said = said.updated(run, strokes, n_bins)
    with _lock:
        known.clear()
        known[n_bins] = said
    return said.by_source


def labels_of(run: Run, strokes: Sequence[Stroke]) -> Labels:
    """Return the bins that strokes label, for the sources of a run in their order."""
    recording, stft = run.separation.recording, stft_of(run.separation.settings)
    source_ids = tuple(source.id for source in run.all_sources)
    key = run.id, stft
    with _lock:
        known = _labelled.setdefault(recording, OrderedDict())
        labelled = known.get(key)
    if labelled is None:
        labelled = _Labelled({}, source_ids, Labels(len(source_ids), stft.n_bins))
    labelled = labelled.for_sources(source_ids).updated(recording, stft, strokes)
    with _lock:
        known[key] = labelled
        known.move_to_end(key)
        while len(known) > MOST_REMEMBERED:
            known.popitem(last=False)
    return labelled.labels


def n_asked_of(run: Run, n_strokes: int) -> int:
    """Return about how many of its loudest bins a stroke is asked, where there are so many.

    From 16 strokes on it halves whenever their number has doubled: sums need not be made anew for
    each.
    """
    most = MOST_ASKED_LIVE if run.separation.energies is None else MOST_ASKED
    doublings = (max(n_strokes, FEW) - 1).bit_length()
    return max(most >> doublings, LEAST_ASKED)


def asked(run: Run, stroke: Stroke, n_bins: int) -> Evidence:
    """Return what the loudest bins of a stroke say of the components of a run."""
    key = id(stroke), n_bins
    with _lock:
        kept = _kept.setdefault(factors_of(run), OrderedDict())
        if key in kept:
            return kept[key][1]
    found = _asked(run, stroke, n_bins)
    with _lock:
        kept[key] = stroke, found  # the stroke too: no other one has its number then
        while len(kept) > MOST_KEPT:
            kept.popitem(last=False)
    return found


def _asked(run: Run, stroke: Stroke, n_bins: int) -> Evidence:
    stft, recording = stft_of(run.separation.settings), run.separation.recording
    it = stroke_bins(recording, stft, stroke)
    power = it.power[:n_bins]
    part = float(power.sum())
    weights = power / (part or 1.0)
    shares = factors_of(run).shares_at(it.frames[:n_bins], it.bins[:n_bins])
    total = total_power(recording, stft)
    mean = total / (stft.n_frames(recording.n_samples) * stft.n_bins)
    said = evidence_of(shares, weights, power, total, mean)
    whole = float(it.power.sum()) / part if part else 1.0
    return Evidence(said.gram, said.share, np.asarray(said.energy * whole))


def _by_identity(strokes: Iterable[Stroke]) -> Known:
    return {id(stroke): stroke for stroke in strokes}


def _differences(before: Known, strokes: Sequence[Stroke]) -> tuple[list[Stroke], list[Stroke]]:
    """Return which strokes came, and which went; in the order of time, so that neighbours meet."""
    now = _by_identity(strokes)
    added = [stroke for key, stroke in now.items() if key not in before]
    removed = [stroke for key, stroke in before.items() if key not in now]
    return sorted(added, key=_start_s), sorted(removed, key=_start_s)


def _bins_of_differences(
    recording: Recording, stft: Stft, added: Sequence[Stroke], removed: Sequence[Stroke]
) -> tuple[list[tuple[Stroke, StrokeBins]], list[tuple[Stroke, StrokeBins]]]:
    """Return the bins that came with strokes and went with others.

    Of one of which more was erased, or less, only those are told that it labels no longer, or
    again: an eraser takes little of many strokes.
    """
    came, went, before = [], [], {stroke.id: stroke for stroke in removed}
    for stroke in added:
        old = before.get(stroke.id)
        if old is not None and _is_more_of(stroke, old):
            went.append((old, erased_bins(recording, stft, old, stroke)))
            del before[stroke.id]
        elif old is not None and _is_more_of(old, stroke):
            came.append((stroke, erased_bins(recording, stft, stroke, old)))
            del before[stroke.id]
        else:
            came.append((stroke, stroke_bins(recording, stft, stroke)))
    went += [(stroke, stroke_bins(recording, stft, stroke)) for stroke in before.values()]
    return came, went


def _is_more_of(one: Stroke, other: Stroke) -> bool:
    """Tell whether a stroke is another one of which more was erased."""
    n_before = len(other.erased)
    is_same = (one.source_id, one.shape) == (other.source_id, other.shape)
    return is_same and len(one.erased) > n_before and one.erased[:n_before] == other.erased


def _start_s(stroke: Stroke) -> float:
    return bounds(stroke.shape).start_s

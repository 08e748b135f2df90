"""What each stroke does: how much of the recording its source has with it, and without it."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

import numpy as np

from isnmf_gui.errors import Stopped
from isnmf_gui.session.document.component_factors import factors_of
from isnmf_gui.session.document.component_sounds import energies_of
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.document.guidance import Stroke
from isnmf_gui.session.document.memberships import (
    Array,
    counting,
    memberships_without,
    sharing_of,
)
from isnmf_gui.session.document.stroke_bins import stroke_bins, total_power
from isnmf_gui.session.runs.part_energies import SHARE
from isnmf_gui.session.runs.separation import stft_of
from isnmf_gui.spectral.labels import LEFT

#: A source with less than this share of the recording counts as if it had so much.
LEAST_SHARE = 1e-6


@dataclass(frozen=True)
class Effect:
    """What a stroke does for its source.

    Attributes
    ----------
    share : float
        How much of the recording's energy the source has.
    without : float
        How much it would have without the stroke.
    """

    share: float
    without: float

    @property
    def moved_db(self) -> float:
        """By how much the stroke raises its source."""
        now, then = max(self.share, LEAST_SHARE), max(self.without, LEAST_SHARE)
        return 10 * math.log10(now / then)


def effects_of(
    run: Run, stroke_ids: Collection[int], keep_on: Callable[[], bool] = lambda: True
) -> dict[int, Effect]:
    """Find what strokes do, each by leaving it out alone.

    Parameters
    ----------
    run : Run
        With strokes.
    stroke_ids : collection of int
        Those asked for.
    keep_on : callable, optional
        Asked before each whether to go on.

    Returns
    -------
    dict of int to Effect
        By the number of the stroke; none of those that do not count.

    Raises
    ------
    Stopped
        If `keep_on` said so.
    """
    return dict(_each(run, [it for it in counting(run) if it.id in stroke_ids], keep_on))


def _each(
    run: Run, strokes: list[Stroke], keep_on: Callable[[], bool]
) -> Iterator[tuple[int, Effect]]:
    sharing = sharing_of(run)
    if sharing is None or not strokes:
        return
    columns = {source.id: column for column, source in enumerate(run.all_sources)}
    energies = energies_of(run, SHARE)
    others = memberships_without(run, [it.id for it in strokes])
    for stroke in strokes:
        if not keep_on():
            raise Stopped
        column = columns[stroke.source_id]
        has = sharing.memberships[:, column]
        share = float(energies @ has) + _labelled(run, stroke, has)
        yield stroke.id, Effect(share, float(energies @ next(others)[:, column]))


def _labelled(run: Run, stroke: Stroke, has: Array) -> float:
    """Return what the source gets of the stroke's own bins beyond its share of the components."""
    recording, stft = run.separation.recording, stft_of(run.separation.settings)
    bins = stroke_bins(recording, stft, stroke)
    shared = np.clip(factors_of(run).shares_at(bins.frames, bins.bins) @ has, 0, 1)
    labelled = shared / np.maximum(shared + LEFT * (1 - shared), LEAST_SHARE)
    return float(bins.power @ (labelled - shared)) / (total_power(recording, stft) or 1.0)

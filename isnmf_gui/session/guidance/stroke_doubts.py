"""What is doubtful about strokes: where nothing dominates, and where they contradict one another.

A wrong stroke costs more than a missing one, so a person should hear of it. Nothing here changes
what strokes do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.session.document.document import Run
from isnmf_gui.session.document.guidance import Stroke
from isnmf_gui.session.guidance.memberships import counting, memberships_without, sharing_of
from isnmf_gui.session.guidance.stroke_bins import stroke_bins
from isnmf_gui.session.guidance.stroke_ledger import asked, n_asked_of
from isnmf_gui.session.runs.separation import stft_of

#: Where the largest source has less of a stroke than this, nothing dominates. On places where no
#: source is 3 dB above the others together it was less in two of five, on those where one is 12 dB
#: above them in one of ten.
LEAST_PURITY = 0.6
#: Of so many strokes each is judged by what the others say; of more it makes no difference.
MOST_LEFT_OUT = 64
#: Two strokes claim the same place if they share so much of what the smaller one labels.
LEAST_SHARED = 0.1
#: Of the strokes at one place each is compared with so many that follow it.
MOST_AT_ONCE = 8
#: Of all other strokes no more are compared with one that says the opposite of them.
MOST_COMPARED = 2000


@dataclass(frozen=True)
class Contradiction:
    """Two strokes of different sources that cannot both be right.

    Attributes
    ----------
    stroke, other : Stroke
        The two, in the order they were painted.
    shared : float
        How much of the energy that the smaller one labels both do, from 0 to 1; 0 where they are
        of different places with the same sound.
    """

    stroke: Stroke
    other: Stroke
    shared: float


def doubtful_strokes(run: Run) -> list[Stroke]:
    """Return the strokes on places where no source dominates, as far as the components tell.

    Parameters
    ----------
    run : Run
        With strokes or without.

    Returns
    -------
    list of Stroke
        Those that count and are not silent, in their order.
    """
    strokes = counting(run)
    if not strokes:
        return []
    said = _said(run, strokes)
    if len(strokes) > MOST_LEFT_OUT:
        parts = said @ _belongs(run)
    else:  # what a stroke itself says would make it look purer
        without = memberships_without(run, [stroke.id for stroke in strokes])
        parts = np.array([its @ others for its, others in zip(said, without, strict=True)])
    doubtful = (said.sum(axis=1) > 0) & (parts.max(axis=1) < LEAST_PURITY)
    return [stroke for stroke, is_so in zip(strokes, doubtful, strict=True) if is_so]


def contradictions(run: Run) -> list[Contradiction]:
    """Return the pairs of strokes that contradict one another.

    They label the same bins as different sources; or what a stroke is over belongs, once all
    strokes are heeded, to another source more than to its own, because of one that is over the
    same components.

    Parameters
    ----------
    run : Run
        With strokes or without.

    Returns
    -------
    list of Contradiction
        Each pair once, the earlier ones first.
    """
    strokes = counting(run)
    if not strokes:
        return []
    found = _opposed(run, strokes)
    found.update(_overlapping(run, strokes))
    return [
        Contradiction(strokes[a], strokes[b], shared) for (a, b), shared in sorted(found.items())
    ]


def _belongs(run: Run) -> NDArray[np.float64]:
    sharing = sharing_of(run)
    assert sharing is not None  # there are strokes that count
    return sharing.memberships


def _said(run: Run, strokes: Sequence[Stroke]) -> NDArray[np.float64]:
    """Return the share of each component in what each stroke labels, by its energy."""
    n_bins = n_asked_of(run, len(strokes))
    return np.array([asked(run, stroke, n_bins).share for stroke in strokes])


def _opposed(run: Run, strokes: Sequence[Stroke]) -> dict[tuple[int, int], float]:
    """Return strokes outvoted by another source, each with the one of it that is most like it."""
    columns = {source.id: column for column, source in enumerate(run.all_sources)}
    labels, said = np.array([columns[it.source_id] for it in strokes]), _said(run, strokes)
    parts = said @ _belongs(run)
    winners = parts.argmax(axis=1)
    every = np.arange(len(strokes))
    outvoted = np.flatnonzero(parts[every, winners] > 2 * parts[every, labels])
    found = {}
    for place in outvoted.tolist():
        rivals = np.flatnonzero(labels == winners[place])[-MOST_COMPARED:]
        if len(rivals):
            rival = int(rivals[np.argmax(said[rivals] @ said[place])])
            found[min(place, rival), max(place, rival)] = 0.0
    return found


def _overlapping(run: Run, strokes: Sequence[Stroke]) -> dict[tuple[int, int], float]:
    """Return strokes of different sources that label the same bins, and how much they share."""
    stft, recording = stft_of(run.separation.settings), run.separation.recording
    every = [stroke_bins(recording, stft, stroke) for stroke in strokes]
    totals = np.array([it.power.sum() for it in every])
    sources = np.array([stroke.source_id for stroke in strokes])
    places = np.concatenate([it.frames * stft.n_bins + it.bins for it in every])
    order = np.argsort(places, kind="stable")  # at one place in the order of the strokes
    places, power = places[order], np.concatenate([it.power for it in every])[order]
    owners = np.repeat(np.arange(len(strokes)), [len(it.power) for it in every])[order]
    pairs, energies = _meeting(places, owners, sources, power)
    found = {}
    for pair, energy in zip(pairs.tolist(), energies.tolist(), strict=True):
        first, second = divmod(pair, len(strokes))
        shared = energy / min(totals[first], totals[second])
        if shared >= LEAST_SHARED:
            found[first, second] = shared
    return found


def _meeting(
    places: NDArray[np.intp],
    owners: NDArray[np.intp],
    sources: NDArray[np.intp],
    power: NDArray[np.float64],
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return pairs of strokes at the same places, as one number each, and the energy there."""
    n, met, energies = len(sources), [np.zeros(0, np.intp)], [np.zeros(0)]
    for step in range(1, MOST_AT_ONCE + 1):
        first, second = owners[:-step], owners[step:]
        meet = (places[:-step] == places[step:]) & (sources[first] != sources[second])
        met.append(first[meet] * n + second[meet])
        energies.append(power[step:][meet])
    pairs, at = np.unique(np.concatenate(met), return_inverse=True)
    sums = np.zeros(len(pairs))
    np.add.at(sums, at, np.concatenate(energies))
    return pairs, sums

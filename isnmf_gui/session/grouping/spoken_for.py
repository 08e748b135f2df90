"""What strokes say of components in a few numbers, looked up once for each stroke."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.session.document.component_factors import factors_of
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.document.guidance import Stroke
from isnmf_gui.session.guidance.stroke_bins import MOST_REMEMBERED
from isnmf_gui.session.guidance.stroke_ledger import asked
from isnmf_gui.spectral import Factors

Array = NDArray[np.float64]

#: Of each stroke so many of its loudest bins are asked.
MOST_BINS = 2000

_known: WeakKeyDictionary[Factors, OrderedDict[Hashable, tuple[Array, Array]]] = WeakKeyDictionary()
_lock = threading.Lock()


@dataclass(frozen=True, eq=False)
class SpokenFor:
    """What strokes say.

    Attributes
    ----------
    shares : ndarray of float64, shape (n_strokes, n_components)
        Σ w φ over the bins of each.
    energies : ndarray of float64, like `shares`
        Σ X φ over them, as a share of the recording's energy.
    """

    shares: Array
    energies: Array


def spoken_for(run: Run, strokes: Sequence[Stroke]) -> SpokenFor:
    """Return what strokes say of the components of a run.

    Parameters
    ----------
    run : Run
        As it is now, edited or not.
    strokes : sequence of Stroke
        Some of its own.

    Returns
    -------
    SpokenFor
        Zeros for a stroke that covers nothing.
    """
    factors = factors_of(run)
    said = [_looked_up(run, factors, stroke) for stroke in strokes]
    shares, energies = np.reshape(said, (-1, 2, factors.n_parts)).transpose(1, 0, 2)
    return SpokenFor(shares, energies)


def _looked_up(run: Run, factors: Factors, stroke: Stroke) -> tuple[Array, Array]:
    key = stroke.shape, stroke.erased
    with _lock:
        known = _known.setdefault(factors, OrderedDict())
        found = known.get(key)
    if found is None:
        found = _found(run, stroke)
        with _lock:
            known[key] = found
            while len(known) > MOST_REMEMBERED:
                known.popitem(last=False)
    return found


def _found(run: Run, stroke: Stroke) -> tuple[Array, Array]:
    said = asked(run, stroke, MOST_BINS)
    return said.share, said.energy

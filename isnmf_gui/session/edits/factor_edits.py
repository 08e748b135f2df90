"""Edits of the parts themselves: merge, duplicate, delete, and changes of basis and activation.

Every edit takes a run and returns the run that comes of it. What shares the recording out among
the parts stays as it was, so no other part changes its sound: the residual takes the difference.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

import numpy as np
import scipy
from numpy.typing import NDArray

from isnmf_gui.errors import SettingsError
from isnmf_gui.session.document import numbers
from isnmf_gui.session.document.component_factors import terms_of
from isnmf_gui.session.document.document import Component, Run
from isnmf_gui.session.document.ids import new_ids
from isnmf_gui.session.edits.mix_edits import change
from isnmf_gui.session.runs.terms import Term
from isnmf_gui.texts import tr

#: Start and end in seconds.
Stretch = tuple[float, float]


def merge(run: Run, indices: Collection[int]) -> Run:
    """Make one component of several: it sounds as they do together.

    It stands in the place of the first of them, and keeps its name, colour, source and mix.

    Raises
    ------
    SettingsError
        If there are fewer than two.
    """
    merged = [component for component in run.components if component.index in indices]
    if len(merged) < 2:
        raise SettingsError(tr("Select at least two components to merge."))
    terms = tuple(term for component in merged for term in terms_of(run, component))
    first = merged[0]
    # Its own id: what is kept for one of the others must not be taken for it.
    whole = replace(first, id=new_ids(1)[0], terms=terms, like=None)
    kept = (whole if it is first else it for it in run.components if it not in merged[1:])
    return replace(run, components=tuple(kept))


def duplicate(run: Run, indices: Collection[int]) -> Run:
    """Add copies of components, each beside its original; what they add is in the mix twice."""
    result = run
    for index in sorted(indices):
        original = result.component(index)
        copy = replace(_beside(result, original), title=tr("{name} copy", name=original.name))
        place = result.components.index(original) + 1
        components = (*result.components[:place], copy, *result.components[place:])
        result = replace(result, components=components)
    return result


def delete(run: Run, indices: Collection[int]) -> Run:
    """Remove components; their energy is left to the residual."""
    return replace(run, components=tuple(it for it in run.components if it.index not in indices))


def replace_component(
    run: Run, index: int, parts: Sequence[tuple[Term, ...]], model: tuple[Term, ...] | None
) -> Run:
    """Put components made of terms in the place of one; the first keeps its name and number.

    Parameters
    ----------
    run : Run
        Whose component.
    index : int
        Of the component.
    parts : sequence of tuple of Term
        What the new ones are made of.
    model : tuple of Term, or None
        What shares the recording out from now on; None: what was fitted.

    Returns
    -------
    Run
        With the new ones where it was, in its source and mix.
    """
    original = run.component(index)
    result = replace(run, model=model)
    made: list[Component] = []
    for place, terms in enumerate(parts):
        part = _beside(result, original) if place else replace(original, id=new_ids(1)[0])
        title = f"{original.title} {place + 1}" if original.title else ""
        made.append(replace(part, title=title, terms=terms, like=None))
        result = replace(result, components=(*result.components, made[-1]))
    at = run.components.index(original)
    components = (*run.components[:at], *made, *run.components[at + 1 :])
    return replace(result, components=components)


def scale_stretch(run: Run, indices: Collection[int], stretch_s: Stretch, gain_db: float) -> Run:
    """Change the level of components within a stretch of time.

    Parameters
    ----------
    run : Run
        Whose components.
    indices : collection of int
        Which of them.
    stretch_s : (float, float)
        Start and end in seconds.
    gain_db : float
        By how much they are to sound louder; −inf mutes.

    Returns
    -------
    Run
        With the components changed.
    """
    # What is heard is proportional to the p-th root of what was edited.
    factor = 10 ** (gain_db / 20 * run.separation.settings.domain)
    frames = _frames(run, stretch_s)

    def scaled(term: Term) -> Term:
        activation = term.activation.copy()
        activation[frames] *= factor
        return term.edited(activation=activation)

    return _edit(run, indices, scaled)


def draw_activation(run: Run, index: int, first: int, levels: NDArray[np.floating]) -> Run:
    """Give a stretch of an activation other values.

    Parameters
    ----------
    run : Run
        Whose component.
    index : int
        Of the component.
    first : int
        The first frame.
    levels : ndarray, shape (n_frames_drawn,)
        Values for it and those that follow, in units of the activation that `shape_of` returns;
        not negative. What reaches beyond the end is left out. The terms of a merged component
        keep their proportions; where all of them are silent, they take those of the whole.

    Returns
    -------
    Run
        With the component changed.
    """
    terms = terms_of(run, run.component(index))
    levels = levels[: len(terms[0].activation) - first]
    frames = slice(first, first + len(levels))
    drawn = []
    for term, shares in zip(terms, _shares_of_level(terms, frames), strict=True):
        activation = term.activation.copy()
        activation[frames] = levels * shares
        drawn.append(term.edited(activation=activation))
    return change(run, [index], terms=tuple(drawn))


def smooth_activations(run: Run, indices: Collection[int], width_s: float) -> Run:
    """Even out activations over time.

    Parameters
    ----------
    run : Run
        Whose components.
    indices : collection of int
        Which of them.
    width_s : float
        Full width at half maximum of the Gaussian that they are smoothed with, in seconds.

    Returns
    -------
    Run
        With the components changed.
    """
    sigma = width_s / (2 * np.sqrt(2 * np.log(2))) / run.separation.grid.frame_s

    def smooth(term: Term) -> Term:
        return term.edited(
            activation=scipy.ndimage.gaussian_filter1d(term.activation, sigma, mode="nearest")
        )

    return _edit(run, indices, smooth)


def remove_band(run: Run, indices: Collection[int], low_hz: float, high_hz: float) -> Run:
    """Silence a band of frequencies in bases, both ends included.

    Parameters
    ----------
    run : Run
        Whose components.
    indices : collection of int
        Which of them.
    low_hz, high_hz : float
        Ends of the band in Hz.

    Returns
    -------
    Run
        With the components changed.
    """
    separation = run.separation
    hertz = separation.grid.bin_hz * np.arange(len(separation.factorization.basis))
    keeps = (hertz < low_hz) | (hertz > high_hz)
    return _edit(run, indices, lambda term: term.edited(basis=term.basis * keeps))


def restore(run: Run, indices: Collection[int]) -> Run:
    """Take back what was done to bases and activations; merged components stay merged."""
    return _edit(run, indices, lambda term: term.origin)


def _frames(run: Run, stretch_s: Stretch) -> slice:
    """Return the frames whose centres lie in a stretch, at least one."""
    first, last = (round(moment / run.separation.grid.frame_s) for moment in stretch_s)
    return slice(max(first, 0), max(last, first + 1))


def _shares_of_level(terms: Sequence[Term], frames: slice) -> NDArray[np.float64]:
    """Return by what the level of all terms together gives each one's, (n_terms, n_frames)."""
    activations = np.stack([term.activation[frames] for term in terms])
    if len(terms) == 1:
        return np.ones_like(activations)
    weights = np.array([term.basis.sum() for term in terms])
    usual = np.array([term.activation.sum() or term.origin.activation.sum() for term in terms])
    silent = weights @ activations < np.finfo(np.float32).tiny  # no proportions to be kept
    activations[:, silent] = usual[:, None]
    totals = weights @ activations
    shares: NDArray[np.float64] = activations / np.where(totals > 0, totals, 1)
    return shares


def _edit(run: Run, indices: Collection[int], edit: Callable[[Term], Term]) -> Run:
    def edited(component: Component) -> Component:
        terms = tuple(edit(term) for term in terms_of(run, component))
        return replace(component, terms=terms)

    components = tuple(edited(it) if it.index in indices else it for it in run.components)
    return replace(run, components=components)


def _beside(run: Run, like: Component) -> Component:
    """Return a component like another, with an id, a place, a number and a colour of its own."""
    used = {it.index for it in run.components}
    return replace(
        like,
        id=new_ids(1)[0],
        index=next(n for n in range(len(used) + 1) if n not in used),
        number=numbers.free([it.number for it in run.components]),
        color=1 + max(it.color for it in run.components),
        terms=terms_of(run, like),
    )

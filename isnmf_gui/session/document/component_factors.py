"""What the components of a run look like and are heard through, edited or not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from isnmf_gui.session.document.document import Component, Run
from isnmf_gui.session.runs.separation import Separation
from isnmf_gui.session.runs.terms import Array, Term, rank_one
from isnmf_gui.spectral import Factors
from isnmf_gui.spectral.pictures.grid import SILENT_REFERENCE


def is_edited(run: Run) -> bool:
    """Tell whether the parts themselves were edited: not only gains, names and sources."""
    return (
        run.model is not None
        or len(run.components) != run.separation.settings.n_bases
        or any(component.terms is not None for component in run.components)
    )


def terms_of(run: Run, component: Component) -> tuple[Term, ...]:
    """Return what a component is made of."""
    return component.terms or (run.separation.fitted[component.index],)


def model_of(run: Run) -> tuple[Term, ...]:
    """Return what shares the recording out among the parts."""
    return run.separation.fitted if run.model is None else run.model


def column_of(run: Run, component: Component) -> int | None:
    """Return the column of the basis that a component is, or was before it was edited."""
    if component.terms is None:
        return component.index
    return component.terms[0].origin.column if len(component.terms) == 1 else None


def by_column(run: Run) -> dict[int, Component]:
    """Return for each column of the basis the first component that has it, if one has."""
    components: dict[int, Component] = {}
    for component in run.components:
        for term in terms_of(run, component):
            if term.origin.column is not None:
                components.setdefault(term.origin.column, component)
    return components


def shape_of(run: Run, component: Component) -> tuple[Array, Array]:
    """Return a component's basis (n_bins,) and activation (n_frames,), to look at.

    A component that was merged has several; these stand for their sum.
    """
    return rank_one(terms_of(run, component))


def shapes_of(run: Run, components: Sequence[Component]) -> tuple[Array, Array]:
    """Return basis (n_bins, n) and activation (n, n_frames) of some components, to look at."""
    result = run.separation.factorization
    if not is_edited(run):
        columns = [component.index for component in components]
        return result.basis[:, columns], result.activation[columns]
    basis = np.empty((len(result.basis), len(components)))
    activation = np.empty((len(components), result.activation.shape[1]))
    for place, component in enumerate(components):
        basis[:, place], activation[place] = shape_of(run, component)
    return basis, activation


def factors_of(run: Run) -> Factors:
    """Return what the components are heard through; some 20 ms after an edit, then kept."""
    separation = run.separation
    if not is_edited(run):
        return separation.factors
    cache, like = separation.edited_factors, separation.factors
    model = like if run.model is None else cache.get(run.model, None, None, like)
    parts = [
        (term, component.index) for component in run.components for term in terms_of(run, component)
    ]
    if not parts:  # everything was deleted
        silence = Term(np.zeros(like.basis.shape[1]), np.zeros(len(like.activation)))
        return cache.get((silence,), (0,), model, like)
    terms, indices = zip(*parts, strict=True)
    return cache.get(terms, indices, model, like)


def factors_of_component(run: Run, component: Component) -> Factors:
    """Return what one component is made of, to be looked at."""
    like = run.separation.factors
    terms = terms_of(run, component)
    bases, activations = (
        np.array([getattr(term, name) for term in terms], like.basis.dtype)
        for name in ("basis", "activation")
    )
    return Factors(bases, np.ascontiguousarray(activations.T), like.domain)


def loudest_of(run: Run, component: Component) -> float:
    """Return the power of a component's loudest point: 0 dB in pictures of it.

    Of a component that was merged, the loudest point of the frames in which one of its terms is
    at its loudest.
    """
    terms = terms_of(run, component)
    if len(terms) == 1:
        return loudest(run.separation, terms[0].basis, terms[0].activation)
    frames = [int(term.activation.argmax()) for term in terms]
    sums = sum(np.outer(term.activation[frames], term.basis) for term in terms)
    return loudest(run.separation, np.asarray(sums), np.ones(1))


def loudest(separation: Separation, basis: Array, activation: Array) -> float:
    """Return the power of a component's loudest point: 0 dB in pictures of it.

    Its own, not the run's, since quiet components are to be seen too. In a silent recording
    there are only floors, and they stay dark.

    Parameters
    ----------
    separation : Separation
        Whose component.
    basis : ndarray, shape (n_bins,)
        t.
    activation : ndarray, shape (n_frames,)
        v.

    Returns
    -------
    float
        Power, positive.
    """
    if separation.recording.is_silent:
        return SILENT_REFERENCE
    peak = float(basis.max()) * float(activation.max())
    return float(peak ** (2 / separation.settings.domain)) or 1.0

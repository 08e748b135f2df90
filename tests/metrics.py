"""Measures of how well components or estimates recover known sources.

The measure throughout is the scale-invariant signal-to-distortion ratio (SI-SDR) of Le Roux,
Wisdom, Erdogan and Hershey, "SDR - half-baked or well done?", ICASSP 2019. Signals of several
channels are compared as one long vector: a wrong balance of the channels counts as distortion.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linear_sum_assignment

_CHUNK_SAMPLES = 65536

# The search works with a floor: the SI-SDR of a stem without components is minus infinity,
# which would hide whatever a move changes in the other stems.
_SEARCH_FLOOR_DB = -100.0
# Smallest rise of the mean SI-SDR that counts, so that rounding cannot move things for ever.
_SEARCH_TOLERANCE_DB = 1e-9


def si_sdr(estimate: ArrayLike, reference: ArrayLike) -> float:
    """Compute the scale-invariant signal-to-distortion ratio.

    With the reference s, the estimate e and a = <e, s> / <s, s>, it is
    10 log10(|a s|^2 / |a s - e|^2) (Le Roux et al. 2019, equation 3). Means are not removed.

    Parameters
    ----------
    estimate : array_like
        Shape (n_samples,) or (n_samples, n_channels); channels are flattened.
    reference : array_like
        Same shape, not silent.

    Returns
    -------
    float
        Ratio in dB; minus infinity for an estimate that is silent or orthogonal to the
        reference, infinity for an exact multiple of the reference.

    Raises
    ------
    ValueError
        If the shapes differ or the reference is silent.
    """
    estimate = np.asarray(estimate, dtype=np.float64)
    reference = np.asarray(reference, dtype=np.float64)
    if estimate.shape != reference.shape:
        raise ValueError(f"Shapes differ: {estimate.shape} and {reference.shape}.")
    estimate, reference = estimate.ravel(), reference.ravel()
    energy = reference @ reference
    if energy == 0.0:
        raise ValueError("The reference is silent.")
    target = (estimate @ reference / energy) * reference
    distortion = target - estimate
    return float(_ratio_db(target @ target, distortion @ distortion))


def si_sdr_improvement(estimate: ArrayLike, reference: ArrayLike, mixture: ArrayLike) -> float:
    """Compute by how much an estimate is closer to the reference than the mixture is.

    Parameters
    ----------
    estimate, reference, mixture : array_like
        Equal shapes, (n_samples,) or (n_samples, n_channels).

    Returns
    -------
    float
        SI-SDR of the estimate minus SI-SDR of the mixture, in dB.
    """
    return si_sdr(estimate, reference) - si_sdr(mixture, reference)


def oracle_grouping(components: ArrayLike, stems: ArrayLike) -> NDArray[np.intp]:
    """Assign components to stems so that the sums of the groups resemble the stems.

    Every component begins with the stem it correlates with best. Then single components move
    wherever this raises the mean SI-SDR over the stems, until no move does. The result is a local
    optimum. Only inner products enter, so that the search never adds signals.

    Parameters
    ----------
    components : array_like
        Shape (n_components, n_samples, n_channels).
    stems : array_like
        Shape (n_stems, n_samples, n_channels), none of them silent.

    Returns
    -------
    NDArray[np.intp]
        Shape (n_components,): the index of the stem of each component.

    Raises
    ------
    ValueError
        If the signals differ in shape or a stem is silent.
    """
    components, stems = _flatten(components), _flatten(stems)
    if components.shape[1] != stems.shape[1]:
        raise ValueError("Components and stems differ in length or number of channels.")
    stem_energies = _inner_products(stems, stems).diagonal()
    gram = _inner_products(components, components)
    return _search(gram, _to_unit_stems(_inner_products(components, stems), stem_energies))


def oracle_si_sdr_improvement(
    components: ArrayLike, stems: ArrayLike, mixture: ArrayLike
) -> NDArray[np.float64]:
    """Compute how much better than the mixture the best groups of components match the stems.

    Parameters
    ----------
    components : array_like
        Shape (n_components, n_samples, n_channels).
    stems : array_like
        Shape (n_stems, n_samples, n_channels), none of them silent.
    mixture : array_like
        Shape (n_samples, n_channels).

    Returns
    -------
    NDArray[np.float64]
        Shape (n_stems,): improvement of the SI-SDR in dB under `oracle_grouping`. Minus infinity
        for a stem that no component is left for.
    """
    components, stems = np.asarray(components), np.asarray(stems)
    assignment = oracle_grouping(components, stems)
    return np.array(
        [
            si_sdr_improvement(_sum_of(components, assignment == index), stem, mixture)
            for index, stem in enumerate(stems)
        ]
    )


def oracle_si_sdr_of_products(
    gram: ArrayLike, to_stems: ArrayLike, stem_energies: ArrayLike
) -> NDArray[np.float64]:
    """Compute how well the best groups match the stems, from inner products alone.

    For components that are rendered block by block and never kept.

    Parameters
    ----------
    gram : array_like
        Shape (n_components, n_components): products of the components with one another.
    to_stems : array_like
        Shape (n_components, n_stems): products of the components with the stems.
    stem_energies : array_like
        Shape (n_stems,): products of the stems with themselves, none of them zero.

    Returns
    -------
    NDArray[np.float64]
        Shape (n_stems,): the SI-SDR in dB under `oracle_grouping`. Minus infinity for a stem that
        no component is left for.

    Raises
    ------
    ValueError
        If a stem is silent.
    """
    gram = np.asarray(gram, dtype=np.float64)
    to_stems = _to_unit_stems(np.asarray(to_stems), np.asarray(stem_energies))
    energy, match = _energy_and_match(_search(gram, to_stems), gram, to_stems)
    return _ratio_db(*_target_and_distortion(energy, match))


def grouped_si_sdr_of_products(
    labels: ArrayLike, gram: ArrayLike, to_stems: ArrayLike, stem_energies: ArrayLike
) -> NDArray[np.float64]:
    """Compute how well given groups match the stems, from inner products alone.

    The groups do not say which stem they are: each is taken for the one that makes the mean SI-SDR
    the highest.

    Parameters
    ----------
    labels : array_like of int
        Shape (n_components,): the group of each component, 0 to n_stems - 1.
    gram, to_stems, stem_energies : array_like
        As for `oracle_si_sdr_of_products`.

    Returns
    -------
    NDArray[np.float64]
        Shape (n_stems,): the SI-SDR in dB; minus infinity for a stem whose group is empty.

    Raises
    ------
    ValueError
        If a stem is silent.
    """
    gram = np.asarray(gram, dtype=np.float64)
    to_stems = _to_unit_stems(np.asarray(to_stems), np.asarray(stem_energies))
    member = np.eye(to_stems.shape[1])[np.asarray(labels)]
    energy, match = np.sum(member * (gram @ member), axis=0), member.T @ to_stems
    # A row for each group, a column for each stem.
    figures = _ratio_db(*_target_and_distortion(energy[:, None], match))
    groups, stems = linear_sum_assignment(np.maximum(figures, _SEARCH_FLOOR_DB), maximize=True)
    return figures[groups, stems][np.argsort(stems)]


def _to_unit_stems(to_stems: NDArray, stem_energies: NDArray) -> NDArray[np.float64]:
    """Scale the stems to energy 1, so that the rows are correlations up to a factor."""
    if np.any(stem_energies == 0.0):
        raise ValueError("A stem is silent.")
    return to_stems / np.sqrt(stem_energies)


def _search(gram: NDArray, to_stems: NDArray) -> NDArray[np.intp]:
    """Assign components to stems, see `oracle_grouping`."""
    assignment = np.argmax(to_stems, axis=1)
    best, best_db = assignment, -np.inf
    while (reached_db := _mean_si_sdr(assignment, gram, to_stems)) > best_db:
        best, best_db = assignment.copy(), reached_db
        if not _improve_once(assignment, gram, to_stems):
            break
    # A group that empties leaves rounding errors that can feign a gain: such a pass is the last.
    return best


def _mean_si_sdr(assignment: NDArray, gram: NDArray, to_stems: NDArray) -> float:
    """Mean SI-SDR of the groups in dB, made afresh."""
    return float(_group_si_sdr(*_energy_and_match(assignment, gram, to_stems)).mean())


def _energy_and_match(
    assignment: NDArray, gram: NDArray, to_stems: NDArray
) -> tuple[NDArray, NDArray]:
    """Energies of the groups, and their products with the unit stems."""
    member = np.eye(to_stems.shape[1])[assignment]
    return np.sum(member * (gram @ member), axis=0), np.sum(member * to_stems, axis=0)


def _improve_once(assignment: NDArray, gram: NDArray, to_stems: NDArray) -> bool:
    """Offer every component a move, change ``assignment`` in place, tell whether any moved."""
    n_stems = to_stems.shape[1]
    member = np.eye(n_stems)[assignment]
    # Afresh in each pass, so that the rounding errors of the updates do not add up.
    to_groups = gram @ member
    energy = np.sum(member * to_groups, axis=0)
    match = np.sum(member * to_stems, axis=0)
    moved = False
    for k, source in enumerate(assignment):
        # Row j: what the energies and matches become when component k moves to group j.
        step = np.eye(n_stems)
        step[:, source] -= 1.0
        new_energy = energy + 2.0 * step * to_groups[k] + np.abs(step) * gram[k, k]
        # Leaving and entering touch different groups; staying (row `source`) changes nothing.
        new_match = match + step * to_stems[k]
        mean_db = _group_si_sdr(new_energy, new_match).mean(axis=1)
        best = int(np.argmax(mean_db))
        if mean_db[best] > mean_db[source] + _SEARCH_TOLERANCE_DB:
            energy, match = new_energy[best], new_match[best]
            to_groups += np.outer(gram[:, k], step[best])
            assignment[k] = best
            moved = True
    return moved


def _group_si_sdr(energy: NDArray, match: NDArray) -> NDArray[np.float64]:
    """SI-SDR in dB from the energies of estimates and their products with unit references."""
    return np.maximum(_ratio_db(*_target_and_distortion(energy, match)), _SEARCH_FLOOR_DB)


def _target_and_distortion(energy: NDArray, match: NDArray) -> tuple[NDArray, NDArray]:
    """Split energies into what matches and the rest, which rounding may not make negative."""
    target = match**2
    return target, np.maximum(energy - target, 1e-15 * np.abs(energy))


def _ratio_db(target: ArrayLike, distortion: ArrayLike) -> NDArray[np.float64]:
    """10 log10 of a ratio of energies; minus infinity where the target is 0, whatever else."""
    target, distortion = np.asarray(target), np.asarray(distortion)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio_db = 10.0 * (np.log10(target) - np.log10(distortion))
    return np.where(target > 0.0, ratio_db, -np.inf)


def _flatten(signals: ArrayLike) -> NDArray:
    """Lay the channels of every signal out in one row."""
    signals = np.asarray(signals)
    return signals.reshape(signals.shape[0], -1)


def _inner_products(left: NDArray, right: NDArray) -> NDArray[np.float64]:
    """Inner products of all rows, in double precision without a copy of the whole input."""
    products = np.zeros((left.shape[0], right.shape[0]))
    for start in range(0, left.shape[1], _CHUNK_SAMPLES):
        chunk = slice(start, start + _CHUNK_SAMPLES)
        products += left[:, chunk].astype(np.float64) @ right[:, chunk].astype(np.float64).T
    return products


def _sum_of(components: NDArray, chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Sum of the chosen components, silent if there are none."""
    total = np.zeros(components.shape[1:])
    for component in components[chosen]:
        total += component
    return total

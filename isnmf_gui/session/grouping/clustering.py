"""Grouping components by how alike they are: k-means, and how distinct its groups are."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import scipy
from numpy.typing import NDArray

Array = NDArray[np.float64]

#: Starts of k-means, of which the best counts.
N_STARTS = 30
#: The loudest component counts as so many, in k-means; the faintest as one.
MOST_COPIES = 20
#: Axes that k-means sees at least.
LEAST_AXES = 3


def embedded(alike: Array, n_groups: int) -> Array:
    """Return points (n_components, n_axes) whose products are how alike components are.

    They are the first principal components: one less than there are groups spans the centres of
    k-means (Ding and He, "K-means clustering via principal component analysis", ICML 2004), and
    the others are what varies within a group. Fewer than three turned out to be too few.
    """
    centred = alike - alike.mean(axis=0) - alike.mean(axis=1)[:, None] + alike.mean()
    values, vectors = np.linalg.eigh(centred)
    values, vectors = values[::-1], vectors[:, ::-1]
    n_axes = max(n_groups - 1, LEAST_AXES)
    points: Array = vectors[:, :n_axes] * np.sqrt(np.maximum(values[:n_axes], 0))
    return points


def k_means(
    points: Array,
    loudness: Array,
    n_groups: int,
    rng: np.random.Generator,
    meter: Callable[[float], None] | None = None,
) -> NDArray[np.intp]:
    """Group points; loud ones count for more, which decides the centres.

    Parameters
    ----------
    points : ndarray, shape (n_points, n_axes)
        What to group.
    loudness : ndarray, shape (n_points,)
        Weights.
    n_groups : int
        How many.
    rng : numpy.random.Generator
        Of the starts, of which the best counts.
    meter : callable, optional
        Told the share done (0 to 1) before each start; may raise to stop.

    Returns
    -------
    ndarray of int, shape (n_points,)
        The group of each, from 0.
    """
    _, first, inverse = np.unique(points.round(6), axis=0, return_index=True, return_inverse=True)
    if len(first) <= n_groups:  # with no more points than groups there is nothing to search
        return inverse.reshape(-1)
    n_copies = np.ceil(MOST_COPIES * np.sqrt(loudness / loudness.max())).astype(int)
    copies = np.repeat(points, n_copies, axis=0)
    best, least = np.arange(len(points)) % n_groups, np.inf
    for start in range(N_STARTS):
        if meter is not None:
            meter(start / N_STARTS)
        try:
            centres, labels = scipy.cluster.vq.kmeans2(
                copies, n_groups, 30, minit="++", missing="raise", seed=rng
            )
        except scipy.cluster.vq.ClusterError:  # a group was left empty: the next start
            continue
        distortion = ((copies - centres[labels]) ** 2).sum()
        if distortion < least:
            best, least = labels[np.cumsum(n_copies) - 1].astype(np.intp), distortion
    return best


def silhouettes(alike: Array, labels: NDArray[np.intp]) -> Array:
    """Return how much nearer each component is to its own group than to the next one.

    After Rousseeuw, "Silhouettes: a graphical aid to the interpretation and validation of cluster
    analysis", Journal of Computational and Applied Mathematics, 1987.

    Parameters
    ----------
    alike : ndarray, shape (n_components, n_components)
        Products of the components, as points in a space.
    labels : ndarray of int, shape (n_components,)
        Their groups.

    Returns
    -------
    ndarray of float64, shape (n_components,)
        From -1 to 1; 0 for a component that is a group of its own.
    """
    lengths = alike.diagonal()
    distances = np.sqrt(np.maximum(lengths + lengths[:, None] - 2 * alike, 0))
    member = labels[:, None] == np.unique(labels)
    if member.shape[1] < 2:
        return np.zeros(len(labels))
    sizes = member.sum(axis=0)
    sums = distances @ member
    own_size = (member @ sizes).astype(np.float64)
    own = sums[member] / np.maximum(own_size - 1, 1)
    other = np.where(member, np.inf, sums / sizes).min(axis=1)
    scale = np.maximum(own, other)
    result = np.divide(other - own, scale, out=np.zeros_like(own), where=scale > 0)
    alone: Array = np.where(own_size > 1, result, 0.0)
    return alone


def without_empty(labels: NDArray[np.intp], n_groups: int) -> NDArray[np.intp]:
    """Give every group a component: the last one of the largest group.

    Parameters
    ----------
    labels : ndarray of int, shape (n_components,)
        Group of each component, from 0.
    n_groups : int
        How many groups there are to be.

    Returns
    -------
    ndarray of int, like `labels`
        A copy in which every group occurs.
    """
    labels = labels.copy()
    for group in range(n_groups):
        if not np.any(labels == group):
            largest = np.bincount(labels).argmax()
            labels[np.flatnonzero(labels == largest)[-1]] = group
    return labels


def numbered(labels: NDArray[np.intp]) -> NDArray[np.intp]:
    """Give groups numbers in the order in which they appear.

    Parameters
    ----------
    labels : ndarray of int, shape (n_components,)
        Group of each component, from 0.

    Returns
    -------
    ndarray of int, like `labels`
        0 for the group of the first component, and so on.
    """
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    numbers: NDArray[np.intp] = first.argsort().argsort()[inverse]
    return numbers

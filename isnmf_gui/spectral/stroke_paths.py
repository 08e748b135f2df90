"""What a hand draws, with as few points as say the same."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.spectral.strokes import TIP_S

#: A path may lie off by this share of the height of its brush, and of what it marks at once.
TOLERANCE = 0.1
#: No path has more points: a hand that draws so much does not mean each of them.
MOST_POINTS = 2000

Point = tuple[float, float]


def simplified(points: Sequence[Point], octaves: float) -> tuple[Point, ...]:
    """Return the points of a path that matter, by Douglas and Peucker's rule.

    Parameters
    ----------
    points : sequence of (float, float)
        Seconds and Hz, in the order they were drawn.
    octaves : float
        Height of the brush.

    Returns
    -------
    tuple of (float, float)
        Some of the points, the first and the last among them. What was left out lies nearer to
        the path than a tenth of what the brush covers.
    """
    if len(points) < 3:
        return tuple(dict.fromkeys(points))
    scaled = np.array(points, dtype=np.float64)
    scaled[:, 1] = np.log2(scaled[:, 1]) / (TOLERANCE * octaves)
    scaled[:, 0] /= TOLERANCE * TIP_S
    limit = 1.0
    kept = _kept(scaled, limit)
    while kept.sum() > MOST_POINTS:
        limit *= 2
        kept = _kept(scaled, limit)
    chosen = [points[place] for place in np.flatnonzero(kept).tolist()]
    return tuple(chosen[:1] if len(set(chosen)) == 1 else chosen)


def _kept(points: NDArray[np.float64], limit: float) -> NDArray[np.bool_]:
    """Tell which points are needed for all others to lie within a limit."""
    kept = np.zeros(len(points), np.bool_)
    kept[[0, -1]] = True
    stretches = [(0, len(points) - 1)]
    while stretches:
        first, last = stretches.pop()
        if last - first < 2:
            continue
        away = _distances(points[first + 1 : last], points[first], points[last])
        farthest = first + 1 + int(away.argmax())
        if away.max() > limit:
            kept[farthest] = True
            stretches += [(first, farthest), (farthest, last)]
    return kept


def _distances(
    points: NDArray[np.float64], begin: NDArray[np.float64], end: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how far points are from a line between two others."""
    along = end - begin
    length = float(along @ along)
    shares = np.clip((points - begin) @ along / length, 0, 1) if length else np.zeros(len(points))
    return np.asarray(np.hypot(*(points - begin - shares[:, None] * along).T))

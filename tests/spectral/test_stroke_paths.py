"""What a hand drew keeps its form with few points."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isnmf_gui.spectral.stroke_paths import MOST_POINTS, TOLERANCE, simplified
from isnmf_gui.spectral.strokes import TIP_S

place = st.tuples(st.floats(0, 20, allow_nan=False), st.floats(30, 10_000, allow_nan=False))


def away(points, path, octaves: float) -> float:
    """How far the farthest point lies from a path, in parts of what the brush covers."""
    scale = np.array([TIP_S, octaves])
    points, path = (np.array([(t, np.log2(f)) for t, f in it]) / scale for it in (points, path))
    nearest = []
    for point in points:
        distances = [np.hypot(*(point - path[0]))]
        for begin, end in pairwise(path):
            along = end - begin
            share = np.clip((point - begin) @ along / max(along @ along, 1e-300), 0, 1)
            distances.append(np.hypot(*(point - begin - share * along)))
        nearest.append(min(distances))
    return max(nearest)


@given(st.lists(place, min_size=1, max_size=15), st.sampled_from([1 / 8, 1 / 2, 4.0]))
def test_what_is_left_out_lies_near_the_path(points, octaves) -> None:
    path = simplified(points, octaves)
    assert set(path) <= set(points)
    assert path[0] == points[0]
    assert away(points, path, octaves) <= TOLERANCE + 1e-6


def test_a_long_straight_stroke_has_two_points() -> None:
    points = [(t, 440 * 2.0 ** (t / 10)) for t in np.linspace(0, 10, 3000).tolist()]
    assert simplified(points, 0.25) == (points[0], points[-1])


def test_a_wave_has_as_many_as_it_needs() -> None:
    points = [(t, 440 * 2 ** (0.5 * np.sin(6 * t))) for t in np.linspace(0, 10, 5000).tolist()]
    assert 60 < len(simplified(points, 0.25)) < 400
    assert len(simplified(points, 4.0)) > 10  # the brush is high, but marks 40 ms at once


def test_a_dab_is_one_point_however_often_it_is_made() -> None:
    assert simplified([(1.0, 440.0)] * 2, 0.25) == ((1.0, 440.0),)
    assert simplified([(1.0, 440.0)] * 9, 0.25) == ((1.0, 440.0),)


def test_there_and_back_is_no_dab() -> None:
    there = [(t, 440.0) for t in np.linspace(0, 1, 50).tolist()]
    path = simplified(there + there[::-1], 0.25)
    assert max(t for t, _ in path) == pytest.approx(1, abs=TIP_S * TOLERANCE)


def test_no_path_has_points_without_end() -> None:
    rng = np.random.default_rng(1)
    points = list(zip(rng.uniform(0, 600, 4000), rng.uniform(30, 9000, 4000), strict=True))
    assert len(simplified([(float(t), float(f)) for t, f in points], 1 / 8)) <= MOST_POINTS

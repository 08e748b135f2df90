"""Groups of points: how distinct they are, their numbers, and none of them empty."""

import numpy as np
import pytest

from isnmf_gui.session.grouping.clustering import (
    embedded,
    k_means,
    numbered,
    silhouettes,
    without_empty,
)


def test_loud_points_decide_where_the_groups_lie() -> None:
    points = np.array([[0.0], [1.0], [2.0]])
    rng = np.random.default_rng(0)
    groups = [
        numbered(k_means(points, np.array(loudness), 2, rng)).tolist()
        for loudness in ([1, 1, 400], [400, 1, 1])
    ]
    assert groups == [[0, 0, 1], [0, 1, 1]]


def test_points_of_an_embedding_are_as_far_apart_as_they_were() -> None:
    points = np.random.default_rng(1).standard_normal((6, 2))
    found = embedded(points @ points.T, 2)
    for one in (points, found):
        one -= one.mean(axis=0)
    assert found @ found.T == pytest.approx(points @ points.T)


def test_numbers_follow_the_order_of_appearance() -> None:
    assert numbered(np.array([4, 4, 0, 2, 0])).tolist() == [0, 0, 1, 2, 1]


def test_an_empty_group_gets_the_last_one_of_the_largest() -> None:
    assert without_empty(np.array([0, 0, 0, 2]), 3).tolist() == [0, 0, 1, 2]


def test_silhouettes_of_points_on_a_line() -> None:
    points = np.array([[0.0], [1.0], [10.0], [4.0]])
    found = silhouettes(points @ points.T, np.array([0, 0, 1, 2]))
    # a = 1 in the own group; the next one is at 4 and at 3.
    assert found == pytest.approx([3 / 4, 2 / 3, 0.0, 0.0])

"""Places that were marked, and the bins that they cover."""

import numpy as np
import pytest

from isnmf_gui.spectral.pictures.grid import Grid
from isnmf_gui.spectral.strokes import Box, Path, energetic, rasterized

GRID = Grid(0.01, 20.0)
N_FRAMES, N_BINS = 100, 50


def covered(shape, *erased) -> np.ndarray:
    raster = rasterized(shape, erased, GRID, N_FRAMES, N_BINS)
    whole = np.zeros((N_FRAMES, N_BINS), bool)
    whole[:, raster.bins] = raster.within(0, N_FRAMES)
    return whole


def test_a_box_covers_the_frames_and_bins_within() -> None:
    expected = np.zeros((N_FRAMES, N_BINS), bool)
    expected[10:20, 5:10] = True
    np.testing.assert_array_equal(covered(Box(0.1, 0.2, 100, 200)), expected)


def test_boxes_that_touch_share_no_bin_and_leave_none_out() -> None:
    one, other = covered(Box(0.1, 0.25, 90, 170)), covered(Box(0.25, 0.4, 90, 170))
    assert not (one & other).any()
    np.testing.assert_array_equal(one | other, covered(Box(0.1, 0.4, 90, 170)))


@pytest.mark.parametrize("box", [Box(0.101, 0.102, 101, 102), Box(0.2, 0.2, 300, 300)])
def test_the_smallest_box_covers_one_bin(box) -> None:
    assert covered(box).sum() == 1


@pytest.mark.parametrize(
    "shape",
    [
        Box(-5, -1, 100, 200),
        Box(5, 9, 100, 200),
        Box(0, 1, 5000, 9000),
        Box(0, 1, -300, -100),
        Path(((50.0, 440.0),), 0.25),
    ],
)
def test_what_lies_outside_covers_nothing(shape) -> None:
    assert not covered(shape).any()


def test_a_box_over_everything_covers_everything() -> None:
    assert covered(Box(-9, 1e6, -9, 1e6)).all()


def test_what_is_erased_is_covered_no_more() -> None:
    left = covered(Box(0.1, 0.4, 100, 400), Box(0.2, 0.3, 0, 1000))
    expected = covered(Box(0.1, 0.4, 100, 400)) & ~covered(Box(0.2, 0.3, 0, 1000))
    np.testing.assert_array_equal(left, expected)
    assert not covered(Box(0.1, 0.2, 100, 200), Box(0, 1, 0, 1000)).any()


def test_a_brush_covers_its_path_as_high_as_it_is() -> None:
    seen = covered(Path(((0.2, 400.0), (0.6, 400.0)), 1.0))
    frames = np.flatnonzero(seen.any(axis=1))
    assert (frames[0], frames[-1]) == (18, 61)  # the tip is as wide as four frames
    assert set(np.flatnonzero(seen[40])) == set(range(15, 29))  # 283 to 566 Hz


def test_a_line_that_rises_rises_by_octaves() -> None:
    seen = covered(Path(((0.2, 100.0), (0.6, 400.0)), 0.25))
    middle = np.flatnonzero(seen[40])
    assert abs(middle.mean() * 20 - 200) < 25


def test_overtones_are_covered_too() -> None:
    seen = covered(Path(((0.2, 200.0), (0.6, 200.0)), 0.125, 4))
    assert set(np.flatnonzero(seen[40])) >= {10, 20, 30, 40}
    assert not seen[40, [15, 25, 35]].any()


def test_a_quick_hand_leaves_no_gaps() -> None:
    seen = covered(Path(((0.05, 100.0), (0.95, 120.0)), 0.5))
    assert seen[5:95].any(axis=1).all()
    up = covered(Path(((0.5, 40.0), (0.5, 900.0)), 0.25))
    assert up[50, 2:45].all()


def test_another_transform_is_covered_anew() -> None:
    box = Box(0.1, 0.3, 200, 400)
    coarse = rasterized(box, (), Grid(0.02, 10.0), 50, 100)
    assert (coarse.first, coarse.last, coarse.bins) == (5, 15, slice(20, 40))
    assert coarse.within(5, 15).all()


def test_the_loudest_bins_are_what_a_stroke_says() -> None:
    power = np.full(50, 1e-3)
    power[[12, 31]] = 3.5, 6.0
    assert energetic(power, power.sum()).tolist() == [31, 12]
    assert energetic(power, 100.0).tolist()[:3] == [31, 12, 0]  # there is more than is listed
    assert len(energetic(power, 100.0)) == 50


def test_silence_says_nothing() -> None:
    assert len(energetic(np.zeros(4), 0.0)) == 0

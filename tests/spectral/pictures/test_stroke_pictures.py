"""Pixels of strokes are those that the strokes cover, at any zoom and on both axes."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.ndimage import binary_dilation

from isnmf_gui.spectral.pictures.grid import Grid
from isnmf_gui.spectral.pictures.stroke_pictures import (
    Sheet,
    covered,
    extent,
    in_sight,
    lines_at,
    lines_of,
)
from isnmf_gui.spectral.strokes import TIP_S, Box, Path, rasterized

LOG = Sheet(0.0, 2.0, 30.0, 4000.0, 80, 60, True)
LINEAR = Sheet(0.5, 1.5, 100.0, 2000.0, 70, 50, False)
ZIGZAG = Path(((0.3, 200.0), (0.5, 400.0), (0.4, 1000.0), (1.5, 900.0)), 0.5, 2)
SHAPES = (ZIGZAG, Box(0.2, 0.9, 100.0, 300.0), Path(((1.0, 440.0),), 0.25))

moments, hertz = st.floats(-1, 3, allow_nan=False), st.floats(1, 8000, allow_nan=False)
boxes = st.tuples(moments, moments, hertz, hertz).map(
    lambda it: Box(min(it[:2]), max(it[:2]), min(it[2:]), max(it[2:]))
)
paths = st.builds(
    Path,
    st.lists(st.tuples(moments, hertz), min_size=1, max_size=5).map(tuple),
    st.sampled_from([1 / 8, 0.5, 2.0]),
    st.integers(1, 3),
)


def whole(sheet: Sheet) -> tuple[slice, slice]:
    return slice(0, sheet.height), slice(0, sheet.width)


def places(sheet: Sheet) -> tuple[np.ndarray, np.ndarray]:
    """Moments and octaves of the middles of all pixels."""
    times = sheet.start_s + (np.arange(sheet.width) + 0.5) / sheet.width * (
        sheet.stop_s - sheet.start_s
    )
    shares = (np.arange(sheet.height) + 0.5) / sheet.height
    if sheet.logarithmic:
        low, high = np.log2([sheet.low_hz, sheet.high_hz])
        return times, low + shares * (high - low)
    return times, np.log2(sheet.low_hz + shares * (sheet.high_hz - sheet.low_hz))


def pixel_by_pixel(shape, sheet: Sheet) -> np.ndarray:
    """Ask for each pixel whether its middle is covered, with a definition that is as plain."""
    times, octaves = places(sheet)
    mask = np.zeros((sheet.height, sheet.width), bool)
    for row, octave in enumerate(octaves):
        for column, time_s in enumerate(times):
            mask[row, column] = _covers(shape, time_s, octave)
    return mask


def _covers(shape, time_s: float, octave: float) -> bool:
    if isinstance(shape, Box):
        low, high = np.log2([shape.low_hz, shape.high_hz])
        return shape.start_s <= time_s <= shape.stop_s and low <= octave <= high
    points = shape.points if len(shape.points) > 1 else shape.points * 2
    shares = np.linspace(0, 1, 1001)
    for partial in range(1, shape.n_partials + 1):
        for (t0, f0), (t1, f1) in pairwise(points):
            along_s = t0 + shares * (t1 - t0)
            along = np.log2(partial * f0) + shares * np.log2(f1 / f0)
            near = np.abs(along_s - time_s) <= TIP_S / 2
            if np.any(near & (np.abs(along - octave) <= shape.octaves / 2)):
                return True
    return False


@pytest.mark.parametrize("sheet", [LOG, LINEAR], ids=["log", "linear"])
@pytest.mark.parametrize("shape", SHAPES, ids=["path", "box", "dab"])
def test_pixels_are_those_whose_middles_are_covered(shape, sheet) -> None:
    mask = covered(lines_of([shape]).numbers, sheet, whole(sheet)).mask
    expected = pixel_by_pixel(shape, sheet)
    assert mask.any()
    assert np.count_nonzero(mask != expected) <= 2  # which the plain definition samples


@given(st.lists(st.one_of(boxes, paths), min_size=1, max_size=4), st.sampled_from([LOG, LINEAR]))
def test_a_picture_is_the_union_of_the_pictures_of_its_lines(shapes, sheet) -> None:
    together = covered(lines_of(shapes).numbers, sheet, whole(sheet)).mask
    alone = [covered(lines_of([it]).numbers, sheet, whole(sheet)).mask for it in shapes]
    assert np.array_equal(together, np.any(alone, axis=0))


@given(st.one_of(boxes, paths), st.sampled_from([LOG, LINEAR]), st.integers(0, 5))
def test_what_is_cut_out_around_lines_holds_all_of_them(shape, sheet, margin) -> None:
    lines = lines_of([shape]).numbers
    full = covered(lines, sheet, whole(sheet)).mask
    patch = covered(lines, sheet, extent(lines, sheet, margin))
    placed = np.zeros_like(full)
    height, width = patch.mask.shape
    placed[patch.row : patch.row + height, patch.column : patch.column + width] = patch.mask
    assert np.array_equal(placed, full)
    assert full.any() <= in_sight(lines, sheet).any()


def test_what_is_seen_is_what_is_labelled() -> None:
    """A pixel for each frame and bin shows the bins that the stroke labels."""
    grid, n_frames, n_bins = Grid(0.01, 20.0), 150, 120
    sheet = Sheet(-0.005, 1.495, -10.0, 2390.0, n_frames, n_bins, False)
    for shape in SHAPES:
        mask = covered(lines_of([shape]).numbers, sheet, whole(sheet)).mask
        raster = rasterized(shape, (), grid, n_frames, n_bins)
        labelled = np.zeros((n_frames, n_bins), bool)
        labelled[:, raster.bins] = raster.within(0, n_frames)
        # Frames and bins begin somewhere within those at the rim.
        assert not np.any(labelled & ~binary_dilation(mask.T, np.ones((3, 3))))
        assert not np.any(mask.T & ~binary_dilation(labelled, np.ones((3, 3))))


def test_what_is_thinner_than_a_pixel_is_seen() -> None:
    hour = Sheet(0.0, 3600.0, 30.0, 20_000.0, 500, 40, True)
    for shape in (Box(100.0, 100.0, 440.0, 440.0), Path(((5.0, 440.0), (5.01, 441.0)), 1 / 8)):
        assert covered(lines_of([shape]).numbers, hour, whole(hour)).mask.sum() >= 1


def test_a_box_goes_down_to_nothing() -> None:
    mask = covered(lines_of([Box(0.0, 9.0, 0.0, 300.0)]).numbers, LINEAR, whole(LINEAR)).mask
    assert mask[0].all()
    assert not mask[-1].any()


def test_lines_at_a_place_are_found_with_some_slack() -> None:
    lines = lines_of([Box(1.0, 2.0, 100.0, 200.0), ZIGZAG, Path(((1.5, 150.0),), 0.25)])
    at = np.log2(150.0)
    owners = lines.owners[lines_at(lines.numbers, 1.51, at, 0.0, 0.0)]
    assert owners.tolist() == [0, 2]
    outside = lines_at(lines.numbers, 2.01, at, 0.0, 0.0)
    assert not outside.any()
    assert lines_at(lines.numbers, 2.01, at, 0.02, 0.0).any()


def test_shapes_can_follow_others() -> None:
    first, second = lines_of([SHAPES[0], SHAPES[1]]), lines_of([SHAPES[2]])
    together = first.and_then(second, 2)
    at_once = lines_of(SHAPES)
    assert np.array_equal(together.numbers, at_once.numbers)
    assert np.array_equal(together.owners, at_once.owners)


def test_no_shapes_are_no_lines() -> None:
    none = lines_of([])
    assert none.numbers.shape == (0, 6)
    assert not in_sight(none.numbers, LOG).any()

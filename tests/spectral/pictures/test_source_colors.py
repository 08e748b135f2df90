"""Colours of sources: hue by source, brightness by level, strength by certainty."""

import colorsys

import numpy as np
import pytest

from isnmf_gui.spectral.pictures.source_colors import (
    N_LEVELS,
    is_on_paper,
    source_table,
    table_places,
)
from isnmf_gui.spectral.pictures.source_pictures import N_STEPS, Winners

TEAL, ORANGE = (95, 208, 227), (180, 83, 10)
GREY = (184, 184, 196)


def table(on_paper: bool = False) -> np.ndarray:
    made = source_table((TEAL, ORANGE, GREY, None), on_paper)
    return made.reshape(4, N_STEPS, N_LEVELS, 3)


def hue(color) -> float:
    return 360 * colorsys.rgb_to_hsv(*(np.asarray(color) / 255))[0]


def saturation(color) -> float:
    return float(np.max(color)) - float(np.min(color))


@pytest.mark.parametrize("on_paper", [False, True])
def test_the_hue_is_the_source(on_paper) -> None:
    made = table(on_paper)
    for source, color in enumerate((TEAL, ORANGE)):
        for level in (100, 180, 255):
            assert hue(made[source, -1, level]) == pytest.approx(hue(color), abs=25)


@pytest.mark.parametrize("on_paper", [False, True])
def test_brightness_is_the_level(on_paper) -> None:
    made = table(on_paper).astype(int).sum(axis=-1)
    steps = np.diff(made, axis=-1)
    assert (steps <= 2).all() if on_paper else (steps >= -2).all()
    assert abs(made[..., -1] - made[..., 0]).min() > 200


def test_what_is_unsure_or_belongs_to_none_is_grey() -> None:
    made = table()
    for color in (*made[:, 0, 200], *made[3, :, 200], *made[2, :, 200]):
        assert saturation(color) <= 1
    strength = [saturation(made[0, step, 200]) for step in range(N_STEPS)]
    assert strength == sorted(strength)
    assert strength[-1] > 60


def test_places_are_those_of_the_table() -> None:
    shares = np.array([[1.0, 0.25], [1.0, 0.0]], np.float32)
    winners = Winners(np.array([[1, 0], [3, 2]], np.uint8), shares)
    levels = np.array([[200, 255], [0, 7]], np.uint8)
    made = table()
    colors = made.reshape(-1, 3)[table_places(winners, levels, 4)]
    assert (colors[0, 0] == made[1, -1, 200]).all()
    assert (colors[0, 1] == made[0, 0, 255]).all()
    assert (colors[1, 0] == made[3, -1, 0]).all()
    assert (colors[1, 1] == made[2, 0, 7]).all()


def test_only_paper_is_bright_where_it_is_quiet() -> None:
    assert is_on_paper("ink")
    assert not is_on_paper("ember")

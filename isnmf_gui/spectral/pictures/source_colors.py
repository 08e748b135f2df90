"""The colours of a picture of sources: hue by source, brightness by level, strength by certainty.

A table holds them all: for each source, certainty and level one. So such a picture is drawn like
any other, by looking colours up.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.spectral.pictures.colormap import LAB_TO_LMS, LMS_TO_RGB, MAPS, oklch_to_srgb
from isnmf_gui.spectral.pictures.source_pictures import N_STEPS, Winners

N_LEVELS = 256
# The loudest is not white, nor black on paper: there would be no hue to be told.
LOUDEST, LOUDEST_ON_PAPER = 0.84, 0.42
# Hues are told apart at this chroma; what has less than the least is grey, and stays so.
CHROMA, LEAST_CHROMA = 0.14, 0.03

Color = tuple[int, int, int]


def is_on_paper(map_name: str) -> bool:
    """Tell whether in a colour map of `MAPS` the quiet is bright, and the loud dark."""
    return MAPS[map_name].quietest > MAPS[map_name].loudest


@lru_cache(maxsize=4)
def source_table(colors: tuple[Color | None, ...], on_paper: bool) -> NDArray[np.uint8]:
    """Return the colours of a picture of sources.

    Parameters
    ----------
    colors : tuple of (int, int, int) or None
        Red, green and blue of each source; None: grey, for what belongs to none.
    on_paper : bool
        Whether the quiet is bright.

    Returns
    -------
    ndarray of uint8, shape (n_sources * N_STEPS * N_LEVELS, 3)
        At the places that `table_places` returns.
    """
    level, certainty = np.linspace(0, 1, N_LEVELS), np.linspace(0, 1, N_STEPS)[:, None]
    chroma, hue = (it[:, None, None] for it in _chroma_and_hue(colors))
    if on_paper:
        lightness, strength = 0.98 + (LOUDEST_ON_PAPER - 0.98) * level, np.minimum(1, 2 * level)
    else:
        lightness = 0.10 + (LOUDEST - 0.10) * level
        strength = lightness / LOUDEST
    shape = len(colors), N_STEPS, N_LEVELS
    table = oklch_to_srgb(
        np.broadcast_to(lightness, shape),
        np.broadcast_to(chroma * certainty * strength, shape),
        np.broadcast_to(hue, shape),
    )
    return table.reshape(-1, 3)


def table_places(winners: Winners, levels: NDArray[np.uint8], n_sources: int) -> NDArray[np.uint32]:
    """Return where in the table the colour of each pixel is.

    Parameters
    ----------
    winners : Winners
        Of the pixels.
    levels : ndarray of uint8, like those in shape
        How loud they are.
    n_sources : int
        With equal shares of so many, a pixel is grey.

    Returns
    -------
    ndarray of uint32, like `levels` in shape
        Rows of `source_table`.
    """
    places = winners.sources.astype(np.uint32)
    places *= N_STEPS
    places += winners.certainty(n_sources)
    places *= N_LEVELS
    places += levels
    return places


def _chroma_and_hue(
    colors: Sequence[Color | None],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return Oklab chroma, and hue in degrees, of colours."""
    rgb = np.array([color or (128, 128, 128) for color in colors], np.float64) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    lms = np.cbrt(linear @ np.linalg.inv(LMS_TO_RGB).T)
    _, a, b = (lms @ np.linalg.inv(LAB_TO_LMS).T).T
    chroma = np.where(np.hypot(a, b) < LEAST_CHROMA, 0.0, CHROMA)
    return chroma, np.degrees(np.arctan2(b, a))

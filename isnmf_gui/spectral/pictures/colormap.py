"""The colour maps: perceptually uniform, readable without colour, made from a few anchors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.texts import N_, Marked


@dataclass(frozen=True)
class ColorMap:
    """A colour map.

    Attributes
    ----------
    label : Marked
        As shown to people.
    anchors : tuple of (float, float, float)
        Position, chroma and hue in degrees; between them it is interpolated.
    quietest, loudest : float
        Oklab lightness of the ends.
    """

    label: Marked
    anchors: tuple[tuple[float, float, float], ...]
    quietest: float = 0.10
    loudest: float = 0.98


# Lightness changes evenly from end to end, so equal steps in dB look equal and the picture keeps
# its meaning for colour-blind eyes and on grey paper. The hue and the chroma only add contrast.
MAPS = {
    "ember": ColorMap(
        N_("Ember"),
        (
            (0.00, 0.02, 280.0),
            (0.20, 0.12, 288.0),
            (0.45, 0.20, 350.0),
            (0.70, 0.17, 405.0),
            (0.90, 0.13, 450.0),
            (1.00, 0.05, 465.0),
        ),
    ),
    "ocean": ColorMap(
        N_("Ocean"),
        ((0.0, 0.02, 265.0), (0.35, 0.13, 258.0), (0.7, 0.10, 215.0), (1.0, 0.03, 170.0)),
    ),
    "meadow": ColorMap(
        N_("Meadow"),
        (
            (0.0, 0.03, 305.0),
            (0.25, 0.10, 285.0),
            (0.5, 0.09, 205.0),
            (0.75, 0.15, 145.0),
            (1.0, 0.13, 105.0),
        ),
    ),
    "grey": ColorMap(N_("Grey"), ((0.0, 0.0, 0.0), (1.0, 0.0, 0.0))),
    "ink": ColorMap(N_("Ink on paper"), ((0.0, 0.01, 90.0), (1.0, 0.02, 270.0)), 0.98, 0.12),
}
DEFAULT_MAP = "ember"

# Oklab to linear sRGB: Björn Ottosson, "A perceptual color space for image processing", 2020.
LAB_TO_LMS = np.array(
    [
        [1.0, 0.3963377774, 0.2158037573],
        [1.0, -0.1055613458, -0.0638541728],
        [1.0, -0.0894841775, -1.2914855480],
    ]
)
LMS_TO_RGB = np.array(
    [
        [4.0767416621, -3.3077115913, 0.2309699292],
        [-1.2684380046, 2.6097574011, -0.3413193965],
        [-0.0041960863, -0.7034186147, 1.7076147010],
    ]
)


def oklch_to_srgb(
    lightness: NDArray[np.float64], chroma: NDArray[np.float64], hue: NDArray[np.float64]
) -> NDArray[np.uint8]:
    """Convert Oklab lightness (0..1), chroma and hue (degrees) to sRGB bytes, shape (n, 3)."""
    angle = np.radians(hue)
    lab = np.stack([lightness, chroma * np.cos(angle), chroma * np.sin(angle)], axis=-1)
    linear = np.clip(((lab @ LAB_TO_LMS.T) ** 3) @ LMS_TO_RGB.T, 0, 1)
    encoded = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    srgb: NDArray[np.uint8] = np.round(encoded * 255).astype(np.uint8)
    return srgb


@cache
def color_table(name: str = DEFAULT_MAP) -> NDArray[np.uint8]:
    """Return the colours of one of `MAPS`, from quiet to loud, shape (256, 3)."""
    chosen = MAPS[name]
    at = np.linspace(0, 1, 256)
    position, chroma, hue = np.array(chosen.anchors).T
    lightness = chosen.quietest + (chosen.loudest - chosen.quietest) * at
    return oklch_to_srgb(lightness, np.interp(at, position, chroma), np.interp(at, position, hue))

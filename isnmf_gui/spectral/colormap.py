"""The colour map: perceptually uniform, readable without colour, made from a few anchors."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

# Lightness rises evenly from black to a warm white, so equal steps in dB look equal and the
# picture keeps its meaning for colour-blind eyes and on grey paper. The hue (in degrees) and the
# chroma only add contrast. Columns: position, chroma, hue.
ANCHORS = np.array(
    [
        [0.00, 0.02, 280.0],
        [0.20, 0.12, 288.0],
        [0.45, 0.20, 350.0],
        [0.70, 0.17, 405.0],
        [0.90, 0.13, 450.0],
        [1.00, 0.05, 465.0],
    ]
)
DARKEST, LIGHTEST = 0.10, 0.98

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
def color_table() -> NDArray[np.uint8]:
    """Return the spectrograms' colours, shape (256, 3): quiet is dark, loud is light."""
    at = np.linspace(0, 1, 256)
    chroma, hue = (np.interp(at, ANCHORS[:, 0], ANCHORS[:, i]) for i in (1, 2))
    return oklch_to_srgb(DARKEST + (LIGHTEST - DARKEST) * at, chroma, hue)

"""How strokes are coloured: a veil within, a line around, so that they show on any picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from isnmf_gui.spectral.pictures.stroke_pictures import Patch

Pixels = NDArray[np.uint32]
Mask = NDArray[np.bool_]
#: How dense the veil is within strokes that count, and the rim around all.
VEIL, RIM = 90, 150
#: Lines around strokes, in pixels; those of marked ones, and of what surrounds these.
LINE, MARKED_LINE, RING = 1, 2, 1
#: Lines around what does not count are dotted: so many pixels of each.
DOT = 3
RING_COLOR = QColor("white")


@dataclass(frozen=True)
class Look:
    """How a group of strokes looks.

    Attributes
    ----------
    color : QColor
        Of their source.
    is_on : bool
        Whether they count.
    is_marked : bool
        Whether they are pointed out.
    """

    color: QColor
    is_on: bool = True
    is_marked: bool = False


def paint_patches(pixels: Pixels, patches: Sequence[tuple[Patch, Look]], ratio: int) -> None:
    """Paint strokes over one another, first their veils, then their lines.

    Parameters
    ----------
    pixels : ndarray of uint32, shape (height, width)
        Premultiplied, the lowest row first.
    patches : sequence of (Patch, Look)
        What strokes cover; the marked ones come last.
    ratio : int
        Pixels of the screen for one that is meant.
    """
    ordered = sorted(patches, key=lambda it: it[1].is_marked)
    for patch, look in ordered:
        if look.is_on:
            _part(pixels, patch)[patch.mask] = _value(look.color, VEIL)
    for patch, look in ordered:
        _paint_lines(_part(pixels, patch), patch, look, ratio)


def _paint_lines(part: Pixels, patch: Patch, look: Look, ratio: int) -> None:
    width = (MARKED_LINE if look.is_marked else LINE) * ratio
    around = _grown(patch.mask, RING * ratio) & ~patch.mask
    if look.is_marked:
        part[_grown(patch.mask, 2 * RING * ratio) & ~patch.mask] = _value(QColor("black"), RIM)
        part[around] = _value(RING_COLOR, 255)
    else:
        part[around] = _value(_contrast(look.color), RIM)
    line = patch.mask & ~_shrunk(patch.mask, width)
    if not look.is_on:
        part[line] = _value(_contrast(look.color), RIM)
        line = _dotted(line, patch, DOT * ratio)
    part[line] = _value(look.color, 255)


def _part(pixels: Pixels, patch: Patch) -> Pixels:
    height, width = patch.mask.shape
    return pixels[patch.row : patch.row + height, patch.column : patch.column + width]


def _value(color: QColor, alpha: int) -> np.uint32:
    red, green, blue = (it * alpha // 255 for it in (color.red(), color.green(), color.blue()))
    return np.uint32(alpha << 24 | red << 16 | green << 8 | blue)


def _contrast(color: QColor) -> QColor:
    return QColor("black" if color.lightnessF() > 0.5 else "white")


def _dotted(line: Mask, patch: Patch, length: int) -> Mask:
    """Return every other stretch of a line."""
    rows, columns = np.nonzero(line)
    seen = (rows + columns + patch.row + patch.column) // length % 2 == 0
    dots = np.zeros_like(line)
    dots[rows[seen], columns[seen]] = True
    return dots


def _grown(mask: Mask, by: int) -> Mask:
    """Return a mask with so many pixels more around it."""
    return ~_shrunk(~mask, by)


def _shrunk(mask: Mask, by: int) -> Mask:
    """Return a mask without so many pixels at its rim; what is cut off by the edge has none."""
    for _ in range(by):
        inner = mask.copy()
        inner[1:] &= mask[:-1]
        inner[:-1] &= mask[1:]
        inner[:, 1:] &= mask[:, :-1]
        inner[:, :-1] &= mask[:, 1:]
        mask = inner
    return mask

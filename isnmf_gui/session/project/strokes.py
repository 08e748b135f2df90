"""Strokes as JSON has them, in projects and in guides alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from isnmf_gui.session.document.guidance import Box, Path, Shape, Stroke
from isnmf_gui.session.project.fields import Fields
from isnmf_gui.session.project.limits import MOST_SECONDS

#: Frequencies of no recording are higher.
MOST_HZ = 1e6
#: A brush, and the lines it draws at once.
LEAST_OCTAVES, MOST_OCTAVES, MOST_PARTIALS = 0.01, 20.0, 100
MOST_POINTS = 20_000


def encode_stroke(stroke: Stroke) -> dict[str, Any]:
    """Return a stroke without its number and source: its shape, and what differs from the usual."""
    entry = _shape_entry(stroke.shape)
    if stroke.erased:
        entry["erased"] = [_shape_entry(shape) for shape in stroke.erased]
    if not stroke.is_on:
        entry["off"] = True
    return entry


def _shape_entry(shape: Shape) -> dict[str, Any]:
    if isinstance(shape, Box):
        return {
            "start_s": shape.start_s,
            "stop_s": shape.stop_s,
            "low_hz": shape.low_hz,
            "high_hz": shape.high_hz,
        }
    entry: dict[str, Any] = {
        "path": [[time_s, frequency_hz] for time_s, frequency_hz in shape.points],
        "octaves": shape.octaves,
    }
    if shape.n_partials != 1:
        entry["partials"] = shape.n_partials
    return entry


def decode_stroke(entry: Fields, number: int, source_id: int) -> Stroke:
    """Return the stroke that an entry tells of.

    Parameters
    ----------
    entry : Fields
        Of it.
    number, source_id : int
        What the stroke gets.

    Returns
    -------
    Stroke
        As it was written.

    Raises
    ------
    Damaged
        If it tells of none.
    """
    erased: Sequence[Fields] = entry.list_of_fields("erased") if entry.has("erased") else ()
    return Stroke(
        number,
        source_id,
        _shape(entry),
        tuple(map(_shape, erased)),
        not (entry.has("off") and entry.flag("off")),
    )


def _shape(entry: Fields) -> Shape:
    if entry.has("path"):
        return _path(entry)
    start_s, stop_s = _ends(entry, "start_s", "stop_s", MOST_SECONDS)
    low_hz, high_hz = _ends(entry, "low_hz", "high_hz", MOST_HZ)
    return Box(start_s, stop_s, low_hz, high_hz)


def _ends(entry: Fields, first: str, last: str, most: float) -> tuple[float, float]:
    low, high = (float(entry.number(name, -most, most)) for name in (first, last))
    entry.refuse_unless(low <= high, last)
    return low, high


def _path(entry: Fields) -> Path:
    points = entry.pairs("path", MOST_POINTS)
    entry.refuse_unless(bool(points), "path")
    inside = all(abs(time_s) <= MOST_SECONDS and 0 < hz <= MOST_HZ for time_s, hz in points)
    entry.refuse_unless(inside, "path")
    octaves = float(entry.number("octaves", LEAST_OCTAVES, MOST_OCTAVES))
    partials = entry.whole("partials", 1, MOST_PARTIALS) if entry.has("partials") else 1
    return Path(tuple(points), octaves, partials)

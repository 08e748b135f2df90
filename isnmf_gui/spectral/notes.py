"""Names of notes."""

from __future__ import annotations

import math

NAMES = ("C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B")
A4_HZ, A4 = 440.0, 57  # semitones above C0


def note_name(frequency_hz: float) -> str:
    """Return the name of the nearest note of equal temperament: A4 for 440 Hz."""
    semitones = round(A4 + 12 * math.log2(frequency_hz / A4_HZ))
    return f"{NAMES[semitones % 12]}{semitones // 12}"

"""Frequencies as people who play read them."""

from __future__ import annotations

import math

from isnmf_gui.texts import signed, tr

NAMES = ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")
A4_HZ, A4_NUMBER = 440.0, 69


def note_name(frequency_hz: float) -> str:
    """Return the nearest note and the distance to it, such as "A4 +12 cents"; A4 is 440 Hz.

    "" for what is below any note (0 Hz).
    """
    if frequency_hz <= 0:
        return ""
    exact = A4_NUMBER + 12 * math.log2(frequency_hz / A4_HZ)
    number = round(exact)
    octave, step = divmod(number, 12)
    cents = round(100 * (exact - number))
    name = NAMES[step] + signed(octave - 1)
    return name if cents == 0 else tr("{name} {cents:+d} cents", name=name, cents=cents)

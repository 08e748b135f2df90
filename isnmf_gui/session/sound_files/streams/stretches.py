"""How the sound lies in a file: in one stretch or several, and how much of it was promised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from isnmf_gui.session.sound_files.streams.file_bytes import Stitched


@dataclass(frozen=True)
class Stretch:
    """Sound that is decoded from its beginning to its end.

    Attributes
    ----------
    source : Stitched or None
        What to read; None for the file as it is.
    n_samples : int or None
        How many samples there are at most, where the file's form tells it better than libsndfile.
    promised : int or None
        How many samples it says to have, if libsndfile does not know; 0 if it does not say.
    stored : tuple of int or None
        Bytes of the sound: how many there are, and how many there should be.
    is_unsaid : bool
        Whether the header should say how long the sound is, and does not.
    is_cut : bool
        Whether it breaks off where nothing says how long it was.
    after : callable or None
        Given how many samples could be decoded before damage, returns the first sample after it
        and what to read from there, if there is any.
    """

    source: Stitched | None = None
    n_samples: int | None = None
    promised: int | None = None
    stored: tuple[int, int] | None = None
    is_unsaid: bool = False
    is_cut: bool = False
    after: Callable[[int], tuple[int, Stitched] | None] | None = None

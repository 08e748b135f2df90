"""Numbers of components, none of which is given twice, not even after an edit was undone."""

from __future__ import annotations

import threading

_lock = threading.Lock()
_last = 0


def new_ids(n: int) -> range:
    """Return so many numbers that were never given. From any thread."""
    global _last
    with _lock:
        _last += n
        return range(_last - n + 1, _last + 1)


def note_used(highest: int) -> None:
    """Take note of numbers in use, up to the highest: they came with a file."""
    global _last
    with _lock:
        _last = max(_last, highest)

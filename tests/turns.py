"""Turns of the processes that share a test run: what plays for real has the machine to itself."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def turn(folder: Path, alone: bool) -> Iterator[None]:
    """Wait for a turn, beside others or alone; who waits to be alone is let in next.

    Parameters
    ----------
    folder : Path
        What the processes share.
    alone : bool
        Whether nobody else may have a turn meanwhile.
    """
    with (folder / "door").open("w") as door, (folder / "room").open("w") as room:
        fcntl.flock(door, fcntl.LOCK_EX)
        fcntl.flock(room, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        if not alone:
            fcntl.flock(door, fcntl.LOCK_UN)
        yield

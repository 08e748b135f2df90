"""Progress of work that has several steps, and stopping it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from isnmf_gui.errors import Stopped

#: Called with the share done (0 to 1); returns whether to go on.
OnProgress = Callable[[float], bool]
#: Called with any message of work in the background; returns whether to go on.
Report = Callable[[Any], bool]


class Meter:
    """Turns progress within steps into one share, and asks whether to go on.

    Parameters
    ----------
    on_progress : callable or None
        Told the share.
    n_steps : int
        How many steps there are, of about the same length.
    """

    def __init__(self, on_progress: OnProgress | None, n_steps: int) -> None:
        self._on_progress, self._n_steps, self._step = on_progress, max(n_steps, 1), 0

    def next_step(self) -> None:
        """Begin the next step."""
        self._step += 1

    def __call__(self, share: float) -> None:
        """Tell the share of this step that is done.

        Raises
        ------
        Stopped
            If it is not to go on.
        """
        share = min((self._step + share) / self._n_steps, 1.0)
        if self._on_progress is not None and not self._on_progress(share):
            raise Stopped

    def within(self, share: float) -> bool:
        """Do the same, as the `OnProgress` of the work that is this step."""
        self(share)
        return True

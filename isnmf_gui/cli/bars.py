"""Progress bars on standard error."""

from __future__ import annotations

import sys

from tqdm import tqdm

from isnmf_gui.nmf import Progress


def _is_quiet() -> bool:
    """Tell whether nobody watches; without a terminal there may be no standard error at all."""
    return sys.stderr is None or not sys.stderr.isatty()


class Bar:
    """A progress bar.

    Parameters
    ----------
    label : str
        Before it.
    total : int
        Steps.
    """

    def __init__(self, label: str, total: int) -> None:
        self._bar = tqdm(total=total, desc=label, leave=False, disable=_is_quiet())

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def share(self, done: float) -> bool:
        """Show a share from 0 to 1."""
        self._bar.update(round(done * self._bar.total) - self._bar.n)
        return True

    def iteration(self, progress: Progress) -> bool:
        """Show an iteration and its loss."""
        if progress.loss:
            self._bar.set_postfix_str(f"loss {progress.loss[-1]:.4g}", refresh=False)
        self._bar.update(progress.iteration - self._bar.n)
        return True

"""A home of its own for each process of tests, which the programs that it starts are given too."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

#: Where the program keeps things of a person, by what leads there, and where that is by default.
PLACES = {
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
}
NAME = "isnmf-gui"


class OwnHome:
    """A folder that is the home, and one beside it for what the variables lead to.

    A program that is started without the variables of `PLACES` goes to the home instead, where it
    would find a person's own settings if it were theirs.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="own-home-"))
        self.home, self._led_to = self.folder / "home", self.folder / "led-to"
        self.home.mkdir()

    @property
    def variables(self) -> dict[str, str]:
        """What leads there."""
        led_to = {name: str(self._led_to / place) for name, place in PLACES.items()}
        return {"HOME": str(self.home), **led_to}

    def use(self) -> None:
        """Let this process and those that it starts live there, until it ends."""
        os.environ.update(self.variables)
        atexit.register(shutil.rmtree, self.folder, ignore_errors=True)

    def clear(self) -> list[str]:
        """Remove what the program has left, for the next test; return what lies in the home."""
        astray = [it for it in self._left_in(self.home) if it.exists()]
        for folder in (*astray, *self._left_in(self._led_to)):
            shutil.rmtree(folder, ignore_errors=True)
        return [str(it.relative_to(self.home)) for it in astray]

    def _left_in(self, folder: Path) -> list[Path]:
        return [folder / place / NAME for place in PLACES.values()]

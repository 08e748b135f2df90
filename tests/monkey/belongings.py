"""The monkey's folder: all it may read and write, and nobody else's settings."""

from __future__ import annotations

import os
import random
from pathlib import Path

from isnmf_gui.session.document.document import Document
from isnmf_gui.session.project import save_project
from tests.incomplete import write_incomplete_files
from tests.recordings import write_bad_files, write_test_set
from tests.session.projects import everything, loaded

PLACES = {
    "HOME": "home",
    "XDG_CONFIG_HOME": "config",
    "XDG_STATE_HOME": "state",
    "XDG_CACHE_HOME": "cache",
    "XDG_DATA_HOME": "data",
    "TMPDIR": "tmp",
}


def environment(folder: Path) -> dict[str, str]:
    """Return variables that keep a program within a folder; its places are made."""
    places = {name: folder / place for name, place in PLACES.items()}
    for place in places.values():
        place.mkdir(parents=True, exist_ok=True)
    return {name: str(place) for name, place in places.items()}


class Belongings:
    """Files to open, good and bad, and places to write to.

    Parameters
    ----------
    folder : Path
        Where they are made.
    """

    def __init__(self, folder: Path) -> None:
        self._projects, self._out = folder / "projects", folder / "out"
        for place in (folder / "good", folder / "bad", folder / "cut", self._projects, self._out):
            place.mkdir()
        good = write_test_set(folder / "good")
        self.usual = good["16 kHz.flac"]
        self.good = [*good.values(), *write_incomplete_files(folder / "cut")]
        self.bad = [path for path, _ in write_bad_files(folder / "bad").values()]
        self._write_projects()

    def _write_projects(self) -> None:
        recording = loaded(self.usual)
        full = save_project(everything(recording), self._projects / "full.isnmf").path
        save_project(Document(recording), self._projects / "plain.isnmf")
        content = full.read_bytes()
        damaged = bytes([*content[:3000], *(byte ^ 0x5A for byte in content[3000:9000])])
        (self._projects / "damaged.isnmf").write_bytes(damaged)
        (self._projects / "cut.isnmf").write_bytes(content[: len(content) // 2])

    def some_file(self, dice: random.Random) -> Path:
        """Return a file to open: mostly a good one."""
        kinds = (self.good, self.bad, sorted(self._projects.iterdir()))
        (files,) = dice.choices(kinds, (6, 2, 3))
        return dice.choice(files)

    def some_target(self, dice: random.Random, suffix: str) -> Path:
        """Return a name to write to, now and then one that cannot be written."""
        names = [f"{name}{suffix}" for name in ("one", "two ", "drei “ä”", "四")]
        places = (self._projects / dice.choice(names), self._out / "not there" / names[0])
        return dice.choices(places, (9, 1))[0]

    def some_folder(self, dice: random.Random) -> Path:
        """Return a folder to export into, now and then below a file."""
        places = (self._out / dice.choice(("a", "b/c", "d e")), self.usual / "below")
        return dice.choices(places, (9, 1))[0]


def within(path: str | bytes | Path, folder: Path) -> bool:
    """Tell whether a path lies in a folder, links followed."""
    return Path(os.fsdecode(os.path.realpath(path))).is_relative_to(folder)

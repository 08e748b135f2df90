"""What the program remembers between two starts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from isnmf_gui.gui.appearance import language
from isnmf_gui.gui.appearance.store import open_store
from isnmf_gui.gui.appearance.theme import Choice
from isnmf_gui.gui.control.slow_disks import look
from isnmf_gui.session.export.choices import ExportChoices
from isnmf_gui.spectral.colormap import DEFAULT_MAP, MAPS

#: More threads than this help no run.
MOST_THREADS = 256
#: No screen has more pixels in a row.
LAYOUT_NUMBER = re.compile(r"-?[0-9]{1,5}", re.ASCII)
#: So many files are remembered.
MOST_RECENT = 10


class Preferences:
    """Typed access to the stored preferences; wrong values fall back to the defaults."""

    def __init__(self) -> None:
        self._store = open_store()

    @property
    def theme(self) -> Choice:
        """Light, dark, or as the desktop."""
        value = self._store.value("theme")
        return Choice(value) if value in list(Choice) else Choice.SYSTEM

    @theme.setter
    def theme(self, choice: Choice) -> None:
        self._store.setValue("theme", str(choice))

    @property
    def language(self) -> str:
        """Language that the window has when it starts again; "": the desktop's."""
        return language.chosen_language(self._store)

    @language.setter
    def language(self, code: str) -> None:
        self._store.setValue(language.KEY, code)

    @property
    def export(self) -> ExportChoices:
        """What was chosen at the last export."""
        return ExportChoices.from_text(str(self._store.value("export", "")))

    @export.setter
    def export(self, choices: ExportChoices) -> None:
        self._store.setValue("export", choices.as_text())

    @property
    def volume(self) -> int:
        """Volume in percent."""
        return self._number("volume", 80, 100)

    @volume.setter
    def volume(self, percent: int) -> None:
        self._store.setValue("volume", percent)

    @property
    def device(self) -> str | None:
        """Name of the sound device; None: where the system plays."""
        value = self._store.value("device")
        return value if isinstance(value, str) and value else None

    @device.setter
    def device(self, name: str | None) -> None:
        self._store.setValue("device", name or "")

    @property
    def threads(self) -> int:
        """Threads of a run; 0: one for every core."""
        return self._number("threads", 0, MOST_THREADS)

    @threads.setter
    def threads(self, number: int) -> None:
        self._store.setValue("threads", number)

    @property
    def folder(self) -> Path:
        """Folder of the file that was opened or saved last."""
        return self._folder("folder") or Path.home()

    @folder.setter
    def folder(self, folder: Path) -> None:
        self._store.setValue("folder", str(folder.absolute()))

    @property
    def plot_folder(self) -> Path:
        """Folder that a plot was last saved in; at first, that of the last file."""
        return self._folder("plot_folder") or self.folder

    @plot_folder.setter
    def plot_folder(self, folder: Path) -> None:
        self._store.setValue("plot_folder", str(folder.absolute()))

    def _folder(self, key: str) -> Path | None:
        """Return a folder that is still there."""
        value = self._store.value(key)
        if not isinstance(value, str) or not value:
            return None
        return Path(value) if look(Path(value).is_dir, False) else None

    @property
    def recent(self) -> list[Path]:
        """Files that were opened or saved, the newest first."""
        value = self._store.value("recent")
        names = value if isinstance(value, list) else [value]
        return [Path(name) for name in names if isinstance(name, str) and name][:MOST_RECENT]

    def add_recent(self, path: Path) -> None:
        """Remember a file as the newest."""
        path = path.absolute()
        others = [other for other in self.recent if other != path]
        self._store.setValue("recent", [str(it) for it in (path, *others)][:MOST_RECENT])

    def forget_recent(self) -> None:
        """Forget all of them."""
        self._store.remove("recent")

    @property
    def color_map(self) -> str:
        """Colours of the large spectrogram."""
        value = self._store.value("color_map")
        return value if isinstance(value, str) and value in MAPS else DEFAULT_MAP

    @color_map.setter
    def color_map(self, name: str) -> None:
        self._store.setValue("color_map", name)

    @property
    def range_db(self) -> tuple[float, float] | None:
        """Levels that the large spectrogram's colours span, if they were ever chosen."""
        try:
            low, high = (float(part) for part in str(self._store.value("range_db")).split())
        except ValueError:
            return None
        return (low, high) if low < high else None

    @range_db.setter
    def range_db(self, range_db: tuple[float, float]) -> None:
        self._store.setValue("range_db", f"{range_db[0]:.1f} {range_db[1]:.1f}")

    def keys(self, action: str, otherwise: str) -> str:
        """Return the keys of an action, as delivered unless the person changed them."""
        value = self._store.value(f"shortcuts/{action}")
        return value if isinstance(value, str) else otherwise

    def set_keys(self, action: str, keys: str, delivered: str) -> None:
        """Remember the keys of an action, if they are not those that it is delivered with."""
        if keys == delivered:
            self._store.remove(f"shortcuts/{action}")
        else:
            self._store.setValue(f"shortcuts/{action}", keys)

    def flag(self, name: str, otherwise: bool) -> bool:
        """Return whether something is switched on."""
        value = str(self._store.value(name, otherwise)).lower()
        return value == "true" if value in ("true", "false") else otherwise

    def set_flag(self, name: str, on: bool) -> None:
        """Remember whether something is switched on."""
        self._store.setValue(name, on)

    def _number(self, key: str, otherwise: int, most: int) -> int:
        value = str(self._store.value(key, otherwise))
        return min(int(value), most) if value.isdecimal() else otherwise

    def layout(self, name: str, n_numbers: int) -> list[int] | None:
        """Return the stored sizes or places of a window or splitter, if there are so many.

        Qt's own bytes for these are not kept: it hangs or warns where they are corrupt.
        """
        words = str(self._store.value(f"layout/{name}")).split()
        if len(words) != n_numbers or not all(LAYOUT_NUMBER.fullmatch(word) for word in words):
            return None
        return [int(word) for word in words]

    def set_layout(self, name: str, numbers: Sequence[int]) -> None:
        """Store the sizes or places of a window or splitter, in pixels."""
        self._store.setValue(f"layout/{name}", " ".join(map(str, numbers)))

"""What the program remembers between two starts: one table of options."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from isnmf_gui.gui.appearance.language import KEY, LANGUAGES, SYSTEM
from isnmf_gui.gui.appearance.store import open_store
from isnmf_gui.gui.appearance.theme import Choice
from isnmf_gui.gui.control.option import Option, a_list, a_number, a_switch, one_of, text_of
from isnmf_gui.gui.control.slow_disks import look
from isnmf_gui.session.export.choices import ExportChoices
from isnmf_gui.spectral.pictures.colormap import DEFAULT_MAP, MAPS

#: More threads than this help no run.
MOST_THREADS = 256
#: No screen has more pixels in a row.
LAYOUT_NUMBER = re.compile(r"-?[0-9]{1,5}", re.ASCII)
#: So many files are remembered.
MOST_RECENT = 10


def _a_name(stored: object) -> str | None:
    return text_of(stored) or None


def _a_path(stored: object) -> Path | None:
    return Path(text_of(stored)) if text_of(stored) else None


def _still_there(folder: Path | None) -> Path | None:
    return folder if folder is not None and look(folder.is_dir, False) else None


def _a_range(stored: object) -> tuple[float, float]:
    low, high = (float(part) for part in text_of(stored).split())
    if not low < high:
        raise ValueError(f"no range: {stored}")
    return low, high


def _some_paths(stored: object) -> list[Path]:
    return [Path(name) for name in a_list(stored)][:MOST_RECENT]


class Preferences:
    """Typed access to what is stored; wrong values fall back to the defaults."""

    # -- the table of options -----------------------------------------------------------------

    #: Light, dark, or as the desktop.
    theme = Option("theme", Choice.SYSTEM, one_of(list(Choice), Choice), str)
    #: Language that the window has when it starts again; "": the desktop's.
    language = Option(KEY, SYSTEM, one_of((SYSTEM, *LANGUAGES)))
    #: What was chosen at the last export.
    export = Option(
        "export",
        ExportChoices(),
        lambda stored: ExportChoices.from_text(text_of(stored)),
        ExportChoices.as_text,
    )
    #: Volume in percent.
    volume = Option("volume", 80, a_number(100))
    #: Name of the sound device; None: where the system plays.
    device = Option[str | None]("device", None, _a_name, lambda name: name or "")
    #: Threads of a run; 0: one for every core.
    threads = Option("threads", 0, a_number(MOST_THREADS))
    #: Files that were opened or saved, the newest first.
    recent = Option[list[Path]](
        "recent", [], _some_paths, lambda paths: [str(path) for path in paths]
    )
    #: Colours of the large spectrogram.
    color_map = Option("color_map", DEFAULT_MAP, one_of(list(MAPS)))
    #: Levels that its colours span, if they were ever chosen.
    range_db = Option[tuple[float, float] | None](
        "range_db",
        None,
        _a_range,
        lambda ends: "" if ends is None else "{:.1f} {:.1f}".format(*ends),
    )
    #: Whether its frequency axis is logarithmic.
    log_frequency = Option("log_frequency", True, a_switch)
    #: Whether it turns the page when the playhead leaves what is seen.
    follow_playhead = Option("follow_playhead", True, a_switch)
    #: Whether what was painted is shown over it.
    show_strokes = Option("show_strokes", True, a_switch)
    #: Whether tiles are small, so that more of them fit.
    compact_tiles = Option("compact_tiles", False, a_switch)
    #: Whether the window fills the screen.
    maximized = Option("maximized", False, a_switch)
    _folder = Option[Path | None]("folder", None, _a_path, str)
    _plot_folder = Option[Path | None]("plot_folder", None, _a_path, str)

    def __init__(self) -> None:
        self.store = open_store()

    # -- what is more than an option ----------------------------------------------------------

    @property
    def folder(self) -> Path:
        """Folder of the file that was opened or saved last, if it is still there."""
        return _still_there(self._folder) or Path.home()

    @folder.setter
    def folder(self, folder: Path) -> None:
        self._folder = folder.absolute()

    @property
    def plot_folder(self) -> Path:
        """Folder that a plot was last saved in; at first, that of the last file."""
        return _still_there(self._plot_folder) or self.folder

    @plot_folder.setter
    def plot_folder(self, folder: Path) -> None:
        self._plot_folder = folder.absolute()

    def add_recent(self, path: Path) -> None:
        """Remember a file as the newest."""
        path = path.absolute()
        others = [other for other in self.recent if other != path]
        self.recent = [path, *others][:MOST_RECENT]

    def forget_recent(self) -> None:
        """Forget all of them."""
        self.store.remove("recent")

    def keys(self, action: str, otherwise: str) -> str:
        """Return the keys of an action, as delivered unless the person changed them."""
        value = self.store.value(f"shortcuts/{action}")
        return value if isinstance(value, str) else otherwise

    def set_keys(self, action: str, keys: str, delivered: str) -> None:
        """Remember the keys of an action, if they are not those that it is delivered with."""
        if keys == delivered:
            self.store.remove(f"shortcuts/{action}")
        else:
            self.store.setValue(f"shortcuts/{action}", keys)

    def layout(self, name: str, n_numbers: int) -> list[int] | None:
        """Return the stored sizes or places of a window or splitter, if there are so many.

        Qt's own bytes for these are not kept: it hangs or warns where they are corrupt.
        """
        words = str(self.store.value(f"layout/{name}")).split()
        if len(words) != n_numbers or not all(LAYOUT_NUMBER.fullmatch(word) for word in words):
            return None
        return [int(word) for word in words]

    def set_layout(self, name: str, numbers: Sequence[int]) -> None:
        """Store the sizes or places of a window or splitter, in pixels."""
        self.store.setValue(f"layout/{name}", " ".join(map(str, numbers)))

"""The menu of a tile: everything that can be done with components, and by which keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from isnmf_gui.gui.widgets.elided import shortened
from isnmf_gui.session.document.document import Source
from isnmf_gui.texts import tr

#: As many sources stand in a menu: those with a key.
MOST_SOURCES = 9
LONGEST_SOURCE_NAME = 30
#: Text, keys, whether it can be chosen, what it does; None: a line.
MenuEntry = tuple[str, str, bool, Callable[[], object]] | None


def assign_entries(
    sources: Sequence[Source],
    indices: list[int],
    keys_of: Callable[[str], str],
    assign: Callable[[int, list[int]], object],
) -> list[MenuEntry]:
    """Return an entry for each of the first sources; `assign` takes its id and the components."""
    entries: list[MenuEntry] = []
    for place, source in enumerate(sources[:MOST_SOURCES], 1):
        name = shortened(source.name, LONGEST_SOURCE_NAME).replace("&", "&&")
        put = partial(assign, source.id, indices)
        keys = keys_of(f"into_{place}")
        entries.append((tr("Put into {name}", name=name), keys, True, put))
    return entries


def edit_entries(
    n_components: int,
    editable: bool,
    keys_of: Callable[[str], str],
    act: Callable[[str], object],
) -> list[MenuEntry]:
    """Return the edits of so many components; they are actions of the window, known by name."""
    entries = (
        (tr("Merge into one"), n_components > 1, "merge"),
        (tr("Split in two"), n_components == 1, "split"),
        (tr("Duplicate"), True, "duplicate"),
        (tr("Delete"), True, "delete"),
    )
    return [
        (text, keys_of(name), editable and possible, partial(act, name))
        for text, possible, name in entries
    ]


def make_menu(parent: QWidget, entries: Sequence[MenuEntry]) -> QMenu:
    """Return a menu that deletes itself once it is closed."""
    menu = QMenu(parent)
    for entry in entries:
        if entry is None:
            menu.addSeparator()
            continue
        text, keys, enabled, handler = entry
        # The keys are the window's: here they are only named, or each would exist twice.
        action = menu.addAction(f"{text}\t{keys}" if keys else text)
        action.setEnabled(enabled)
        action.triggered.connect(lambda _checked=False, handler=handler: handler())
    menu.aboutToHide.connect(menu.deleteLater)
    return menu

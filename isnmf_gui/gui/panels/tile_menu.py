"""The menu of a tile: everything that can be done with components, and by which keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

#: Text, keys, whether it can be chosen, what it does; None: a line.
MenuEntry = tuple[str, str, bool, Callable[[], object]] | None


def edit_entries(
    n_components: int, editable: bool, act: Callable[[str], object]
) -> list[MenuEntry]:
    """Return the edits of so many components; `act` takes the name of the window's action."""
    entries = (
        ("Merge into one", "Ctrl+J", n_components > 1, "merge"),
        ("Split in two", "Ctrl+K", n_components == 1, "split"),
        ("Duplicate", "Ctrl+D", True, "duplicate"),
        ("Delete", "Del", True, "delete"),
    )
    return [
        (text, keys, editable and possible, partial(act, name))
        for text, keys, possible, name in entries
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

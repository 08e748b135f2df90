"""Write the table of shortcuts into the guide: `python docs/make_shortcuts.py` in a checkout."""

from __future__ import annotations

from pathlib import Path

from isnmf_gui.gui.actions.action_entries import N_NUMBERED, NAMED
from isnmf_gui.texts import without_mnemonic

PAGE = Path(__file__).resolve().parent / "guide" / "keyboard.md"
BEGIN, END = "<!-- shortcuts -->\n", "<!-- end of shortcuts -->"


def table() -> str:
    """Return every action in the order of the menus, as Markdown."""
    rows = [
        (without_mnemonic(str(it.menu)), without_mnemonic(str(it.text)), it.shortcut, str(it.tip))
        for it in NAMED
    ]
    menus = list(dict.fromkeys(menu for menu, *_ in rows))
    rows += [
        ("Listen", "Hear a component alone", f"1 to {N_NUMBERED}", "The number on its tile"),
        ("Mix", "Put into source", f"Alt+1 to Alt+{N_NUMBERED}, Alt+0", "Alt+0: into none"),
        ("Paint", "Source to paint", f"Ctrl+1 to Ctrl+{N_NUMBERED}, U", "U: what belongs to none"),
    ]
    rows.sort(key=lambda row: menus.index(row[0]))
    lines = [f"| {' | '.join(row)} |".replace("|  |", "| |") for row in rows]
    return "\n".join(["| menu | action | keys | what it does |", "|---|---|---|---|", *lines, ""])


def page(text: str) -> str:
    """Return the page with the table as it is now."""
    head, rest = text.split(BEGIN)
    return head + BEGIN + table() + END + rest.split(END, 1)[1]


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")

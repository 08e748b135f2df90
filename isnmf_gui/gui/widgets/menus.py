"""Menus within menus, and menus whose subject is gone."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QMenuBar, QWidget


def add_submenu(menu: QMenu | QMenuBar, title: str) -> QMenu:
    """Add a menu to a menu, or to the bar, and return it.

    It is made here, not by Qt's `addMenu(title)`: what that returns may be the Python object of
    a menu that was at this address before, and dies with that one's owner.
    """
    made = QMenu(title, menu)
    menu.addMenu(made)
    return made


def close_menus(owner: QWidget) -> None:
    """Close the menus of a widget that are open: what they name is not shown any more."""
    for menu in owner.findChildren(QMenu):
        if menu.isVisible():
            menu.close()

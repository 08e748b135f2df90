"""Menus: they live as long as their window, and not longer than what they are about."""

import pytest
from PySide6.QtWidgets import QApplication, QMenu
from shiboken6 import createdByPython

from tests.gui.run_tools import separate
from tests.gui.tiles.tile_desk import popups


def below(menu: QMenu) -> list[QMenu]:
    """Return a menu and all menus in it."""
    inner = [it.menu() for it in menu.actions() if it.menu() is not None]
    return [menu, *(it for each in inner for it in below(each))]


def test_menus_are_pythons_own(window) -> None:
    """One that Qt made may get the Python object of another that was there before, and its end."""
    menus = [it for menu in window.actions_.menus.values() for it in below(menu)]
    assert window.carry_desk._menu in menus
    assert len(menus) > 12
    assert [it.title() for it in menus if not createdByPython(it)] == []


@pytest.fixture
def two(separated, wait):
    """A window with two runs, the first of which has a source."""
    separated.panes.components.group_wanted.emit([0, 1])
    separate(separated, wait)
    separated.controller.choose_run(1)
    return separated


def open_menu(window, of: str) -> QMenu:
    """Open the menu of a component, a source or a stroke."""
    panes = window.panes
    middle = window.mapToGlobal(window.rect().center())
    if of == "component":
        panes.components._show_menu(0, middle)
    else:
        panes.sources._show_menu(1, middle)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


@popups
@pytest.mark.parametrize("of", ["component", "source"])
def test_a_menu_closes_when_another_run_is_shown(two, of) -> None:
    """It would do to that run what was meant for this one."""
    assert open_menu(two, of).isVisible()
    two.controller.choose_run(2)
    assert QApplication.activePopupWidget() is None


@popups
def test_a_menu_stays_where_the_same_run_goes_on(two) -> None:
    menu = open_menu(two, "component")
    two.panes.components.mute_wanted.emit([2], True)
    assert menu.isVisible()
    menu.close()

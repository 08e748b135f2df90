"""The menus that choose the theme and the language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from isnmf_gui.gui.appearance.language import LANGUAGES, SYSTEM
from isnmf_gui.gui.appearance.theme import Choice, Theme
from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.widgets.menus import add_submenu
from isnmf_gui.gui.window.status_bar import Status
from isnmf_gui.texts import N_, Marked, tr

AS_DESKTOP = N_("As the des&ktop")
THEME_LABELS = {
    Choice.SYSTEM: AS_DESKTOP,
    Choice.LIGHT: N_("&Light"),
    Choice.DARK: N_("&Dark"),
}
LANGUAGE_LABELS: dict[str, Marked | str] = {SYSTEM: AS_DESKTOP, **LANGUAGES}


def add_look_menus(menu: QMenu, theme: Theme, preferences: Preferences, status: Status) -> None:
    """Add a menu of themes and one of languages, which both are remembered."""

    def use_theme(value: str) -> None:
        preferences.theme = Choice(value)
        theme.choose(Choice(value))

    def use_language(code: str) -> None:
        preferences.language = code
        status.show_message(tr("The language changes when the program is started again."))

    themes, languages = add_submenu(menu, tr("&Theme")), add_submenu(menu, tr("Lan&guage"))
    _add_choices(themes, THEME_LABELS, theme.choice, use_theme)
    _add_choices(languages, LANGUAGE_LABELS, preferences.language, use_language)
    for action in themes.actions():
        action.setStatusTip(tr("The colours of the window, from now on"))
    for action in languages.actions():
        action.setStatusTip(tr("The language of the window, when the program is started again"))


def _add_choices(
    menu: QMenu, labels: Mapping[Any, Marked | str], chosen: str, use: Callable[[str], None]
) -> None:
    """Add an entry for every label, of which one is checked."""
    group = QActionGroup(menu)
    for value, label in labels.items():
        action = menu.addAction(str(label))
        action.setCheckable(True)
        action.setChecked(value == chosen)
        action.setData(str(value))
        group.addAction(action)
    group.triggered.connect(lambda action: use(action.data()))

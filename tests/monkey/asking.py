"""What a monkey does with *Ask me*: it answers by the dice, by keys and clicks."""

from __future__ import annotations

import random

from PySide6.QtCore import Qt

from isnmf_gui.gui.window.main_window import MainWindow
from tests.monkey.hands import Hands

KEY = Qt.Key
#: Sources, mixed, again, skip, a new one, enough.
ANSWERS = (
    KEY.Key_1, KEY.Key_1, KEY.Key_2, KEY.Key_2, KEY.Key_3, KEY.Key_M, KEY.Key_R, KEY.Key_S,
    KEY.Key_Right, KEY.Key_N, KEY.Key_Escape,
)  # fmt: skip


def ask(window: MainWindow, dice: random.Random, hands: Hands) -> str:
    """Want to be asked; answer if a question is there, or close what is left of it."""
    bar = window.panes.ask_bar
    if not bar.isVisible():
        window.actions_["ask"].trigger()
        return "want to be asked"
    if bar.is_asking and bar.answers and dice.random() < 0.3:
        button = dice.choice(bar.answers)
        hands.click(button, button.rect().center())
        return f"answer {button.name} by a click"
    if bar.suggest.isVisible() and dice.random() < 0.7:
        bar.suggest.click()
        return "want a suggestion before being asked"
    bar.setFocus()
    key = dice.choice(ANSWERS)
    hands.press(window, key)
    return f"answer by {key.name}: {bar.title.text()}"

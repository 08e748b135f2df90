"""Strokes in the list: painted by numbers, switched, given away, deleted, heard and repainted."""

from __future__ import annotations

import random
from collections.abc import Callable

from PySide6.QtCore import Qt

from isnmf_gui.gui.guidance.guidance_panel import GuidancePanel
from isnmf_gui.gui.guidance.strokes_model import HEAR, TIME
from isnmf_gui.gui.window.main_window import MainWindow
from tests.monkey.hands import Hands

KEY, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier
#: Of boxes: ordinary ones, one bin, everything, outside, upside down.
TIMES = (0.0, 0.1, 0.35, 0.5, 1.0, 2.0, 99.0)
BANDS = (0.0, 30.0, 200.0, 201.0, 1000.0, 4000.0, 90_000.0)


class Painting:
    """What a person does with the list of strokes, by its fields, lines and keys.

    Parameters
    ----------
    hands : Hands
        It does them with.
    """

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self._deeds: list[Callable[[GuidancePanel, random.Random], str]] = [
            self.add, self.add, self.change, self.switch, self.delete, self.give, self.hear,
            self.select, self.use_file,
        ]  # fmt: skip

    def do(self, window: MainWindow, dice: random.Random) -> str:
        """Do something in the list."""
        panel = window.panes.guidance
        window.panes.left.setCurrentWidget(panel)
        return dice.choice(self._deeds)(panel, dice)

    def add(self, panel: GuidancePanel, dice: random.Random) -> str:
        """Add a stroke by numbers."""
        panel.view.clearSelection()
        box = self._fill(panel, dice)
        panel.fields.add_button.click()
        return f"paint {box} as {panel.fields.source_box.currentText()!r}"

    def change(self, panel: GuidancePanel, dice: random.Random) -> str:
        """Repaint what is selected, by numbers."""
        box = self._fill(panel, dice)
        panel.fields.change_button.click()
        return f"change {len(panel.view.selected)} strokes to {box}"

    def _fill(self, panel: GuidancePanel, dice: random.Random) -> list[float]:
        numbers = [dice.choice(TIMES), dice.choice(TIMES), dice.choice(BANDS), dice.choice(BANDS)]
        for field, number in zip(panel.fields.boxes.values(), numbers, strict=True):
            field.setValue(number)
        self._choose(panel.fields.source_box, dice)
        return numbers

    def _choose(self, box, dice: random.Random) -> None:
        if box.count():
            box.setCurrentIndex(dice.randrange(box.count()))

    def select(self, panel: GuidancePanel, dice: random.Random) -> str:
        """Select some lines, or point at a stroke from elsewhere."""
        ids = [it.id for it in panel.model.strokes]
        chosen = dice.sample(ids, dice.randint(0, min(len(ids), 4)))
        panel.select(chosen)
        return f"select strokes {chosen}"

    def switch(self, panel: GuidancePanel, dice: random.Random) -> str:
        """Let what is selected count or not, by the key of the list."""
        return self._press(panel, dice, KEY.Key_Space)

    def delete(self, panel: GuidancePanel, dice: random.Random) -> str:
        """Delete what is selected."""
        return self._press(panel, dice, KEY.Key_Delete)

    def give(self, panel: GuidancePanel, dice: random.Random) -> str:
        """Give what is selected to another source, by keys."""
        return self._press(panel, dice, KEY.Key_1 + dice.randrange(4), ALT)

    def _press(
        self,
        panel: GuidancePanel,
        dice: random.Random,
        key: int,
        keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> str:
        if not panel.view.isVisible():
            return "no stroke to press a key on"
        told = self.select(panel, dice)
        panel.view.setFocus(Qt.FocusReason.TabFocusReason)
        self._hands.press(panel.view, Qt.Key(key), keys)
        return f"{told}, then {Qt.Key(key).name} {keys.name}"

    def hear(self, panel: GuidancePanel, dice: random.Random) -> str:
        """Hear the place of a line, or that of the fields."""
        self._choose(panel.fields.of_box, dice)
        of = panel.fields.of_box.currentText()
        if not panel.model.strokes or dice.random() < 0.4:
            panel.fields.hear_button.click()
            return f"hear the box of the fields, of {of!r}"
        row = dice.randrange(len(panel.model.strokes))
        index = panel.model.index(row, dice.choice((HEAR, TIME)))
        panel.view.scrollTo(index)
        self._hands.click(panel.view.viewport(), panel.view.visualRect(index).center())
        return f"click on {index.column()} of stroke {row}, of {of!r}"

    def use_file(self, panel: GuidancePanel, dice: random.Random) -> str:
        """Save or load guidance, or export a box: a dialog asks for a file."""
        fields = panel.fields
        button = dice.choice((panel.save_button, panel.load_button, fields.export_button))
        self._hands.click(button, button.rect().center())
        return f"click on {button.text()}"

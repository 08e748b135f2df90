"""What people want of a window like this: deeds with a purpose, that dice alone seldom hit."""

from __future__ import annotations

import random
from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from isnmf_gui.gui.widgets.component_drag import packed
from isnmf_gui.gui.window.main_window import MainWindow
from tests.monkey.hands import Hands
from tests.monkey.sights import some_place, topmost

PLAIN, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
EDITS = ("merge", "split", "duplicate", "delete", "silence", "restore", "group", "ungroup")


class Wishes:
    """Does things that belong together, by mouse where that is the way.

    Parameters
    ----------
    hands : Hands
        It does them with.
    """

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self._of_runs: list[Callable[[MainWindow, random.Random], str]] = [
            self.edit, self.edit, self.draw, self.erase, self.carry, self.move_fader, self.hear,
            self.choose_run, self.mark_region, self.undo_or_redo, self.separate, self.carry_over,
            self.see,
        ]  # fmt: skip

    def do(self, window: MainWindow, dice: random.Random) -> str:
        """Do something for a purpose, if nothing lies above the window."""
        if topmost(window) is not window or window.controller.document.recording is None:
            return "no wish"
        if window.controller.shown_run() is None:
            return self.separate(window, dice)
        return dice.choice(self._of_runs)(window, dice)

    def separate(self, window: MainWindow, dice: random.Random) -> str:
        """Start one or several short runs."""
        fields = window.panes.settings._fields
        fields["n_bases"].setValue(dice.randint(1, 9))
        fields["n_iterations"].setValue(dice.choice((1, 10, 60)))
        name = dice.choice(("separate", "separate", "separate_region", "compare", "continue"))
        window.actions_[name].trigger()
        return f"wish for {name}"

    def edit(self, window: MainWindow, dice: random.Random) -> str:
        """Select some components and edit them."""
        tiles = window.panes.components.tiles
        chosen = dice.sample(tiles, min(len(tiles), dice.randint(1, 3)))
        indices = sorted(tile.index for tile in chosen)
        window.selection.select(indices, indices[0] if indices else None)
        name = dice.choice(EDITS)
        window.actions_[name].trigger()
        return f"wish to {name} {indices}"

    def draw(self, window: MainWindow, dice: random.Random) -> str:
        """Draw the activation of a component with the pencil."""
        return self._with_tool(window, window.panes.factors.activation, dice)

    def erase(self, window: MainWindow, dice: random.Random) -> str:
        """Erase a band of a basis."""
        return self._with_tool(window, window.panes.factors.basis, dice)

    def _with_tool(self, window: MainWindow, plot: QWidget, dice: random.Random) -> str:
        tiles = window.panes.components.tiles
        if not tiles:
            return "nothing to edit"
        index = dice.choice(tiles).index
        window.selection.select([index], index)
        plot.tool_button.setChecked(plot.tool_button.isEnabled())
        told = self._drag(plot.plot.viewport(), dice)
        plot.tool_button.setChecked(plot.tool_button.isEnabled() and dice.random() < 0.3)
        return f"tool on {type(plot).__name__} of {index}: {told}"

    def mark_region(self, window: MainWindow, dice: random.Random) -> str:
        """Mark a region in the overview, and perhaps loop it."""
        told = self._drag(window.panes.overview, dice, SHIFT)
        if dice.random() < 0.3:
            window.actions_["loop"].trigger()
        return f"mark a region: {told}"

    def carry(self, window: MainWindow, dice: random.Random) -> str:
        """Drag a tile by its name onto a source."""
        window.panes.left.setCurrentWidget(window.panes.sources)
        tiles = [it for it in window.panes.components.tiles if not it.visibleRegion().isEmpty()]
        rows = [it for it in window.panes.sources.rows if not it.visibleRegion().isEmpty()]
        if not tiles or not rows:
            return "nothing to carry"
        tile, row = dice.choice(tiles), dice.choice(rows)
        start, end = QPoint(30, 8), tile.mapFromGlobal(row.mapToGlobal(row.rect().center()))
        told = f"carry {tile.component.name} to {row.source.name}"
        self._hands.drag(tile, [start, start + QPoint(20, 12), end], PLAIN)
        if isValid(row) and QGuiApplication.platformName() == "offscreen":  # which drops nothing
            data, move = packed([tile.index]), Qt.DropAction.MoveAction
            self._hands.drop(row, data, row.rect().center(), move)
        return told

    def carry_over(self, window: MainWindow, dice: random.Random) -> str:
        """Name something and separate anew, or answer the offer to carry names and sources over."""
        panel = window.panes.components
        if not panel.offer.isHidden():
            button = dice.choice((panel.offer.take_button, panel.offer.decline_button))
            button.click()
            return f"answer the offer: {button.text()}"
        if window.actions_["carry_over"].isEnabled() and dice.random() < 0.5:
            window.actions_["carry_over"].trigger()
            return "carry over"
        if not panel.tiles:
            return "nothing to name"
        tile = dice.choice(panel.tiles)
        panel.rename_wanted.emit(tile.index, dice.choice(("Flute", "音", "")))
        window.actions_["separate"].trigger()
        return f"name component {tile.component.number} and separate"

    def move_fader(self, window: MainWindow, dice: random.Random) -> str:
        """Drag the fader of a tile or a source."""
        tiles = [it.parts.fader for it in window.panes.components.tiles if it.is_furnished]
        faders = [it for it in tiles if not it.visibleRegion().isEmpty()]
        faders += [it.fader for it in window.panes.sources.rows if it.isVisible()]
        if not faders:
            return "no fader is to be seen"
        return f"fader: {self._drag(dice.choice(faders), dice)}"

    def hear(self, window: MainWindow, dice: random.Random) -> str:
        """Hear a component or a source alone."""
        rows = [row for row in window.panes.sources.rows if row.play.isEnabled()]
        if rows and dice.random() < 0.4:
            row = dice.choice(rows)
            row.play.click()
            return f"hear {row.source.name}"
        tiles = window.panes.components.tiles
        if not tiles:
            return "nothing to hear"
        tile = dice.choice(tiles)
        tile.parts.play_button.click()
        return f"hear {tile.component.name}"

    def see(self, window: MainWindow, dice: random.Random) -> str:
        """Choose what the large spectrogram shows, also by the picture of a source."""
        rows = [it for it in window.panes.sources.rows if not it.visibleRegion().isEmpty()]
        if rows and dice.random() < 0.4:
            row = dice.choice(rows)
            self._hands.click(row.picture, row.picture.rect().center())
            return f"see {row.source.name} large"
        view, button = dice.choice(list(window.panes.spectrogram.view_buttons.items()))
        button.click()
        return f"see {view}"

    def choose_run(self, window: MainWindow, dice: random.Random) -> str:
        """See and hear another run, or delete it."""
        rows = window.panes.runs.model.rows
        if not rows:
            return "no run to choose"
        view, place = window.panes.runs.view, dice.randrange(len(rows))
        told = f"choose run {rows[place].id}"
        at = view.visualRect(view.model().index(place, 0)).center()
        self._hands.click(view.viewport(), at)
        if dice.random() < 0.2:
            self._hands.press(window, Qt.Key.Key_Delete)
        return told

    def undo_or_redo(self, window: MainWindow, dice: random.Random) -> str:
        """Take some steps back, or again."""
        name, times = dice.choice(("undo", "undo", "redo")), dice.randint(1, 5)
        for _ in range(times):
            window.actions_[name].trigger()
        return f"{name} {times} times"

    def _drag(self, widget: QWidget, dice: random.Random, keys: Qt.KeyboardModifier = PLAIN) -> str:
        if widget.visibleRegion().isEmpty():
            return "it is not to be seen"
        stops = [some_place(widget, dice) for _ in range(dice.randint(2, 5))]
        self._hands.drag(widget, stops, keys)
        return f"drag {stops[0].toTuple()} to {stops[-1].toTuple()}"

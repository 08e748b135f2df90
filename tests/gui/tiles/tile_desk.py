"""A panel of tiles whose wishes are carried out, and what a person does to it."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from isnmf_gui.gui.tiles.components_panel import ComponentsPanel
from isnmf_gui.gui.tiles.tile import Tile
from isnmf_gui.session.document.changes import find_run_changes
from isnmf_gui.session.document.component_sounds import descriptors_of
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.edits import mix_edits, source_edits

LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
N = 12
KEYS = {"solo": "S", "mute": "M", "group": "Ctrl+G", "export": "Ctrl+E", "hear_2": "2"}
# Offscreen there is no window manager, nor another program's window to be above.
popups = pytest.mark.qt_log_ignore("raise\\(\\)", "grabbing the keyboard", extend=True)


class Desk:
    """A panel whose wishes are granted, as the window does it."""

    def __init__(self, panel: ComponentsPanel, run: Run) -> None:
        self.panel, self.run = panel, run
        self.seen: Run | None = None
        self.selections: list[tuple[list[int], int | None]] = []
        self.played: list[int] = []
        panel.keys_of = lambda name: KEYS.get(name, "")
        panel.mute_wanted.connect(lambda i, on: self.take(mix_edits.set_muted(self.run, i, on)))
        panel.solo_wanted.connect(lambda i, on: self.take(mix_edits.set_soloed(self.run, i, on)))
        panel.gain_wanted.connect(self.set_gains)
        panel.rename_wanted.connect(
            lambda i, name: self.take(mix_edits.rename_component(self.run, i, name))
        )
        panel.group_wanted.connect(lambda i: self.take(source_edits.group(self.run, i)))
        panel.ungroup_wanted.connect(lambda i: self.take(source_edits.ungroup(self.run, i)))
        panel.reset_wanted.connect(lambda: self.take(mix_edits.reset_mix(self.run)))
        panel.play_wanted.connect(self.played.append)
        chosen = panel.selection
        chosen.changed.connect(lambda: self.selections.append((chosen.components, chosen.active)))
        self.take(run)

    def take(self, run: Run) -> None:
        changes = find_run_changes(self.seen, run)
        self.run = self.seen = run
        self.panel.show_run(run, changes=changes)
        self.panel.selection.keep_to(run)

    def listen(self) -> None:
        """Let the tiles say what they sound like, as the window does it away from them."""
        self.panel.show_sounds(self.run, descriptors_of(self.run))

    def set_gains(self, gains: dict[int, float]) -> None:
        run = self.run
        for index, gain_db in gains.items():
            run = mix_edits.set_gain(run, [index], gain_db)
        self.take(run)

    def tile(self, index: int) -> Tile:
        return next(tile for tile in self.panel.tiles if tile.index == index)

    def gains(self) -> list[float]:
        return [self.run.component(i).gain_db for i in range(len(self.run.components))]

    def muted(self) -> list[int]:
        return [it.index for it in self.run.components if it.is_muted]

    def soloed(self) -> list[int]:
        return [it.index for it in self.run.components if it.is_soloed]

    def shown(self) -> list[int]:
        return [tile.index for tile in self.panel.tiles]


def click(desk: Desk, index: int, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mouseClick(desk.tile(index).parts.picture, LEFT, modifier)


def choose_order(desk: Desk, key: str) -> None:
    box = desk.panel.order_box
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())


def drag(widget, start: QPoint, *stops: QPoint) -> None:
    QTest.mousePress(widget, LEFT, pos=start)
    for stop in stops:
        QTest.mouseMove(widget, stop)
    QTest.mouseRelease(widget, LEFT, pos=stops[-1])


def turn_wheel(widget: QWidget, steps: int = 1) -> None:
    place = QPointF(widget.rect().center())
    event = QWheelEvent(
        place, widget.mapToGlobal(place), QPoint(), QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)

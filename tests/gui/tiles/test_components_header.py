"""The line above the tiles: right numbers, and nothing in it jumps."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from isnmf_gui.gui.tiles.components_header import ComponentsHeader
from isnmf_gui.gui.window.main_window import MainWindow


@pytest.mark.parametrize(
    ("n", "text"), [(0, "Components"), (1, "1 component"), (2, "2 components")]
)
def test_the_heading_counts(qtbot, theme, n, text) -> None:
    header = ComponentsHeader(theme)
    header.show_counts(n, n, False)
    assert header._heading.text() == text
    header.deleteLater()


def places(window: MainWindow) -> list:
    QApplication.processEvents()
    header = window.panes.components._header
    heard, grid = header._heard.geometry(), window.panes.components.grid
    parts = (header, header.reset_button, header.order_box)
    return [heard, *(it.geometry() for it in parts), grid.geometry().top()]


def test_the_header_stays_as_it_is_when_components_come_and_go(opened, wait, qtbot) -> None:
    window, header = opened, opened.panes.components._header
    QApplication.processEvents()
    empty = header.height()
    window.runs.separate()
    wait(lambda: not window.controller.is_busy("run"))
    before = places(window)
    assert header.height() == empty
    window.selection.select([0, 1], 0)
    for action in ("solo", "duplicate", "delete"):
        window.actions_[action].trigger()
        assert places(window) == before
    header.show_counts(128, 11, True)
    assert places(window) == before
    window.selection.select([], None)
    qtbot.keyClick(window, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    window.actions_["delete"].trigger()
    assert header.height() == empty

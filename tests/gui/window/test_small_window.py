"""The smallest window: nothing in it is cut off, and it fits on the screen it is on.

That of the Japanese one is in `tests/gui/appearance/test_language.py`.
"""

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QStyle, QStyleOptionButton, QWidget

from isnmf_gui.gui.appearance.theme import Choice
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.gui.window.window_placement import LEAST_SIZE, fit_to_screen, set_sizes
from isnmf_gui.session.edits.mix_edits import rename_component
from tests.gui.japanese_window import cut_texts
from tests.gui.run_tools import begin, end


def make_small(window: MainWindow, qtbot) -> None:
    """Give a window the least size, whatever the screen of the test has."""
    needed = window.panes.minimumSizeHint()
    window.resize(needed.expandedTo(LEAST_SIZE))
    qtbot.wait(50)


def cut_on_each_tab(window: MainWindow, qtbot) -> list[str]:
    found = []
    for tab in range(window.panes.left.count()):
        window.panes.left.setCurrentIndex(tab)
        qtbot.wait(20)
        found += cut_texts(window)
    return found


@pytest.mark.parametrize("look", [Choice.LIGHT, Choice.DARK])
def test_nothing_is_cut_off_before_a_recording_is_open(window, qtbot, look: Choice) -> None:
    window._theme.choose(look)
    make_small(window, qtbot)
    assert cut_on_each_tab(window, qtbot) == []


def test_nothing_is_cut_off_with_a_recording_a_run_and_its_components(opened, qtbot, wait) -> None:
    make_small(opened, qtbot)
    assert cut_on_each_tab(opened, qtbot) == []
    begin(opened, wait)
    assert cut_on_each_tab(opened, qtbot) == []
    end(opened, wait)
    opened.selection.select([0, 1], 0)
    opened.panes.transport.set_duration(4 * 3600)  # its time is wide
    opened.actions_["group"].trigger()
    assert cut_on_each_tab(opened, qtbot) == []


def test_the_view_that_was_clicked_has_room_for_its_name(separated, qtbot) -> None:
    for button in separated.panes.spectrogram.view_buttons.values():
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        button.setFocus()
        qtbot.wait(20)
        option = QStyleOptionButton()
        button.initStyleOption(option)
        element = QStyle.SubElement.SE_PushButtonContents
        room = button.style().subElementRect(element, option, button).width()
        assert option.state & QStyle.StateFlag.State_HasFocus
        assert room >= button.fontMetrics().horizontalAdvance(button.text()), button.text()


def test_the_name_of_what_is_seen_is_not_cut_off(separated, qtbot) -> None:
    make_small(separated, qtbot)
    panel = separated.panes.spectrogram
    run = separated.controller.shown_run()
    separated.controller.edit_run(rename_component(run, 0, "Component 12"), "Rename")
    for view in ("component", "sources", "heard"):
        separated.selection.select([0], 0)
        panel.view_buttons[view].click()
        qtbot.wait(20)
        needed = panel.title.fontMetrics().horizontalAdvance(panel.title.text())
        assert panel.title.width() >= needed, panel.title.text()


def test_what_is_under_the_pointer_is_read_in_a_small_window_too(separated, qtbot) -> None:
    panel = separated.panes.spectrogram
    plot = panel.plot
    for width, label in ((1360, panel.readout), (1024, panel.readout_below)):
        separated.resize(width, 640)
        qtbot.wait(50)
        center = plot.mapFromScene(plot.view.sceneBoundingRect().center())
        qtbot.mouseMove(plot.viewport(), center + QPoint(width // 100, 0))
        qtbot.waitUntil(lambda label=label: label.isVisible() and " Hz " in label.text())
        assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()
        assert panel.read_out == label.text()
    below = panel.readout_below
    assert below.mapTo(panel, QPoint()).y() > plot.mapTo(panel, QPoint()).y() + plot.view.height()
    qtbot.mouseMove(separated.panes.runs, QPoint(5, 5))
    plot.pointed.emit(None)
    assert not below.isVisible()


def test_texts_that_are_cut_off_are_found(window, qtbot) -> None:
    window.panes.transport.outputs.setFixedWidth(40)
    qtbot.wait(20)
    assert len(list(cut_texts(window))) == 4


def test_the_window_needs_no_more_than_the_smallest_screens_have(separated, qtbot) -> None:
    separated.selection.select([0], 0)
    make_small(separated, qtbot)
    assert separated.size() == LEAST_SIZE


@pytest.mark.parametrize("needed", [300, 700, 50_000])
def test_a_window_cannot_be_smaller_than_what_it_needs_or_its_screen(qtbot, needed: int) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    set_sizes(window, QSize(needed, needed))
    room = window.screen().availableSize()  # of tests it has less than `LEAST_SIZE`
    assert window.minimumWidth() == min(max(needed, LEAST_SIZE.width()), room.width())
    most = room.height() - 40  # above it is the title
    assert window.minimumHeight() == min(max(needed, LEAST_SIZE.height()), most)


def test_a_window_is_no_larger_than_its_screen_at_first(window) -> None:
    window.resize(5000, 4000)
    fit_to_screen(window)
    room = window.screen().availableSize()
    assert (window.width(), window.height()) <= (room.width(), room.height())
    assert window.height() < room.height()

"""The guided tour: it points at what it speaks of, by mouse and by keys."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt

from isnmf_gui.gui.main_window import MainWindow
from isnmf_gui.gui.tour import Tour

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def tour(window: MainWindow, qtbot) -> Tour:
    window.panes.welcome.tour_button.click()
    tour = window.findChild(Tour)
    qtbot.wait(20)
    return tour


def test_every_step_points_at_something_and_hides_none_of_its_words(window, tour, qtbot) -> None:
    places = []
    for step in list(tour._steps):
        assert tour.title.text() == step.title
        target = step.target()
        seen = QRect(target.mapTo(window, QPoint(0, 0)), target.size())
        assert tour._hole.contains(seen.center())
        assert tour.rect().contains(tour.bubble.geometry())
        assert tour.text.height() >= tour.text.heightForWidth(tour.text.width())
        places.append(seen.getRect())
        qtbot.mouseClick(tour.next, LEFT)
        qtbot.wait(5)
    assert len(set(places)) >= len(places) - 1  # the tabs of the left stand at one place
    assert window.findChild(Tour) is None


def test_keys_go_back_and_forth_and_leave(window, tour, qtbot) -> None:
    assert tour.next.hasFocus()
    qtbot.keyClick(tour, Qt.Key.Key_Right)
    assert tour.place == 1
    qtbot.keyClick(tour, Qt.Key.Key_Left)
    qtbot.keyClick(tour, Qt.Key.Key_Left)
    assert tour.place == 0
    assert not tour.back.isEnabled()
    qtbot.keyClick(tour, Qt.Key.Key_Escape)
    qtbot.wait(5)
    assert window.findChild(Tour) is None


def test_it_follows_the_window(window, tour, qtbot) -> None:
    window.resize(920, 600)
    qtbot.wait(20)
    assert tour.size() == window.size()
    assert tour.rect().contains(tour.bubble.geometry())


def test_it_can_be_taken_with_work_on_the_table(separated, qtbot) -> None:
    before = separated.controller.document
    separated.actions_["tour"].trigger()
    tour = separated.findChild(Tour)
    assert tour._steps[0].target() is separated.panes.overview
    for _ in list(tour._steps):
        tour.go_on()
    qtbot.wait(5)
    assert separated.findChild(Tour) is None
    assert separated.controller.document is before
    separated.actions_["tour"].trigger()  # again
    assert len(separated.findChildren(Tour)) == 1

"""The guided tour: it points at what it speaks of, by mouse and by keys."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication

from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.gui.window.tour import Tour

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
    # The tabs of the left stand at one place, and one paints where the recording will be.
    assert len(set(places)) >= len(places) - 2
    assert window.findChild(Tour) is None


def test_keys_go_back_and_forth_and_leave(window, tour, qtbot) -> None:
    assert tour.next.hasFocus()
    qtbot.keyClick(tour.next, Qt.Key.Key_Right)
    assert tour.place == 1
    qtbot.keyClick(tour.next, Qt.Key.Key_Left)
    qtbot.keyClick(tour.next, Qt.Key.Key_Left)
    assert tour.place == 0
    assert not tour.back.isEnabled()
    qtbot.keyClick(tour.next, Qt.Key.Key_Escape)
    qtbot.wait(5)
    assert window.findChild(Tour) is None


def test_the_keyboard_stays_in_it(window, tour, qtbot) -> None:
    bases = window.panes.settings._fields["n_bases"]
    before, tab = bases.value(), window.panes.left.currentIndex()
    for key in (*[Qt.Key.Key_Tab] * 4, *[Qt.Key.Key_Backtab] * 4, Qt.Key.Key_Up, Qt.Key.Key_1):
        qtbot.keyClick(QApplication.focusWidget(), key)
        assert QApplication.focusWidget() in tour.buttons
    bases.setFocus()  # as something that opens under the veil might
    assert tour.next.hasFocus()
    for letter in "NBL":
        qtbot.keyClick(tour.next, letter, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(tour.next, Qt.Key.Key_F1)
    assert window.findChildren(Tour) == [tour]
    assert (bases.value(), window.panes.left.currentIndex()) == (before, tab)
    qtbot.keyClick(tour.next, Qt.Key.Key_Return)
    assert tour.place == 1


def test_its_words_cover_nothing_that_they_are_about(separated, qtbot) -> None:
    separated.resize(1600, 1000)
    separated.actions_["tour"].trigger()
    tour = separated.findChild(Tour)
    for _ in list(tour._steps):
        assert not tour.bubble.geometry().intersects(tour._hole), tour.title.text()
        tour.go_on()


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

"""The overview: seeking, and marking a region with mouse and keys."""

import pytest
from PySide6.QtCore import QPoint, Qt

from isnmf_gui.gui.control.region import RegionModel

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def overview(opened):
    return opened.panes.overview


def at(overview, seconds: float) -> QPoint:
    return QPoint(round(overview.to_x(seconds)), 30)


def drag(qtbot, overview, begin_s: float, end_s: float, modifiers=PLAIN) -> None:
    qtbot.mousePress(overview, LEFT, modifiers, at(overview, begin_s))
    qtbot.mouseMove(overview, at(overview, (begin_s + end_s) / 2))
    qtbot.mouseMove(overview, at(overview, end_s))
    qtbot.mouseRelease(overview, LEFT, modifiers, at(overview, end_s))


def about(*seconds: float):
    return pytest.approx(seconds, abs=0.02)


def test_click_and_drag_seek(overview, qtbot) -> None:
    seeks = []
    overview.seek_wanted.connect(seeks.append)
    qtbot.mouseClick(overview, LEFT, pos=at(overview, 1))
    drag(qtbot, overview, 1.5, 2.5)
    assert [seeks[0], seeks[1], seeks[-1]] == about(1, 1.5, 2.5)
    assert overview.region.region_s is None


def test_a_region_is_marked_changed_moved_and_cleared(overview, qtbot) -> None:
    seeks, regions = [], []
    overview.seek_wanted.connect(seeks.append)
    overview.region.changed.connect(regions.append)
    drag(qtbot, overview, 1, 2, SHIFT)
    assert overview.region.region_s == about(1, 2)
    drag(qtbot, overview, 2, 2.5)  # its end
    assert overview.region.region_s == about(1, 2.5)
    drag(qtbot, overview, 1, 0.5)  # its start
    assert overview.region.region_s == about(0.5, 2.5)
    drag(qtbot, overview, 1, 1.3)  # its inside
    assert overview.region.region_s == about(0.8, 2.8)
    drag(qtbot, overview, 1, 3)  # no further than the end of the recording
    assert overview.region.region_s == about(1, 3)
    assert not seeks
    qtbot.mouseClick(overview, LEFT, pos=at(overview, 2))
    assert seeks == [pytest.approx(2, abs=0.02)]
    qtbot.mouseDClick(overview, LEFT, pos=at(overview, 2))
    assert overview.region.region_s is None
    assert regions[-1] is None


def test_dragging_from_an_end_marks(overview, qtbot) -> None:
    drag(qtbot, overview, 0, 1)
    assert overview.region.region_s == about(1, 3)


def test_a_handle_may_cross_the_other(overview, qtbot) -> None:
    overview.region.mark(1, 2)
    drag(qtbot, overview, 1, 2.6)
    assert overview.region.region_s == about(2, 2.6)


def test_keys_mark(overview, qtbot) -> None:
    overview.setFocus()
    overview.set_playhead(1.0, True)
    qtbot.keyClick(overview, Qt.Key.Key_BracketLeft)
    assert overview.region.region_s == about(1, 3)
    overview.set_playhead(2.0, True)
    qtbot.keyClick(overview, Qt.Key.Key_BracketRight)
    assert overview.region.region_s == about(1, 2)
    qtbot.keyClick(overview, Qt.Key.Key_Right)
    assert overview.region.region_s == about(1, 2.015)
    qtbot.keyClick(overview, Qt.Key.Key_Up)
    qtbot.keyClick(overview, Qt.Key.Key_Left)
    assert overview.region.region_s == about(0.985, 2.015)
    qtbot.keyClick(overview, Qt.Key.Key_Escape)
    assert overview.region.region_s is None


def test_the_region_is_seen_in_the_spectrogram(opened, overview) -> None:
    plot = opened.panes.spectrogram.plot
    overview.region.mark(1, 2)
    before, after = plot._outside
    assert before.isVisible()
    assert before.getRegion() == about(0, 1)
    assert after.getRegion() == about(2, 3)
    overview.region.clear()
    assert not before.isVisible()


def test_the_stretch_that_is_seen_is_framed(opened, overview) -> None:
    whole = overview.grab().toImage()
    opened.panes.spectrogram.plot.view.setXRange(1, 2, padding=0)
    assert overview.stretch_s == about(1, 2)
    assert overview.grab().toImage() != whole


def test_another_recording_has_no_region(opened, overview, wait, sound_file) -> None:
    overview.region.mark(1, 2)
    old = opened.controller.document.recording
    opened.files.open(sound_file)
    wait(lambda: opened.controller.document.recording is not old)
    assert overview.region.region_s is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [(1, 2, (1, 2)), (2, 1, (1, 2)), (-5, 50, (0, 10)), (3, 3, (3, 3.01)), (10, 10, (9.99, 10))],
)
def test_regions_keep_within_the_recording(one, other, expected) -> None:
    model = RegionModel()
    model.set_duration(10)
    model.mark(one, other)
    assert model.region_s == pytest.approx(expected)
    model.move_to(-3)
    assert model.region_s[0] == 0
    assert model.region_s[1] == pytest.approx(expected[1] - expected[0])

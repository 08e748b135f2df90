"""Reading the large spectrogram by keyboard."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

SHIFT = Qt.KeyboardModifier.ShiftModifier
KEYS = Qt.Key


@pytest.fixture
def panel(opened, wait):
    panel = opened.panes.spectrogram
    wait(lambda: panel.plot.visible)
    panel.plot.setFocus()
    return panel


def press(qtbot, panel, *keys, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        qtbot.keyClick(panel.plot, key, modifiers)


def read(panel) -> tuple[float, float]:
    """Return the time and the frequency that are read."""
    words = panel.read_out.split()
    assert words[1] == "s"
    assert words[3] == "Hz"
    return float(words[0]), float(words[2])


def test_arrows_show_a_cursor_and_move_it(panel, qtbot) -> None:
    before = panel.plot.view.viewRange()
    press(qtbot, panel, KEYS.Key_Right)
    assert panel.plot.reading.is_on
    start_s, middle_hz = read(panel)
    assert start_s == pytest.approx(1.5, abs=0.01)
    press(qtbot, panel, KEYS.Key_Right, KEYS.Key_Right, KEYS.Key_Up)
    time_s, hertz = read(panel)
    assert time_s == pytest.approx(start_s + 2 * 3 / 200, abs=0.002)
    low, high = before[1]
    assert hertz == pytest.approx(middle_hz * 10 ** ((high - low) / 200), abs=1)
    press(qtbot, panel, KEYS.Key_Left, KEYS.Key_Down, modifiers=SHIFT)
    assert read(panel)[0] == pytest.approx(time_s - 3 / 20, abs=0.002)
    assert read(panel)[1] == pytest.approx(hertz / 10 ** ((high - low) / 20), abs=1)
    assert panel.plot.view.viewRange() == before


def test_it_reads_what_the_pointer_would(panel, qtbot) -> None:
    press(qtbot, panel, KEYS.Key_Right)
    panel.plot.reading.put(0.15, np.log10(440))  # the melody begins with an A
    text = panel.read_out
    assert "440 Hz" in text
    assert "A4" in text
    assert float(text.split()[-2].replace("−", "-")) > -25
    assert "A4" in panel.plot.accessibleDescription()
    pointer = panel.plot.view.mapViewToScene(QPointF(0.15, np.log10(440)))
    panel.plot.reading.put(2.0, np.log10(3000))
    panel.plot.hover(pointer)
    assert panel.read_out == text
    panel.plot.hover(QPointF(-5, -5))  # the pointer has left: the cursor is read again
    assert read(panel)[0] == pytest.approx(2.0, abs=0.01)


def test_the_view_follows_the_cursor_and_it_stays_within(panel, qtbot) -> None:
    panel.plot.view.setXRange(1.0, 1.2, padding=0)
    press(qtbot, panel, KEYS.Key_Right)
    press(qtbot, panel, *[KEYS.Key_Right] * 12, modifiers=SHIFT)
    start_s, stop_s = panel.plot.view.viewRange()[0]
    assert start_s > 1.01
    assert stop_s - start_s == pytest.approx(0.2, abs=0.001)
    assert start_s <= read(panel)[0] <= stop_s + 0.001
    panel.plot.fit()
    press(qtbot, panel, *[KEYS.Key_Left] * 40, modifiers=SHIFT)
    assert read(panel)[0] == 0


def test_the_cursor_keeps_its_frequency_on_another_axis(panel, qtbot) -> None:
    press(qtbot, panel, KEYS.Key_Up)
    before = read(panel)
    panel.scale_button.click()
    assert read(panel) == pytest.approx(before, abs=1)
    panel.scale_button.click()
    assert read(panel) == pytest.approx(before, abs=1)


def test_a_cursor_that_was_put_away_does_not_mind_the_axis(panel, qtbot) -> None:
    panel.scale_button.setChecked(False)
    press(qtbot, panel, KEYS.Key_Right, KEYS.Key_Escape)
    for on in (True, False, True):
        panel.scale_button.setChecked(on)
    press(qtbot, panel, KEYS.Key_Right)
    assert 30 < read(panel)[1] < 11_025


def test_enter_plays_from_there_also_out_of_a_pause(
    opened, panel, sound_output, wait, qtbot
) -> None:
    player = opened.controller.player
    press(qtbot, panel, KEYS.Key_Return)  # nothing to play from yet
    assert not player.is_playing
    press(qtbot, panel, KEYS.Key_Right, KEYS.Key_Return)
    wait(lambda: player.position_s > 1.55)
    player.pause()
    press(qtbot, panel, KEYS.Key_Left, modifiers=SHIFT)
    press(qtbot, panel, KEYS.Key_Return)
    wait(lambda: player.is_playing and 1.3 < player.position_s < 1.5)
    press(qtbot, panel, KEYS.Key_Escape)  # the cursor first
    assert not panel.plot.reading.is_on
    assert panel.read_out == ""
    assert player.is_playing
    press(qtbot, panel, KEYS.Key_Escape)  # then the sound
    assert not player.is_playing

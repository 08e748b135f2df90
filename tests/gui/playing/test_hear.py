"""What is heard when a person clicks: recorded from the sound card and compared."""

import os
import subprocess
import sys

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from scipy.signal import correlate, resample_poly

from isnmf_gui.errors import PlaybackError
from isnmf_gui.session.edits import mix_edits
from isnmf_gui.session.runs.separation import Parts
from tests.gui.run_tools import end, make_it_long


def aligned(heard: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Return the stretch of what was heard that fits best."""
    lag = int(np.argmax(correlate(heard[:, 0], expected[:, 0], "valid", "fft")))
    return heard[lag : lag + len(expected)]


def rendered(window, index: int, rate: int) -> np.ndarray:
    """Return a component as it should be heard, at the sound card's rate."""
    separation = window.controller.document.current_run.separation
    parts = Parts(separation)
    samples = parts.resynthesis.render(0, separation.recording.n_samples, parts.mask([index]))
    return resample_poly(samples, rate, separation.recording.sample_rate, axis=0)


def assert_heard(heard: np.ndarray, expected: np.ndarray, level_db: float = 0.0) -> None:
    """Compare by correlation and level, leaving out the very ends: filters differ there."""
    assert len(heard) >= len(expected)
    found, wanted = aligned(heard, expected)[500:-500], expected[500:-500]
    correlation = (found * wanted).sum() / np.sqrt((found**2).sum() * (wanted**2).sum())
    assert correlation > 0.999
    difference = 10 * np.log10((found**2).sum() / (wanted**2).sum())
    assert difference == pytest.approx(level_db, abs=0.1)


def test_tile_button_plays_its_component(separated, sound_card, wait, qtbot) -> None:
    window = separated
    window.panes.transport.volume.setValue(100)
    tile = window.panes.components.tiles[1]
    with sound_card.record() as recording:
        qtbot.mouseClick(tile.parts.play_button, Qt.MouseButton.LeftButton)
        wait(lambda: window.controller.player.is_playing)
        assert tile.parts.play_button.isChecked()
        assert window.panes.transport._what.text() == "Component 2 alone"
        wait(lambda: window.controller.player.position_s > 1)
        assert window.panes.spectrogram.plot.playhead.isVisible()
        wait(lambda: not tile.parts.play_button.isChecked())
        recording.wait(0.5)
        heard = recording.samples
    assert window.controller.player.transport.underruns == 0
    assert_heard(heard, rendered(window, 1, sound_card.sample_rate))
    assert tile.parts.play_button.accessibleName() == "Hear component 2"


def test_space_plays_what_is_shown_and_volume_is_heard(separated, sound_card, wait, qtbot) -> None:
    window = separated
    window.panes.transport.volume.setValue(50)  # a quarter of the amplitude
    window.setFocus()
    with sound_card.record() as recording:
        qtbot.keyClick(window, Qt.Key.Key_Space)
        wait(lambda: window.controller.player.is_playing)
        wait(lambda: not window.controller.player.is_playing)
        recording.wait(0.5)
        heard = recording.samples
    samples = window.controller.document.recording.samples
    expected = resample_poly(samples, sound_card.sample_rate, 22_050, axis=0)
    assert_heard(heard, expected, level_db=20 * np.log10(0.25))


def test_stop_and_pause(separated, sound_card, wait, qtbot) -> None:
    window, player = separated, separated.controller.player
    tile = window.panes.components.tiles[0]
    qtbot.mouseClick(tile.parts.play_button, Qt.MouseButton.LeftButton)
    wait(lambda: player.position_s > 0.3)
    window.listening.play_or_pause()
    assert player.is_paused
    place_s = player.position_s
    assert window.panes.transport._what.text() == "Paused: Component 1 alone"
    with sound_card.record() as recording:
        recording.wait(0.4)
        assert np.abs(recording.samples[-4000:]).max() == 0
    window.selection.select([0], 0)
    window.listening.play_or_pause()
    wait(lambda: player.position_s > place_s + 0.2)
    qtbot.mouseClick(window.panes.transport.stop_button, Qt.MouseButton.LeftButton)
    assert not player.is_playing
    assert player.position_s == 0


def test_hear_a_component_of_a_running_factorization(opened, sound_card, wait) -> None:
    window = opened
    make_it_long(window)
    window.runs.separate()
    wait(lambda: window.controller.live and window.controller.live.iteration > 5)
    with sound_card.record() as recording:
        window.panes.components.tiles[0].parts.play_button.click()
        wait(lambda: window.controller.player.position_s > 0.4)
        assert window.controller.is_busy("run")
        assert np.abs(recording.samples).max() > 1e-3
    window.cancel()
    wait(lambda: not window.controller.is_busy("run"))
    window.controller.player.stop()


def test_a_run_that_starts_ends_hearing_one_component_at_once(
    separated, sound_output, wait
) -> None:
    """What is said to be heard is the mix, so that is what is heard."""
    window = separated
    window.panes.components.tiles[0].parts.play_button.click()
    wait(lambda: window.controller.player.position_s > 0)
    make_it_long(window)
    window.runs.separate()
    assert window.panes.transport._what.text() == "Mix of run 1"
    np.testing.assert_array_equal(window.listening._mix.gains, [1.0, 1.0, 1.0])
    end(window, wait)
    window.controller.player.stop()


def test_without_sound_everything_else_works(separated, wait, monkeypatch) -> None:
    sentence = "Sound needs the PortAudio library."

    def refuse(*_args, **_kwargs):
        raise PlaybackError(sentence)

    window = separated
    monkeypatch.setattr(window.controller.player.transport._outlet, "_open_output", refuse)
    window.panes.components.tiles[0].parts.play_button.click()
    wait(lambda: window.findChildren(QMessageBox))
    assert window.findChildren(QMessageBox)[0].text() == sentence
    assert sentence in window.status.text
    window.runs.separate()
    wait(lambda: len(window.controller.document.runs) == 2)


NO_LIBRARY = """
import ctypes.util
ctypes.util.find_library = lambda name: None
"""
NO_SOUND_SCRIPT = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.appearance.theme import Theme
app = QApplication([])
window = MainWindow(Theme(app), Preferences())
window.show()
window.controller.recording_opened.connect(lambda _: window.runs.separate())
def listen():
    window.panes.components.tiles[0].parts.play_button.click()
    print(window.findChildren(QMessageBox)[0].text())
    print(len(window.controller.document.runs))
    window.files.close_now()
window.controller.running.ended.connect(listen)
window.panes.settings.choose_preset("fast")
window.files.open(Path(sys.argv[1]))
sys.exit(app.exec())
"""


@pytest.mark.parametrize(
    ("preamble", "alsa", "sentence"),
    [
        (NO_LIBRARY, None, "sudo apt install libportaudio2"),
        ("", "pcm.default { type hw card 99 }\nctl.default { type hw card 99 }\n", "No sound"),
    ],
)
def test_window_without_library_or_device(sound_file, tmp_path, preamble, alsa, sentence) -> None:
    environment = dict(os.environ, XDG_CONFIG_HOME=str(tmp_path), QT_QPA_PLATFORM="offscreen")
    for name in [n for n in environment if n.startswith("PULSE")]:
        del environment[name]
    if alsa:
        (tmp_path / "asound.conf").write_text(alsa)
        environment["ALSA_CONFIG_PATH"] = str(tmp_path / "asound.conf")
    command = [sys.executable, "-c", preamble + NO_SOUND_SCRIPT, str(sound_file)]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert sentence in done.stdout
    assert done.stdout.rstrip().endswith("1")


def test_faders_solo_and_swap_are_heard_while_it_plays(separated, sound_card, wait, qtbot) -> None:
    window, player = separated, separated.controller.player
    window.panes.transport.volume.setValue(100)
    window.listening.play_or_pause()
    wait(lambda: player.position_s > 0.2)
    for tile in window.panes.components.tiles:
        qtbot.mouseClick(tile.parts.mute_button, Qt.MouseButton.LeftButton)
    with sound_card.record() as recording:
        wait(lambda: player.position_s > 0.9)
        muted = recording.samples[-4000:]
        assert np.abs(muted).max() < 1e-6
        window.actions_["swap"].trigger()
        place_s = player.position_s
        wait(lambda: player.position_s > place_s + 0.6)
        assert np.abs(recording.samples[-8000:]).max() > 0.01
    assert player.is_playing
    window.actions_["swap"].trigger()
    assert window.panes.transport.outputs.output == "mix"
    player.stop()


def test_a_region_is_looped_and_the_device_is_remembered(separated, sound_output, wait) -> None:
    window, player = separated, separated.controller.player
    window.panes.region.mark(1.0, 1.4)
    window.actions_["loop"].trigger()
    window.listening.play_or_pause()
    seen = []
    for _ in range(3):
        wait(lambda: player.position_s > 1.3)
        wait(lambda: player.position_s < 1.2)
        seen.append(player.position_s)
    assert all(1.0 <= place < 1.4 for place in seen)
    player.stop()
    window.panes.transport.devices.list_wanted.emit()
    devices = window.panes.transport.devices
    wait(lambda: not player.is_looking)
    names = [devices.itemData(index) for index in range(1, devices.count())]
    assert "default" in names
    devices.setCurrentIndex(devices.findData("default"))
    devices.activated.emit(devices.currentIndex())
    window.panes.save(window._preferences)
    assert window._preferences.device == "default"


def test_digits_hear_the_components_with_these_numbers(
    separated, sound_output, wait, qtbot
) -> None:
    window = separated
    order = window.panes.components.order_box
    order.setCurrentIndex(order.findData("energy"))
    order.activated.emit(order.currentIndex())
    index_of = {tile.component.number: tile.index for tile in window.panes.components.tiles}
    assert sorted(index_of) == [1, 2, 3]
    assert window.actions_["hear_3"].isEnabled()
    assert not window.actions_["hear_4"].isEnabled()  # there are three
    window.setFocus()
    for key, number in ((Qt.Key.Key_1, 1), (Qt.Key.Key_3, 3)):
        index = index_of[number]
        qtbot.keyClick(window, key)
        wait(lambda index=index: window.listening.audition == (index,))
    qtbot.keyClick(window, Qt.Key.Key_3)  # again: no longer
    wait(lambda: not window.controller.player.is_playing)
    assert window.listening.audition == ()


def test_a_component_heard_alone_is_not_that_of_another_run(two, sound_output, wait) -> None:
    """The other run has a component with this index too: it was never chosen."""
    window, run = two, two.controller.document.current_run
    window.listening.toggle_audition(1)
    assert window.listening.audition == (1,)
    window.controller.edit_run(mix_edits.set_gain(run, [1], -6.0), "Gain")
    assert window.listening.audition == (1,)  # the same run, edited
    window.controller.choose_run(1)
    assert window.listening.audition == ()
    window.listening.toggle_audition(1)
    assert window.listening.audition == (1,)
    window.listening.toggle_audition(1)
    assert window.listening.audition == ()


def test_steps_in_time_go_on_from_where_they_are(separated, sound_output, wait) -> None:
    window, player = separated, separated.controller.player
    window.actions_["forward"].trigger()
    wait(lambda: player.is_paused)
    assert 1.0 <= player.position_s < 1.5
    window.actions_["step_forward"].trigger()
    window.actions_["step_forward"].trigger()  # before the moment of the first is over
    wait(lambda: player.is_paused)
    assert 1.2 <= player.position_s < 1.8
    window.listening.play_or_pause()
    window.actions_["back"].trigger()
    assert player.is_playing
    assert player.position_s < 0.9
    wait(lambda: (window.panes.transport.meter.rms_db > -50).any())
    player.pause()
    assert (window.panes.transport.meter.rms_db <= -60).all()
    assert (window.panes.transport.meter.peak_db <= -60).all()


def test_play_begins_where_the_loop_does_unless_it_is_inside(
    opened, sound_output, wait, qtbot
) -> None:
    window, player = opened, opened.controller.player
    places: list[float] = []
    player.moved.connect(places.append)

    def play_for(n_places: int) -> None:
        places.clear()
        qtbot.keyClick(window, Qt.Key.Key_Space)
        wait(lambda: len(places) > n_places)

    window.panes.region.mark(1.0, 1.5)
    qtbot.mouseClick(window.panes.transport.loop_button, Qt.MouseButton.LeftButton)
    window.setFocus()
    play_for(10)
    assert all(1.0 <= place < 1.5 for place in places)
    qtbot.keyClick(window, Qt.Key.Key_Space)  # paused
    for outside_s in (0.2, 2.5):
        player.seek(outside_s)
        play_for(4)
        assert all(1.0 <= place < 1.5 for place in places)
        qtbot.keyClick(window, Qt.Key.Key_Space)
    player.seek(1.3)
    play_for(2)
    assert 1.29 < places[0] < 1.45  # inside it goes on from where it was
    player.stop()
    player.seek(0.2)  # where a person clicked: the place counts
    assert 0.1 < player.position_s < 0.6
    player.stop()

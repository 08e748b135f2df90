"""Sound that fails under the window: the server is restarted, the device is gone and comes back."""

import numpy as np
import pytest
import sounddevice
from PySide6.QtWidgets import QMessageBox

from isnmf_gui.gui.playing.device_box import DeviceBox
from tests.gui.files.test_disk_faults import told
from tests.gui.run_tools import separate
from tests.playback.test_portaudio_errors import CODES, Library


@pytest.fixture
def repaired(sound_card):
    """A sound card that is switched on again whatever happens to it."""
    yield sound_card
    if not sound_card.is_on:
        sound_card.start()


def test_the_sound_server_is_restarted(separated, repaired, wait) -> None:
    window, player = separated, separated.controller.player
    before = window.controller.document
    window.panes.region.mark(0.2, 2.8)  # so that it goes on and on
    player.play(0.5)
    wait(lambda: player.position_s > 0.7)
    repaired.pull_out()
    assert "sound device" in told(window, wait).lower()
    assert not player.is_playing
    assert window.controller.document is before
    separate(window, wait, seed=2)  # all but the sound works
    repaired.start()
    with repaired.record() as recording:
        window.actions_["play"].trigger()
        wait(lambda: np.abs(recording.samples).max(initial=0) > 1e-3)
    assert player.is_playing
    assert player.position_s > 0.5  # where it was
    assert not [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    player.stop()


def test_the_same_device_can_be_chosen_again(qtbot) -> None:
    box, chosen = DeviceBox(), []
    qtbot.addWidget(box)
    box.device_chosen.connect(chosen.append)
    box.show_devices(["Headphones"])
    for _ in range(2):  # it may be back after it was lost
        box.setCurrentIndex(1)
        box.activated.emit(1)
    assert chosen == ["Headphones", "Headphones"]


def test_no_error_of_portaudio_costs_work(separated, sound_output, wait, monkeypatch) -> None:
    window, library = separated, sounddevice._lib
    before = window.controller.document
    for code in CODES:
        fails = Library(library, Pa_OpenStream=lambda *_, code=code: code)
        monkeypatch.setattr(sounddevice, "_lib", fails)
        window.actions_["play"].trigger()
        assert told(window, wait).endswith(".")
        assert window.controller.document is before
        assert not window.controller.player.is_playing
    monkeypatch.setattr(sounddevice, "_lib", library)
    window.panes.components.tiles[0].parts.mute_button.click()
    assert window.controller.shown_run().components[0].is_muted
    window.actions_["play"].trigger()
    wait(lambda: window.controller.player.is_playing)
    window.controller.player.stop()

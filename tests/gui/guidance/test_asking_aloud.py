"""What is played of *Ask me* is the place, recorded from the sound card."""

import pytest
from scipy.signal import resample_poly

from isnmf_gui.gui.guidance import ask_desk
from isnmf_gui.session.document.guidance import Box
from isnmf_gui.session.edits import source_edits
from tests.gui.playing.test_hear import assert_heard
from tests.gui.playing.test_hear_box import RATE, boxed


def test_the_place_is_heard_and_nothing_else(separated, sound_card, wait, monkeypatch) -> None:
    """What played before waits, and is where it was afterwards."""
    window, player = separated, separated.controller.player
    run = source_edits.group_as(window.controller.shown_run(), [0, 1, 1])
    window.controller.edit_run(run, "Grouped")
    window.panes.transport.volume.setValue(100)
    window.listening.play_or_pause()
    wait(lambda: player.position_s > 0.1)
    boxes: list[Box | None] = []
    window.ask_desk.box_shown.connect(boxes.append)
    window.actions_["ask"].trigger()
    assert player.is_paused
    wait(lambda: boxes[-1] and window.listening.box is None)
    place_s = player.position_s
    monkeypatch.setattr(ask_desk, "TOO_SOON_MS", 0)
    with sound_card.record() as recording:
        window.panes.ask_bar.answers[0].click()
        wait(lambda: len(boxes) > 2 and window.listening.box)
        wait(lambda: window.listening.box is None)
        recording.wait(0.5)
        heard = recording.samples
    samples = window.controller.document.recording.samples
    expected = boxed(samples, boxes[-1])
    assert_heard(heard, resample_poly(expected, sound_card.sample_rate, RATE, axis=0))
    assert abs(heard).max(axis=1)[-2000:].max() < 1e-4
    assert player.is_paused
    assert player.position_s == pytest.approx(place_s, abs=0.01)
    player.stop()

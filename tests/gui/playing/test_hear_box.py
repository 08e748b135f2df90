"""A box of time and frequency is heard alone, recorded from the sound card; and what follows."""

import numpy as np
import pytest
from scipy.signal import resample_poly

from isnmf_gui.errors import PlaybackError
from isnmf_gui.session.document.guidance import Box
from isnmf_gui.session.edits import guidance_edits, source_edits
from isnmf_gui.session.export.stems.export_stems import parts_of
from isnmf_gui.session.export.stems.rendering import rendered
from isnmf_gui.session.export.stems.stems import source_stems
from isnmf_gui.spectral.cutting import Cut, CutReader
from tests.gui.playing.test_hear import assert_heard

RATE = 22_050
BOX = Box(1.0, 1.2, 400, 1200)
LONG = Box(0.5, 2.5, 400, 1200)


def boxed(samples, box: Box = BOX):
    cut = Cut.of(box, RATE, len(samples))
    first, last = cut.heard(len(samples))
    whole = CutReader(cut, lambda a, b: samples[a:b], 2).read(0, len(samples))
    return whole[first:last]


def record(sound_card, window, act, wait):
    """Return what is heard from an act until it is quiet."""
    window.panes.transport.volume.setValue(100)
    with sound_card.record() as recording:
        act()
        wait(lambda: window.controller.player.is_playing)
        wait(lambda: window.listening.box is None)
        recording.wait(0.5)
        return recording.samples


def test_a_box_is_heard_whole_and_nothing_else(opened, sound_card, wait) -> None:
    """Without a run; also one of a fifth of a second."""
    window, rate = opened, sound_card.sample_rate
    heard = record(sound_card, window, lambda: window.listening.hear_box(BOX), wait)
    samples = window.controller.document.recording.samples
    assert window.controller.player.transport.underruns == 0
    assert_heard(heard, resample_poly(boxed(samples), rate, RATE, axis=0))
    sounding = np.flatnonzero(np.abs(heard).max(axis=1) > 1e-4)
    assert sounding[-1] - sounding[0] < 0.25 * rate
    assert not window.controller.player.is_playing
    assert window.controller.player.position_s == 0


def test_a_sources_share_of_a_box_is_heard(separated, sound_card, wait) -> None:
    window = separated
    run = source_edits.group_as(window.controller.document.current_run, [0, 1, 1])
    first = run.sources[0].id
    run = guidance_edits.paint(run, first, Box(0.2, 0.6, 300, 900))
    window.controller.edit_run(run, "Painted")
    stem = next(it for it in source_stems(run) if it.number == first)
    share = np.concatenate([it[0] for it in rendered(parts_of(run, "wiener"), [stem])])
    heard = record(sound_card, window, lambda: window.listening.hear_box(BOX, first), wait)
    assert_heard(heard, resample_poly(boxed(share), sound_card.sample_rate, RATE, axis=0))


def hear(window, wait, box: Box = LONG, source_id: int | None = None) -> None:
    window.listening.hear_box(box, source_id)
    wait(lambda: window.listening.box and window.controller.player.position_s > box.start_s)


def test_again_stops_it(opened, sound_output, wait) -> None:
    window, told = opened, []
    window.listening.box_heard.connect(told.append)
    hear(window, wait)
    assert window.panes.transport._what.text() == "Recording, 0:00.5–0:02.5, 400–1200 Hz"
    assert told[-1].box == LONG
    window.listening.hear_box(LONG)
    assert not window.controller.player.is_playing
    assert told[-1] is None
    assert window.listening._mix.cut is None


def test_what_played_before_goes_on_where_it_was(separated, sound_output, wait) -> None:
    window, player = separated, separated.controller.player
    window.listening.toggle_audition(1)
    wait(lambda: player.position_s > 0.1)
    player.seek(1.5)
    window.listening.hear_box(BOX)
    wait(lambda: player.is_in_stretch and player.position_s < 1.3)
    wait(lambda: window.listening.box is None)
    assert player.is_playing
    assert 1.4 < player.position_s < 2
    assert window.listening.audition == (1,)
    assert window.panes.transport._what.text() == "Component 2 alone"
    player.stop()


def test_what_was_paused_before_is_paused_again(separated, sound_output, wait) -> None:
    window, player = separated, separated.controller.player
    window.listening.play_or_pause()
    wait(lambda: player.position_s > 0.1)
    player.seek(2.0)
    window.listening.play_or_pause()
    place_s = player.position_s
    window.listening.hear_box(BOX)
    wait(lambda: player.is_in_stretch)
    wait(lambda: window.listening.box is None)
    assert player.is_paused
    assert player.position_s == pytest.approx(place_s, abs=0.01)
    hear(window, wait)
    window.listening.hear_box(LONG)  # again
    assert player.is_paused
    assert player.position_s == pytest.approx(place_s, abs=0.01)
    player.stop()


def test_another_box_takes_its_place(opened, sound_output, wait) -> None:
    window, player = opened, opened.controller.player
    player.play()
    wait(lambda: player.position_s > 0.1)
    hear(window, wait)
    window.listening.hear_box(BOX)
    wait(lambda: window.listening.box is None)
    assert player.is_playing  # what was heard before both of them
    player.stop()


def test_a_box_is_paused_and_goes_on(opened, sound_output, wait) -> None:
    window, player = opened, opened.controller.player
    hear(window, wait)
    window.listening.play_or_pause()
    assert player.is_paused
    assert "Paused" in window.panes.transport._what.text()
    window.listening.play_or_pause()
    assert window.listening.box is not None
    wait(lambda: window.listening.box is None)
    assert not player.is_playing


def test_going_elsewhere_lets_go_of_it(separated, sound_output, wait, subtests) -> None:
    window, player = separated, separated.controller.player
    ways = {
        "seek": lambda: player.seek(0.1),
        "stop": player.stop,
        "output": lambda: window.listening.choose_output("model"),
        "component": lambda: window.listening.toggle_audition(0),
        "scrub": lambda: player.scrub(-0.2),
    }
    for way, leave in ways.items():
        hear(window, wait)
        with subtests.test(way):
            leave()
            assert window.listening.box is None
            assert window.listening._mix.cut is None
            assert player.is_playing == (way in ("seek", "component", "scrub"))
        player.stop()


def test_a_stroke_is_heard_in_the_box_at_once(separated, sound_output, wait) -> None:
    window = separated
    run = source_edits.group_as(window.controller.document.current_run, [0, 1, 1])
    window.controller.edit_run(run, "Grouped")
    hear(window, wait, LONG, 1)
    before = window.listening._mix.pair_gains
    window.controller.edit_run(guidance_edits.paint(run, 2, LONG), "Painted")
    assert window.listening.box is not None
    mix = window.controller.player._source.mix
    assert mix.sharing is not None
    assert mix.cut is not None
    assert mix.pair_gains is not before
    window.history.undo()
    window.history.undo()  # the source is gone
    assert window.listening.box is None
    assert not window.controller.player.is_playing


def test_a_box_outside_is_said(opened, window, wait) -> None:
    window.listening.hear_box(Box(5, 6, 100, 200))
    assert "outside the recording" in window.status.text
    assert not window.controller.player.is_playing


def test_without_sound_nothing_is_left_of_it(opened, wait, monkeypatch) -> None:
    def refuse(*_args, **_kwargs):
        raise PlaybackError("Sound needs the PortAudio library.")

    window = opened
    monkeypatch.setattr(window.controller.player.transport._outlet, "_open_output", refuse)
    window.listening.hear_box(BOX)
    assert window.listening.box is None
    assert window.listening._mix.cut is None


def test_without_a_recording_nothing_is_heard(window) -> None:
    window.listening.hear_box(BOX)
    assert window.listening.box is None

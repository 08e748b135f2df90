"""A place of a mix, heard alone and once: rendered offline, and played to a fake device."""

from dataclasses import replace

import numpy as np
import pytest

from isnmf_gui.playback import ArraySource, Mix, MixSource, render
from isnmf_gui.spectral.cutting import Cut, CutReader
from isnmf_gui.spectral.strokes import Box
from tests.playback.conftest import FakeCard
from tests.playback.sources import FADE, ones
from tests.playback.test_mixer import RATE, Samples, heard, mix_of, noise, read_all
from tests.spectral.test_cutting import outside_db

N = 2 * RATE
BOX = Box(0.7, 0.9, 500, 1500)


def boxed(mix: Mix, box: Box = BOX) -> Mix:
    return replace(mix, cut=Cut.of(box, RATE, N))


def cut_from(whole: Samples) -> Samples:
    cut = Cut.of(BOX, RATE, N)
    assert cut is not None
    return CutReader(cut, lambda a, b: whole[a:b], whole.shape[1]).read(0, len(whole))


@pytest.mark.parametrize("output", ["recording", "mix", "residual", "model"])
def test_a_box_is_cut_from_what_is_heard(output: str) -> None:
    samples = noise(N)
    mix = mix_of(samples, output)
    found = heard(samples, boxed(mix))
    np.testing.assert_allclose(found, cut_from(heard(samples, mix)), atol=1e-6)
    assert outside_db(found, BOX.low_hz, BOX.high_hz) < -60


def test_a_box_of_a_recording_needs_no_run() -> None:
    samples = noise(N)
    np.testing.assert_allclose(heard(samples, boxed(Mix())), cut_from(samples), atol=1e-6)


def test_reading_a_box_begins_anywhere() -> None:
    samples = noise(N)
    source, whole = MixSource(samples, RATE, boxed(mix_of(samples))), None
    whole = heard(samples, boxed(mix_of(samples)))
    for start in (0, 30_000, 32_000, 60_000):
        found = source.read(start, start + 3000)
        np.testing.assert_allclose(found, whole[start : start + 3000], atol=1e-5)


def test_a_change_within_a_box_fades() -> None:
    samples = noise(N)
    first, second = boxed(mix_of(samples, seed=1)), boxed(mix_of(samples, seed=2))
    found = read_all(MixSource(samples, RATE, first), 882, {35_000: second})
    wanted = heard(samples, first), heard(samples, second)
    np.testing.assert_allclose(found[:35_000], wanted[0][:35_000], atol=1e-5)
    np.testing.assert_allclose(found[38_000:], wanted[1][38_000:], atol=1e-5)


def test_a_stretch_is_played_once_and_ends(card: FakeCard) -> None:
    samples = noise(60_000)
    transport = card.transport
    transport.set_loop((0, 5000))
    transport.play(ArraySource(samples, RATE), 10_000, 18_820)
    heard = card.pull(20_000)
    assert transport.is_stretch
    assert transport.finished
    assert transport.position_samples == 18_820
    np.testing.assert_array_equal(heard[FADE:8820], samples[10_000 + FADE : 18_820])
    assert not heard[8820:].any()
    assert transport.underruns == 0


def test_a_loop_does_not_change_a_stretch(card: FakeCard) -> None:
    transport = card.transport
    transport.play(ones(60_000), 10_000, 20_000)
    card.pull(2000)
    transport.set_loop((30_000, 40_000))
    card.pull(20_000)
    assert transport.finished
    transport.play(ones(60_000))  # outside of the loop, up to which it goes
    card.pull(50_000)
    assert transport.position_samples < 40_000


def test_a_stretch_that_is_paused_ends_at_the_same_place(card: FakeCard) -> None:
    transport = card.transport
    transport.play(ones(60_000), 10_000, 20_000)
    card.pull(3000)
    transport.pause()
    card.pull_now(2000)
    assert transport.is_paused
    transport.resume()
    card.pull(20_000)
    assert transport.finished
    assert transport.position_samples == 20_000


def test_a_seek_leaves_a_stretch(card: FakeCard) -> None:
    transport = card.transport
    transport.play(ones(60_000), 10_000, 20_000)
    card.pull(2000)
    transport.seek(40_000)
    assert not transport.is_stretch
    card.pull(30_000)
    assert transport.position_samples == 60_000


def test_a_stretch_goes_on_on_another_device(card: FakeCard) -> None:
    card.names.add("other")
    transport = card.transport
    transport.play(ones(60_000), 10_000, 20_000)
    card.pull(2000)
    transport.use_device("other")
    assert transport.is_stretch
    card.pull(20_000)
    assert transport.position_samples == 20_000


def test_a_stretch_reaches_no_further_than_its_source(card: FakeCard) -> None:
    transport = card.transport
    transport.play(ones(30_000), 20_000, 99_000)
    card.pull(20_000)
    assert transport.finished
    assert transport.position_samples == 30_000


def test_render_takes_no_part_of_a_box_for_all() -> None:
    """A device that asks for less than all gets the same."""
    samples = noise(N)
    source = MixSource(samples, RATE, boxed(Mix()))
    np.testing.assert_allclose(
        render(source, 31_000, 33_000), heard(samples, boxed(Mix()))[31_000:33_000], atol=1e-6
    )

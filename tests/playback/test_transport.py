"""The transport against a fake device, which asks for audio when the test says so."""

import numpy as np
import pytest
import soxr
from numpy.typing import NDArray

from isnmf_gui.playback import ArraySource
from isnmf_gui.playback.voice import CHUNK_FRAMES
from tests.playback.conftest import FakeCard
from tests.playback.sources import FADE, RATE, GatedSource, noise, ones


@pytest.mark.parametrize("n_block", [64, 500, 2000])
@pytest.mark.parametrize("n_channels", [1, 2, 3])
def test_every_sample_is_heard_as_it_is(card: FakeCard, n_channels: int, n_block: int) -> None:
    samples = noise(12_345, n_channels)
    card.transport.play(ArraySource(samples, RATE))
    heard = card.pull(13_000, n_block)
    np.testing.assert_array_equal(heard[:12_345], np.broadcast_to(samples, heard[:12_345].shape))
    assert not heard[12_345:].any()
    assert card.transport.underruns == 0


def test_end_is_reported_when_it_has_been_heard(card: FakeCard) -> None:
    card.latency_s = 0.1
    transport = card.transport
    transport.play(ArraySource(noise(3000), RATE))
    card.pull(3000)
    assert transport.is_playing
    assert not transport.finished
    card.pull_now(4000)  # the clock goes on, the last sample still is under way
    assert transport.is_playing
    card.pull_now(1000)
    assert transport.finished
    assert not transport.is_playing
    assert not transport.is_paused
    assert transport.position_samples == 3000
    assert transport.underruns == 0
    assert transport.last_error is None


def test_plays_again_after_the_end(card: FakeCard) -> None:
    source = ArraySource(noise(3000), RATE)
    for _ in range(3):
        card.transport.play(source)
        np.testing.assert_array_equal(card.pull(3000), source.read(0, 3000))
        card.pull_now(10)
        assert card.transport.finished
    assert len(card.outputs) == 1


@pytest.mark.parametrize("start_sample", [1000, 5000, 99_999, -5])
def test_an_empty_rest_ends_at_once(card: FakeCard, start_sample: int) -> None:
    n_samples = 0 if start_sample < 0 else 1000
    card.transport.play(ArraySource(noise(n_samples), RATE), start_sample)
    assert not card.pull(100).any()
    assert card.transport.finished
    assert card.transport.position_samples == n_samples


def test_start_in_the_middle_fades_in(card: FakeCard) -> None:
    samples = noise(20_000)
    card.transport.play(ArraySource(samples, RATE), 5000)
    heard = card.pull(15_000)
    gains = np.minimum(np.arange(1, 15_001) / FADE, 1)[:, np.newaxis]
    np.testing.assert_allclose(heard, samples[5000:] * gains, atol=1e-6)


def test_a_late_feeder_is_counted_and_nothing_is_lost(card: FakeCard) -> None:
    samples = noise(30_000)
    source = GatedSource(samples, 12_000)
    card.transport.play(source)
    card.pull(11_000)
    pieces = [card.pull_now(500) for _ in range(10)]  # more than the source gives
    assert card.transport.underruns == 1
    assert not pieces[-1].any()
    source.goes_to = 30_000
    card.wait_for_feeder(500)
    rest = card.pull(19_000)
    assert card.transport.underruns == 1
    # Silence where nothing was rendered, then the next sample: none is skipped.
    heard = np.concatenate([*pieces, rest])
    heard = heard[heard.any(axis=1)]
    np.testing.assert_array_equal(heard, samples[11_000:])


def test_a_device_that_fills_its_buffers_late_gets_silence(card: FakeCard) -> None:
    card.latency_s, card.starts_late = 0.2, True
    samples = noise(20_000)
    card.transport.play(ArraySource(samples, RATE))
    card.wait_for_feeder()
    card.outputs[-1].warm_up()  # asks for more at once than is rendered ahead
    assert card.transport.position_samples == 0
    np.testing.assert_array_equal(card.pull(20_000), samples)
    assert card.transport.underruns == 0


def test_a_device_that_ran_dry_is_counted(card: FakeCard) -> None:
    card.transport.play(ones(20_000))
    card.pull(500)
    card.pull_now(100, device_underrun=True)
    assert card.transport.device_underruns == 1


def test_pause_and_resume_lose_no_sample(card: FakeCard) -> None:
    samples = noise(20_000)
    transport = card.transport
    transport.play(ArraySource(samples, RATE))
    card.pull(5000)
    transport.pause()
    assert transport.is_paused
    assert not transport.is_playing
    fade_out = card.pull(500)
    position = transport.position_samples
    assert not card.pull(3000).any()
    assert transport.position_samples == position == 5000 + FADE
    transport.resume()
    assert transport.is_playing
    heard = card.pull(20_000 - position)
    gains = np.arange(FADE)[:, np.newaxis] / FADE
    np.testing.assert_allclose(
        fade_out[:FADE], samples[5000:position] * (1 - gains - 1 / FADE), atol=1e-6
    )
    assert not fade_out[FADE:].any()
    np.testing.assert_allclose(
        heard[:FADE], samples[position:][:FADE] * (gains + 1 / FADE), atol=1e-6
    )
    np.testing.assert_array_equal(heard[FADE:], samples[position + FADE :])
    assert transport.underruns == 0


def test_pause_and_resume_in_quick_turns_do_not_click(card: FakeCard) -> None:
    card.transport.play(ones(200_000))
    card.pull(1000)
    heard = []
    for i in range(40):
        (card.transport.pause if i % 2 else card.transport.resume)()
        heard.append(card.pull(37 * (i % 7 + 1)))
    assert np.abs(np.diff(np.concatenate(heard), axis=0)).max() <= 0.5 / FADE + 1e-6


def test_stop_fades_out_and_then_is_silent(card: FakeCard) -> None:
    transport = card.transport
    transport.play(ones(100_000))
    card.pull(5000)
    transport.stop()
    heard = card.pull_now(2000)
    np.testing.assert_allclose(
        heard[:FADE, 0], 0.5 - 0.5 * np.arange(1, FADE + 1) / FADE, atol=1e-6
    )
    assert not heard[FADE:].any()
    assert (transport.source, transport.position_samples) == (None, 0)
    assert not transport.is_playing
    assert not transport.finished
    assert card.outputs[-1].is_open


def test_seek_goes_to_the_sample_without_a_gap(card: FakeCard) -> None:
    samples = noise(60_000)
    source = ArraySource(samples, RATE)
    card.transport.play(source)
    card.pull(5000)
    card.transport.seek(40_000)
    assert card.transport.position_samples == 40_000
    heard = card.pull(5000)
    gains = np.arange(1, FADE + 1)[:, np.newaxis] / FADE
    crossfade = samples[40_000:][:FADE] * gains + samples[5000:][:FADE] * (1 - gains)
    np.testing.assert_allclose(heard[:FADE], crossfade, atol=1e-6)
    np.testing.assert_array_equal(heard[FADE:], samples[40_000 + FADE : 45_000])
    assert card.transport.position_samples == 45_000
    assert len(card.outputs) == 1


def test_seek_while_paused_waits_there(card: FakeCard) -> None:
    samples = noise(60_000)
    transport = card.transport
    transport.play(ArraySource(samples, RATE))
    card.pull(5000)
    transport.pause()
    card.pull(1000)
    transport.seek(30_000)
    assert transport.is_paused
    assert not card.pull(1000).any()
    assert transport.position_samples == 30_000
    transport.resume()
    np.testing.assert_array_equal(card.pull(5000)[FADE:], samples[30_000 + FADE : 35_000])


def test_seek_after_the_end_waits_there(card: FakeCard) -> None:
    transport = card.transport
    transport.play(ones(3000))
    card.pull(4000)
    assert transport.finished
    transport.seek(1000)
    assert transport.is_paused
    assert transport.position_samples == 1000
    transport.resume()
    assert np.count_nonzero(card.pull(3000)[:, 0]) == 2000


def test_seek_without_a_source_does_nothing(card: FakeCard) -> None:
    card.transport.seek(100)
    card.transport.pause()
    card.transport.resume()
    assert card.transport.position_samples == 0
    assert not card.outputs


def test_old_voice_goes_on_until_the_new_one_is_rendered(card: FakeCard) -> None:
    card.transport.play(ones(100_000, 0.25))
    card.pull(1000)

    slow = GatedSource(np.full((50_000, 2), 0.5, np.float32), 0)
    card.transport.play(slow)
    np.testing.assert_array_equal(card.pull_now(500), 0.25)
    slow.goes_to = 50_000
    card.wait_for_feeder(500)
    assert card.pull_now(500)[-1, 0] == 0.5
    assert card.transport.underruns == 0


def test_old_voice_fades_out_when_the_new_one_is_too_late(card: FakeCard) -> None:
    card.transport.play(ones(100_000, 0.25))
    card.pull(1000)

    stuck = GatedSource(np.full((50_000, 2), 0.5, np.float32), 0)
    card.transport.play(stuck)
    heard = np.concatenate([card.pull_now(500) for _ in range(20)])
    stuck.goes_to = 50_000
    assert heard[0, 0] == 0.25
    assert heard[-1, 0] == 0
    assert np.abs(np.diff(heard, axis=0)).max() <= 0.25 / FADE + 1e-6
    assert card.transport.underruns == 0  # waiting for the first block is not one


def test_many_seeks_do_not_click(card: FakeCard) -> None:
    card.transport.play(ones(1_000_000))
    card.pull(1000)
    heard = []
    for i in range(30):
        card.transport.seek(10_000 * i + 1)
        if i % 3:
            card.wait_for_feeder()
        heard.append(card.pull_now(41 * (i % 5 + 1)))
    # Two linear fades of equal signals add up to the signal, whatever the moment.
    assert np.abs(np.diff(np.concatenate(heard), axis=0)).max() <= 2 * 0.5 / FADE + 1e-6


def test_volume_moves_in_a_straight_line(card: FakeCard) -> None:
    transport = card.transport
    transport.play(ones(100_000, 1.0))
    card.pull(1000)
    transport.volume = 0.5
    heard = card.pull(3000)[:, 0]
    ramp = 882  # samples in 20 ms, from silence to full
    np.testing.assert_allclose(
        heard[: ramp // 2], 1 - np.arange(1, ramp // 2 + 1) / ramp, atol=1e-6
    )
    np.testing.assert_array_equal(heard[ramp // 2 :], 0.5)
    transport.volume = 2
    assert transport.volume == 1
    transport.volume = -1
    assert transport.volume == 0
    assert not card.pull(2000)[1000:].any()


def test_volume_holds_for_everything_that_is_played(card: FakeCard) -> None:
    card.transport.volume = 0.25
    card.transport.play(ones(5000, 1.0))
    np.testing.assert_array_equal(card.pull(1000)[882:], 0.25)
    card.transport.play(ones(5000, 1.0, rate=48000))
    np.testing.assert_array_equal(card.pull(1000), 0.25)


@pytest.mark.parametrize(("rate", "device_rate"), [(8000, 44100), (48000, 44100), (44100, 96000)])
def test_resamples_if_the_device_has_another_rate(
    card: FakeCard, rate: int, device_rate: int
) -> None:
    card.rate = device_rate
    samples = noise(rate // 2)
    card.transport.play(ArraySource(samples, rate))
    heard = card.pull(device_rate // 2 + 2000)
    wanted = soxr.resample(samples, rate, device_rate)
    np.testing.assert_allclose(heard[: len(wanted)], wanted, atol=1e-5)
    assert not heard[len(wanted) :].any()
    assert card.transport.finished
    assert card.transport.position_samples == rate // 2
    assert card.transport.underruns == 0


def test_position_follows_what_is_heard(card: FakeCard) -> None:
    card.rate, card.latency_s = 48000, 0.05
    transport = card.transport
    transport.play(ones(24000, rate=8000), 800)
    positions = []
    for _ in range(400):
        card.wait_for_feeder(480)
        card.pull_now(480)
        positions.append(transport.position_samples)
    steps = np.diff(positions)
    assert positions[0] == 800
    assert steps.min() >= 0
    assert set(steps[10:280]) <= {79, 80, 81}  # 10 ms each
    # 101 buffers were given, the latency and one buffer are still under way.
    assert abs(positions[100] - (800 + 8 * (1010 - 60))) <= 81
    assert positions[-1] == 24000
    assert transport.finished


def test_same_format_keeps_the_stream_open_and_another_opens_it_anew(card: FakeCard) -> None:
    for n_channels, rate, n_opened in [
        (2, RATE, 1), (1, RATE, 1), (2, RATE, 1), (3, RATE, 2), (2, 48000, 3), (2, 48000, 3)
    ]:  # fmt: skip
        card.transport.play(ArraySource(noise(5000, n_channels), rate))
        assert len(card.outputs) == n_opened
        card.transport.stop()
        card.pull_now(1000)
        card.pull_now(1000)
    assert [output.is_open for output in card.outputs] == [False, False, True]


def test_close_may_be_called_again(card: FakeCard) -> None:
    card.transport.play(ones(100_000))
    card.pull(1000)
    card.transport.close()
    card.transport.close()
    assert not card.outputs[0].is_open
    assert not card.transport.is_playing
    with pytest.raises(RuntimeError, match="closed"):
        card.transport.play(ones(100))


def test_close_without_playing_is_fine(card: FakeCard) -> None:
    card.transport.close()
    assert not card.outputs


def test_long_buffers_are_filled_in_pieces(card: FakeCard) -> None:
    card.latency_s = 0.5  # so that more is rendered ahead
    samples = noise(20_000)
    card.transport.play(ArraySource(samples, RATE))
    n_frames = 5 * CHUNK_FRAMES + 77
    card.wait_for_feeder(n_frames)
    np.testing.assert_array_equal(card.pull_now(n_frames), samples[:n_frames])


@pytest.mark.parametrize(
    ("samples", "rate"), [(np.zeros((2, 2, 2)), 8000), (np.zeros((5, 0)), 8000), (np.zeros(5), 0)]
)
def test_array_source_refuses_what_is_no_recording(samples: NDArray[np.float64], rate: int) -> None:
    with pytest.raises(ValueError, match="must be"):
        ArraySource(samples, rate)


def test_array_source_takes_mono_without_a_channel_axis() -> None:
    source = ArraySource([0.0, 0.5, 1.0], 8000)
    assert (source.n_samples, source.n_channels, source.sample_rate) == (3, 1, 8000)
    np.testing.assert_array_equal(source.read(1, 3), [[0.5], [1.0]])

"""Repeating a stretch, to the sample, against a fake device."""

import numpy as np
import pytest
import soxr
from numpy.typing import NDArray

from isnmf_gui.playback import ArraySource, MixSource
from isnmf_gui.playback.route import Route
from tests.playback.conftest import FakeCard
from tests.playback.sources import noise, ones
from tests.playback.test_mixer import mix_of

RATE = 44100
SEAM = 220  # samples in 5 ms


def looped(
    samples: NDArray[np.float32], start: int, loop: tuple[int, int], n: int
) -> NDArray[np.float32]:
    """What a loop should sound like, and what has come next fading out at every jump."""
    places = np.arange(start, start + n)
    length = loop[1] - loop[0]
    late = places >= loop[1]
    places[late] = loop[0] + (places[late] - loop[0]) % length
    result = samples[places].copy()
    after = np.repeat(samples[-1:], SEAM, axis=0)
    following = samples[loop[1] : loop[1] + SEAM]
    rise = (np.arange(1, SEAM + 1) / (SEAM + 1))[:, np.newaxis].astype(np.float32)
    after[: len(following)] = following
    for jump in range(loop[1] - start, n, length):
        stop = min(jump + SEAM, n)
        result[jump:stop] = (result[jump:stop] * rise[: stop - jump]) + (
            after[: stop - jump] * (1 - rise[: stop - jump])
        )
    return result


@pytest.mark.parametrize("loop", [(10_000, 20_000), (0, 5000), (12_345, 13_500), (25_000, 30_000)])
def test_after_the_last_sample_comes_the_first(card: FakeCard, loop: tuple[int, int]) -> None:
    samples = noise(30_000)
    card.transport.set_loop(loop)
    card.transport.play(ArraySource(samples, RATE))
    heard = card.pull(60_000)
    np.testing.assert_allclose(heard, looped(samples, 0, loop, 60_000), atol=1e-6)
    assert card.transport.is_playing
    assert card.transport.underruns == 0


def test_a_mix_loops_to_the_sample_and_without_a_step(card: FakeCard) -> None:
    samples = noise(30_000)
    source = MixSource(samples, RATE, mix_of(samples))
    whole = source.read(0, 30_000).copy()
    card.transport.set_loop((5000, 11_111))
    card.transport.play(source)
    np.testing.assert_allclose(
        card.pull(40_000), looped(whole, 0, (5000, 11_111), 40_000), atol=1e-5
    )


@pytest.mark.parametrize("loop", [(3000, 20_000), (0, 30_000), (29_000, 30_000)])
def test_a_loop_does_not_click(card: FakeCard, loop: tuple[int, int]) -> None:
    time_s = np.arange(30_000) / RATE
    tone = 0.5 * np.cos(2 * np.pi * 77 * time_s)  # breaks off anywhere in the wave, at both ends
    card.transport.set_loop(loop)
    card.transport.play(ArraySource(tone, RATE))
    heard = card.pull(100_000)
    own_step = np.abs(np.diff(tone)).max()
    assert np.abs(np.diff(heard, axis=0)).max() <= own_step + 2 * 0.5 / SEAM


@pytest.mark.parametrize("device_rate", [48000, 96000])
def test_a_loop_goes_through_the_resampler_in_one_piece(card: FakeCard, device_rate: int) -> None:
    card.rate = device_rate
    samples, loop = noise(30_000), (8000, 17_000)
    card.transport.set_loop(loop)
    card.transport.play(ArraySource(samples, RATE))
    heard = card.pull(device_rate)
    wanted = soxr.resample(looped(samples, 0, loop, 2 * RATE), RATE, device_rate)
    np.testing.assert_allclose(heard, wanted[: len(heard)], atol=1e-5)


def test_the_position_stays_within_the_loop(card: FakeCard) -> None:
    card.rate, card.latency_s = 48000, 0.05
    transport = card.transport
    transport.set_loop((2000, 4000))
    transport.play(ones(24_000, rate=8000), 1000)
    positions = []
    for _ in range(300):
        card.wait_for_feeder(480)
        card.pull_now(480)
        positions.append(transport.position_samples)
    steps = np.diff(positions)
    back = np.flatnonzero(steps < 0)
    assert max(positions) < 4000
    assert min(positions[back[0] + 1 :]) >= 2000
    assert np.abs(np.diff(back) - 25).max() <= 1  # 250 ms at 10 ms each
    assert set(np.delete(steps, back)[10:]) <= {79, 80, 81}


@pytest.mark.parametrize("loop", [(1000, 20_000), (1000, 20_001), (19_000, 22_000)])
def test_a_loop_set_just_before_its_end_holds(card: FakeCard, loop: tuple[int, int]) -> None:
    """What is rendered ahead runs past the end by then."""
    samples = noise(60_000)
    transport = card.transport
    transport.play(ArraySource(samples, RATE))
    card.pull(19_900)
    transport.set_loop(loop)
    card.pull(30_000)
    assert loop[0] <= transport.position_samples < loop[1]
    assert transport.underruns == 0


def test_a_loop_may_change_while_it_plays(card: FakeCard) -> None:
    samples = noise(60_000)
    transport = card.transport
    transport.set_loop((10_000, 30_000))
    transport.play(ArraySource(samples, RATE), 10_000)
    card.pull(2000)
    transport.set_loop((5000, 20_000))
    np.testing.assert_array_equal(card.pull(8000), samples[12_000:20_000])  # goes on as it was
    heard = card.pull(1000)
    np.testing.assert_array_equal(heard[SEAM:], samples[5000 + SEAM : 6000])
    transport.set_loop(None)
    np.testing.assert_array_equal(card.pull(20_000), samples[6000:26_000])


def test_playing_outside_of_a_new_loop_goes_to_its_beginning(card: FakeCard) -> None:
    samples = noise(60_000)
    transport = card.transport
    transport.play(ArraySource(samples, RATE), 50_000)
    card.pull(2000)
    transport.set_loop((10_000, 20_000))
    card.wait_for_feeder(500)
    heard = card.pull(5000)
    np.testing.assert_array_equal(heard[SEAM + 1 :], samples[10_000 + SEAM + 1 : 15_000])
    transport.pause()
    card.pull(1000)
    transport.set_loop((40_000, 50_000))
    assert transport.is_paused
    assert transport.position_samples == 40_000


def test_a_loop_is_kept_within_the_source_and_long_enough(card: FakeCard) -> None:
    transport = card.transport
    transport.set_loop((100, 100))
    transport.play(ones(5000))
    card.pull(20_000)
    assert 100 <= transport.position_samples <= 100 + round(0.02 * RATE)
    transport.set_loop((-50, 10**9))
    card.pull(20_000)
    assert transport.is_playing
    transport.set_loop((10**9, 2 * 10**9))
    transport.play(ones(0))
    card.pull(10)
    assert transport.finished


def test_a_route_remembers_where_every_sample_came_from() -> None:
    route = Route(ArraySource(noise(10_000), RATE), 500, lambda: (1000, 3000))
    n_read = 0
    while n_read < 20_000:
        n_read += len(route.read(700)[0])
    assert route.sample_after(0) == 500
    assert route.sample_after(2499) == 2999
    assert route.sample_after(2500) == 1000
    assert route.sample_after(2500 + 7 * 2000 + 0.5) == 1000.5

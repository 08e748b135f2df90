"""Mixes as they are really heard: changed while they play, recorded behind the sound card."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from isnmf_gui.playback import ArraySource, Mix, MixSource, Transport, render, render_for_device
from isnmf_gui.playback.device.device import OutputCallback, OutputStream, open_output
from tests.conftest import use_card
from tests.playback.hearing import find, music, play_all, playing_from
from tests.playback.test_looping import looped
from tests.playback.test_mixer import mix_of
from tests.sound_card import SoundCard

RATE = 44100
FADE = 882  # samples in 20 ms: longer than every fade
TRIES = 5


def heard_while(
    transport: Transport, card: SoundCard, source: MixSource, changes: dict[int, Mix], stop: int
) -> NDArray[np.float32]:
    """Play to a sample, changing the mix on the way; again if the machine left gaps."""
    first = source.mix
    for _ in range(TRIES):
        source.mix = first
        n_gaps = transport.underruns + transport.device_underruns
        with card.record() as recording:
            recording.wait(0.05)
            transport.play(source)
            for at, mix in changes.items():
                playing_from(transport, at)
                source.mix = mix
            playing_from(transport, stop)
            transport.stop()
            recording.wait(0.4)
            if transport.underruns + transport.device_underruns == n_gaps:
                return recording.samples
        transport.use_device(None)
    pytest.fail("the machine is too busy to play without gaps")


def same_stretch(
    heard: NDArray[np.float32], wanted: NDArray[np.float32], sample: int, begin: int
) -> int:
    """Return how many samples from `begin` on are those of a mix, from `sample` on."""
    n = min(len(heard) - begin, len(wanted) - sample)
    differs = np.abs(heard[begin : begin + n] - wanted[sample : sample + n]).max(axis=1) > 1e-4
    return int(np.argmax(differs)) if differs.any() else n


@pytest.mark.parametrize("output", ["mix", "residual"])
def test_what_is_played_is_what_is_rendered(
    transport: Transport, sound_card: SoundCard, output: str
) -> None:
    samples = music(0.9)
    source = MixSource(samples, RATE, mix_of(samples, output))
    wanted = render(source)
    heard = play_all(transport, sound_card, source)
    start = find(heard, wanted)
    np.testing.assert_allclose(heard[start : start + len(wanted)], wanted, atol=1e-4)
    assert np.abs(wanted).max() > 0.05


def test_a_mute_keeps_the_place_and_does_not_click(
    transport: Transport, sound_card: SoundCard
) -> None:
    time_s = np.arange(2 * RATE) / RATE
    tones = sum(0.2 * np.sin(2 * np.pi * f * time_s + f * time_s**2) for f in (90, 140, 200))
    samples = np.stack([tones, 0.7 * tones], axis=1).astype(np.float32)
    loud = mix_of(samples)
    assert loud.gains is not None
    muted = replace(loud, gains=loud.gains * [1, 0, 1, 0, 0])
    recording = replace(loud, output="recording")
    heard = heard_while(
        transport,
        sound_card,
        MixSource(samples, RATE, loud),
        {15_000: muted, 35_000: recording},
        60_000,
    )
    mixes = [render(MixSource(samples, RATE, mix)) for mix in (loud, muted, recording)]
    # One after another, each from the sample where the one before was left.
    place = find(heard, mixes[0][:10_000])
    sample = 0
    for mix in mixes[:2]:
        n_same = same_stretch(heard, mix, sample, place + sample)
        assert n_same > 10_000
        sample += n_same + FADE
    assert same_stretch(heard, mixes[2], sample, place + sample) > 10_000
    own_step = max(np.abs(np.diff(mix, axis=0)).max() for mix in mixes)
    assert np.abs(np.diff(heard, axis=0)).max() <= own_step + 2 * np.abs(samples).max() / 441


def test_a_loop_is_heard_to_the_sample(transport: Transport, sound_card: SoundCard) -> None:
    samples, loop = music(1.0), (10_000, 24_000)
    source = MixSource(samples, RATE, mix_of(samples))
    wanted = looped(render(source), 0, loop, 60_000)
    for _ in range(TRIES):
        n_gaps = transport.underruns + transport.device_underruns
        with sound_card.record() as recording:
            transport.set_loop(loop)
            transport.play(source)
            recording.wait(60_000 / RATE + 0.5)
            transport.stop()
            heard = recording.samples
        if transport.underruns + transport.device_underruns == n_gaps:
            break
    else:
        pytest.fail("the machine is too busy to play without gaps")
    start = find(heard, wanted[:40_000])
    np.testing.assert_allclose(heard[start : start + 60_000], wanted, atol=1e-4)


def open_at_48000(
    n_channels: int, sample_rate: int, callback: OutputCallback, device: str | None = None
) -> OutputStream:
    """Open a device that knows one rate only."""
    return open_output(n_channels, 48000, callback, device)


@pytest.fixture
def large_card(sound_card: SoundCard) -> Iterator[SoundCard]:
    """A card with six channels at 48 kHz, in place of the other one."""
    card = SoundCard(48000, 6)
    try:
        card.start()
        with pytest.MonkeyPatch.context() as patch:
            use_card(card, patch)
            yield card
    finally:
        with pytest.MonkeyPatch.context() as patch:
            use_card(sound_card, patch)
        card.stop()


def test_six_channels_and_another_rate(large_card: SoundCard) -> None:
    transport = Transport(open_at_48000)
    try:
        samples = music(0.7, RATE, 6)
        source = MixSource(samples, RATE, mix_of(samples))
        wanted = render_for_device(source, 48000, 6)
        heard = play_all(transport, large_card, source)
        assert transport.levels().peak.shape == (6,)
        start = find(heard, wanted)
        np.testing.assert_allclose(heard[start : start + len(wanted)], wanted, atol=1e-4)
        mono = music(0.4, RATE, 1)
        wanted = render_for_device(ArraySource(mono, RATE), 48000, 2)
        heard = play_all(transport, large_card, ArraySource(mono, RATE))
        front = heard[:, :2]
        start = find(front, wanted)
        np.testing.assert_allclose(front[start : start + len(wanted)], wanted, atol=1e-4)
    finally:
        transport.close()

"""What is really heard: played through PortAudio, recorded behind the sound card, compared."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from soxr import resample as soxr_resample

from isnmf_gui.errors import PlaybackError
from isnmf_gui.playback import ArraySource, Transport, list_output_devices
from isnmf_gui.playback.device.device import OutputCallback, OutputStream, open_output
from isnmf_gui.playback.transport import OpenOutput
from tests.playback.hearing import (
    RATE,
    best_correlation,
    correlation,
    find,
    level_db,
    music,
    play_all,
    playing_from,
)
from tests.sound_card import SoundCard, wait_until

FADE = 220  # samples in 5 ms


def test_whole_source_is_heard_in_one_piece(transport: Transport, sound_card: SoundCard) -> None:
    wanted = music(1.2)
    heard = play_all(transport, sound_card, ArraySource(wanted, RATE))
    start = find(heard, wanted)
    piece = heard[start : start + len(wanted)]
    assert correlation(piece, wanted) > 0.999
    assert abs(level_db(piece, wanted)) < 0.1
    np.testing.assert_allclose(piece, wanted, atol=1e-4)  # no sample lost, repeated or changed
    assert not heard[:start].any()
    assert not heard[start + len(wanted) :].any()
    assert transport.underruns == 0


def test_second_source_is_heard_through_the_same_stream(
    transport: Transport, sound_card: SoundCard
) -> None:
    first, second = music(0.4), music(0.6)[::-1].copy()
    play_all(transport, sound_card, ArraySource(first, RATE))
    stream = transport._outlet.stream
    heard = play_all(transport, sound_card, ArraySource(second, RATE))
    start = find(heard, second)
    np.testing.assert_allclose(heard[start : start + len(second)], second, atol=1e-4)
    assert stream is not None
    # A take that was repeated has closed it.
    assert transport._outlet.stream is stream or not stream.is_alive


def test_half_the_volume_is_6_db_less(transport: Transport, sound_card: SoundCard) -> None:
    wanted = music(0.8)
    transport.volume = 0.5
    heard = play_all(transport, sound_card, ArraySource(wanted, RATE))
    start = find(heard, wanted)
    piece = heard[start : start + len(wanted)]
    assert level_db(piece, wanted) == pytest.approx(-6.02, abs=0.01)
    np.testing.assert_allclose(piece, wanted / 2, atol=1e-4)


def test_pause_loses_nothing(transport: Transport, sound_card: SoundCard) -> None:
    wanted = music(1.2)
    with sound_card.record() as recording:
        transport.play(ArraySource(wanted, RATE))
        playing_from(transport, 20_000)
        transport.pause()
        recording.wait(0.3)
        position = transport.position_samples
        recording.wait(0.2)
        assert transport.position_samples == position
        transport.resume()
        wait_until(lambda: transport.finished)
        recording.wait(0.3)
        heard = recording.samples
    start = find(heard, wanted[: position - FADE])
    np.testing.assert_allclose(
        heard[start : start + position - FADE], wanted[: position - FADE], atol=1e-4
    )
    rest = find(heard, wanted[position + FADE :])
    gap = heard[start + position : rest - FADE]
    np.testing.assert_allclose(
        heard[rest : rest + len(wanted) - position - FADE], wanted[position + FADE :], atol=1e-4
    )
    assert len(gap) > 0.3 * RATE
    assert not gap.any()


def test_seek_lands_on_the_sample(transport: Transport, sound_card: SoundCard) -> None:
    wanted = music(1.6)
    with sound_card.record() as recording:
        transport.play(ArraySource(wanted, RATE))
        playing_from(transport, 5000)
        transport.seek(50_000)
        wait_until(lambda: transport.finished)
        recording.wait(0.3)
        heard = recording.samples
    tail = wanted[50_000 + FADE :]
    start = find(heard, tail)
    np.testing.assert_allclose(heard[start : start + len(tail)], tail, atol=1e-4)
    assert not heard[start + len(tail) :].any()
    # Just before it is the beginning of the source: the crossfade leaves no gap.
    first = find(heard, wanted[:5000])
    n_first = start - FADE - first
    np.testing.assert_allclose(heard[first : first + n_first], wanted[:n_first], atol=1e-4)


def test_stop_is_silent_and_does_not_click(transport: Transport, sound_card: SoundCard) -> None:
    time_s = np.arange(3 * RATE) / RATE
    tone = 0.8 * np.sin(2 * np.pi * 100 * time_s)
    own_step = np.abs(np.diff(tone)).max()
    with sound_card.record() as recording:
        transport.play(ArraySource(tone, RATE), 11_025 // 100)  # near the top of the wave
        playing_from(transport, 10_000)
        transport.seek(40_000)
        playing_from(transport, 50_000)
        transport.pause()
        recording.wait(0.2)
        transport.resume()
        playing_from(transport, 60_000)
        transport.stop()
        recording.wait(0.4)
        heard = recording.samples
    assert np.abs(heard).max() > 0.75
    assert np.abs(np.diff(heard, axis=0)).max() < 1.1 * own_step + 0.8 / FADE
    assert not heard[-RATE // 10 :].any()
    assert not transport.is_playing


def open_at_44100(
    n_channels: int,
    sample_rate: int,
    callback: OutputCallback,
    device: str | None = None,
) -> OutputStream:
    """Open a device that knows one rate only."""
    return open_output(n_channels, RATE, callback, device)


@pytest.mark.parametrize(
    ("rate", "n_channels", "opener"),
    [
        (48000, 2, open_output),  # resampled by the sound server
        (48000, 2, open_at_44100),  # resampled by the transport, as all below 44.1 kHz are
        (22050, 2, open_output),
        (8000, 1, open_output),
    ],
)
def test_other_sample_rates_sound_right(
    sound_card: SoundCard, rate: int, n_channels: int, opener: OpenOutput
) -> None:
    samples = music(0.8, rate, n_channels)
    wanted = soxr_resample(np.broadcast_to(samples, (len(samples), 2)), rate, RATE)
    transport = Transport(opener)
    try:
        heard = play_all(transport, sound_card, ArraySource(samples, rate))
    finally:
        transport.close()
    assert best_correlation(heard, wanted) > 0.999
    assert abs(level_db(heard, wanted)) < 0.1
    sounding = np.flatnonzero(np.abs(heard).max(axis=1) > 1e-3)
    assert sounding[-1] - sounding[0] == pytest.approx(len(wanted), abs=RATE // 50)


def test_position_keeps_pace_with_the_clock(transport: Transport, sound_card: SoundCard) -> None:
    transport.play(ArraySource(music(1.5), RATE))
    playing_from(transport, 100)
    positions, times = [], []
    while not transport.finished:
        positions.append(transport.position_samples)
        times.append(time.perf_counter())
        time.sleep(0.005)
    assert np.diff(positions).min() >= 0
    assert transport.position_samples == round(1.5 * RATE)
    pace = np.polyfit(times, positions, 1)[0]
    assert pace == pytest.approx(RATE, rel=0.25)


def test_devices_are_listed(sound_output: SoundCard) -> None:
    devices = list_output_devices()
    assert [device.name for device in devices if device.is_default] == ["default"]
    assert devices[0].n_channels >= 2


def test_devices_are_looked_for_while_it_plays(
    transport: Transport, sound_card: SoundCard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is plugged in meanwhile: here a name for the same card, in ALSA's settings."""
    samples = music(2.5)
    before = [device.name for device in list_output_devices()]
    with sound_card.record() as recording:
        transport.play(ArraySource(samples, RATE))
        playing_from(transport, 2000)
        settings = tmp_path / "asound.conf"
        known = Path(os.environ["ALSA_CONFIG_PATH"]).read_text()
        settings.write_text(
            f"{known}pcm.headphones {{ type pulse hint {{ show on description x }} }}\n"
        )
        monkeypatch.setenv("ALSA_CONFIG_PATH", str(settings))
        after = [device.name for device in list_output_devices()]
        playing_from(transport, 40_000)
        heard = recording.samples
        assert sorted(after) == sorted([*before, "headphones"])
        start = find(heard, samples[:20_000])
        np.testing.assert_allclose(heard[start : start + 35_000], samples[:35_000], atol=1e-4)
        place = transport.position_samples
        transport.use_device("headphones")
        assert transport.device_name == "headphones"
        assert transport.is_playing
        assert place <= transport.position_samples < place + RATE // 2
        wait_until(lambda: transport.finished)
        recording.wait(0.3)
        heard = recording.samples
    rest = samples[-20_000:]
    start = find(heard, rest)
    np.testing.assert_allclose(heard[start : start + 20_000], rest, atol=1e-4)
    assert not transport.take_notices()


def test_device_that_is_chosen_is_used(transport: Transport, sound_output: SoundCard) -> None:
    device = list_output_devices()[0]
    transport.use_device(device.name)
    with sound_output.record() as recording:
        transport.play(ArraySource(music(0.3), RATE))
        wait_until(lambda: np.abs(recording.samples).max(initial=0) > 0.1)
    assert transport.device_name == device.name


def test_card_is_pulled_out_and_put_back(sound_card: SoundCard) -> None:
    transport, samples = Transport(), music(2)
    source = ArraySource(samples, RATE)
    try:
        transport.play(source)
        playing_from(transport, 2000)
        sound_card.pull_out()
        wait_until(lambda: transport.last_error)
        assert "Check that it is connected" in str(transport.last_error)
        assert not transport.is_playing
        transport.poll()  # there is no other one
        assert "No sound device was found" in str(transport.last_error)
        place = transport.position_samples
        assert 2000 <= place < len(samples)
        with pytest.raises(PlaybackError, match="No sound device was found"):
            transport.play(source, place)
        sound_card.start()
        rest = samples[place + FADE :]
        heard = play_all(transport, sound_card, source, place)
        start = find(heard, rest)
        np.testing.assert_allclose(heard[start : start + len(rest)], rest, atol=1e-4)
        assert transport.last_error is None
    finally:
        transport.close()
        if not sound_card.is_on:
            sound_card.start()


TRY_TO_PLAY = """
import numpy as np
from isnmf_gui.errors import PlaybackError
from isnmf_gui.playback import ArraySource, Transport
transport = Transport()
for _ in range(2):
    try:
        transport.play(ArraySource(np.zeros(100), 8000))
    except PlaybackError as error:
        assert transport.last_error is error and not transport.is_playing
        print(error.message, "|", error.details)
transport.pause(), transport.resume(), transport.seek(5), transport.stop(), transport.close()
print("still here")
"""


@pytest.fixture
def bare_environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A computer whose only sound device is one that is not there."""
    settings = tmp_path / "asound.conf"
    settings.write_text("pcm.default { type hw card 99 }\nctl.default { type hw card 99 }\n")
    return os.environ | {
        "ALSA_CONFIG_PATH": str(settings),
        "PULSE_SERVER": f"unix:{tmp_path / 'nowhere'}",
        "PYTHONPATH": os.pathsep.join([str(tmp_path), *filter(None, sys.path)]),
    }


def try_to_play(environment: dict[str, str]) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", TRY_TO_PLAY],
        env=environment,
        capture_output=True,
        text=True,
        timeout=50,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_without_the_library_it_says_what_to_install(
    bare_environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import ctypes.util\n"
        "find = ctypes.util.find_library\n"
        "ctypes.util.find_library = lambda name: None if 'portaudio' in name else find(name)\n"
    )
    lines = try_to_play(bare_environment)
    assert lines[-1] == "still here"
    assert len(lines) == 3
    for line in lines[:2]:
        assert line == (
            "Sound needs the PortAudio library. On Debian or Ubuntu: "
            "sudo apt install libportaudio2 | OSError: PortAudio library not found"
        )


def test_without_a_device_it_asks_for_one(bare_environment: dict[str, str]) -> None:
    lines = try_to_play(bare_environment)
    assert lines[-1] == "still here"
    assert len(lines) == 3
    for line in lines[:2]:
        assert line.startswith("No sound device was found. Connect one")


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ("", "The settings of this computer's sound system are missing. On Debian or Ubuntu: "),
        ("broken {{{", "The sound system of this computer does not answer. Check its sound"),
    ],
)
def test_settings_of_the_sound_system_that_are_missing_or_broken(
    bare_environment: dict[str, str], tmp_path: Path, settings: str, sentence: str
) -> None:
    """Where they define no device, PortAudio would end the program."""
    (tmp_path / "asound.conf").write_text(settings)
    *said, last = try_to_play(bare_environment)
    assert last == "still here"
    assert [line.startswith(sentence) for line in said] == [True, True]

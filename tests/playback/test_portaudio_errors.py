"""Every error that PortAudio documents, given by PortAudio itself as far as the program can see."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from isnmf_gui.errors import PlaybackError
from isnmf_gui.playback import ArraySource, Transport
from isnmf_gui.playback.device.device import output_devices
from isnmf_gui.playback.device.portaudio_errors import OF_FORM, SENTENCES
from tests.sound_card import SoundCard, wait_until

CODES = range(-10000, -9971)
RATE_REFUSED, IS_STARTED, BUSY = -9997, -9982, -9985
SOURCE = ArraySource(np.zeros(4000, np.float32), 44_100)


class Library:
    """PortAudio's library with some of its functions replaced."""

    def __init__(self, library: Any, **replaced: Callable[..., int]) -> None:
        self._library, self._replaced = library, replaced

    def __getattr__(self, name: str) -> Any:
        return self._replaced.get(name) or getattr(self._library, name)


@pytest.fixture
def replace(sound_card: SoundCard, monkeypatch) -> Callable[..., None]:
    """Replace functions of the library for the rest of the test."""
    import sounddevice

    def replaced(**functions: Callable[..., int]) -> None:
        monkeypatch.setattr(sounddevice, "_lib", Library(sounddevice._lib, **functions))

    return replaced


def test_every_documented_code_has_a_sentence(sound_output: SoundCard) -> None:
    import sounddevice

    def text(code: int) -> bytes:
        return sounddevice._ffi.string(sounddevice._lib.Pa_GetErrorText(code))

    known = [code for code in range(-10100, -9900) if text(code) != b"Invalid error code"]
    assert known == list(CODES)
    assert list(SENTENCES) == known


@pytest.mark.parametrize(
    ("function", "code"),
    [
        (function, code)
        for function in ("Pa_IsFormatSupported", "Pa_OpenStream", "Pa_StartStream")
        for code in CODES
        # To sounddevice it is no error to be started already.
        if (function, code) != ("Pa_StartStream", IS_STARTED)
    ],
)
def test_an_error_is_a_sentence(replace, function: str, code: int) -> None:
    replace(**{function: lambda *_: code})
    transport = Transport()
    try:
        with pytest.raises(PlaybackError) as caught:
            transport.play(SOURCE)
        assert caught.value.message == SENTENCES[code].filled(name="default")
        assert str(code) in caught.value.details
        assert transport.last_error is caught.value
        assert not transport.is_playing
    finally:
        transport.close()
    assert "{" not in caught.value.message


def test_playing_works_once_an_error_is_over(sound_output: SoundCard, monkeypatch) -> None:
    import sounddevice

    transport = Transport()
    try:
        with monkeypatch.context() as patch:
            busy = Library(sounddevice._lib, Pa_OpenStream=lambda *_: BUSY)
            patch.setattr(sounddevice, "_lib", busy)
            with pytest.raises(PlaybackError, match="in use or was switched off"):
                transport.play(SOURCE)
        transport.play(SOURCE)
        wait_until(lambda: transport.finished)
        assert transport.last_error is None
    finally:
        transport.close()


@pytest.mark.parametrize("code", [-10000, -9999, -9986])
def test_a_sound_system_that_does_not_answer(replace, code: int) -> None:
    replace(Pa_GetDeviceCount=lambda: code)
    with pytest.raises(PlaybackError, match="sound system of this computer does not answer"):
        output_devices()
    transport = Transport()
    with pytest.raises(PlaybackError, match="sound system of this computer does not answer"):
        transport.play(SOURCE)
    transport.close()


def refusing(library: Any, refused: Callable[[int], bool]) -> dict[str, Callable[..., int]]:
    """Return functions of a device that refuses some sample rates."""

    def supported(input_: Any, output: Any, rate: float) -> int:
        return RATE_REFUSED if refused(round(rate)) else library.Pa_IsFormatSupported(
            input_, output, rate
        )  # fmt: skip

    return {"Pa_IsFormatSupported": supported}


def test_a_refused_rate_is_resampled_to_the_devices_own(replace) -> None:
    import sounddevice

    own = round(
        sounddevice.query_devices(sounddevice.default.device["output"])["default_samplerate"]
    )
    replace(**refusing(sounddevice._lib, lambda rate: rate != own))
    transport = Transport()
    try:
        transport.play(ArraySource(np.zeros(9600, np.float32), 96_000))
        assert transport._outlet.stream.sample_rate == own
        wait_until(lambda: transport.finished)
    finally:
        transport.close()


def test_what_is_about_more_than_the_form_tells_most(replace) -> None:
    replace(Pa_IsFormatSupported=lambda _in, _out, rate: RATE_REFUSED if rate == 96_000 else BUSY)
    transport = Transport()
    with pytest.raises(PlaybackError, match="in use or was switched off") as caught:
        transport.play(ArraySource(np.zeros(9600, np.float32), 96_000))
    transport.close()
    assert "96000 Hz: " in caught.value.details
    assert BUSY not in OF_FORM

"""Sound devices: the only file that imports sounddevice, and only when sound is asked for.

Importing it loads the PortAudio library, which may be missing. PortAudio reads the list of devices
once, and again only where no stream is open: then it is made to when opening failed, or when
another process (`device_scan.py`) has found others, so that a device plugged in later is found.
All functions belong to the control thread, but for the two that say otherwise.
"""

import platform
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.errors import PlaybackError
from isnmf_gui.playback.device.alsa import check_settings
from isnmf_gui.playback.device.portaudio_errors import NO_SYSTEM, playback_error
from isnmf_gui.texts import tr

OutputCallback = Callable[[NDArray[np.float32], bool], None]
"""Called with a buffer to fill, shape (n_frames, n_channels), and whether the device ran dry."""

MIN_LATENCY_S = 0.12
"""Latency to ask for at least.

Sound servers that convert the sample rate run dry with less (measured with PulseAudio: up to
several gaps per second at 0.05 to 0.1 s, none at 0.12 s).
"""

MIN_DIRECT_RATE = 44100
"""Recordings of a lower rate are resampled by the transport rather than by the sound server.

Many devices refuse 8 kHz, and PulseAudio's ALSA plugin runs dry with it at most latencies.
"""

_open_streams: set["OutputStream"] = set()
_found: list["OutputDevice"] | None = None


@dataclass(frozen=True)
class OutputDevice:
    """A device that can play.

    Attributes
    ----------
    name, host_api : str
        What PortAudio calls the device and the system it belongs to. It is chosen by its name.
    n_channels : int
        Most channels it plays.
    default_sample_rate : int
        The rate it prefers, in Hz.
    is_default : bool
        Whether the system plays here unless told otherwise.
    """

    name: str
    host_api: str
    n_channels: int
    default_sample_rate: int
    is_default: bool


class OutputStream:
    """An open stream to a device; made by `open_output`, silent until `start`.

    Parameters
    ----------
    device : dict
        As PortAudio describes it.
    n_channels, sample_rate : int
        What to open it with.
    callback : callable
        Called from PortAudio's thread with the block to fill, and whether one came too late.

    Attributes
    ----------
    sample_rate : int
        Frames per second, perhaps not what was asked for.
    n_channels : int
        Channels, perhaps fewer than asked for.
    latency_s : float
        From the callback to the loudspeaker, in seconds, as far as PortAudio knows.
    device_name : str
        Name of the device.
    """

    def __init__(
        self,
        device: dict[str, Any],
        n_channels: int,
        sample_rate: int,
        callback: OutputCallback,
    ) -> None:
        def fill(out: NDArray[np.float32], n_frames: int, times: object, status: Any) -> None:
            callback(out, bool(status.output_underflow))

        self._has_finished = False
        self._stream = _sounddevice().OutputStream(
            samplerate=sample_rate,
            device=device["index"],
            channels=n_channels,
            dtype="float32",
            latency=max(MIN_LATENCY_S, device["default_high_output_latency"]),
            callback=fill,
            finished_callback=self._note_finished,
        )
        self.sample_rate = sample_rate
        self.n_channels = n_channels
        self.latency_s = float(self._stream.latency)
        self.device_name = str(device["name"])
        _open_streams.add(self)

    def _note_finished(self) -> None:
        # PortAudio's thread. A stream must not be closed in here.
        self._has_finished = True

    @property
    def is_alive(self) -> bool:
        """Whether the device still asks for audio. Any thread."""
        return not self._has_finished

    def start(self) -> None:
        """Let the device call.

        Raises
        ------
        PlaybackError
            If the device refuses.
        """
        try:
            self._stream.start()
        except _sounddevice().PortAudioError as error:
            self.close()
            raise playback_error([error], self.device_name) from error

    def close(self) -> None:
        """Close at once; what the device has not played yet is lost. May be called again."""
        # abort: stop() would wait for a device that may be gone.
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)
        _open_streams.discard(self)


def open_output(
    n_channels: int,
    sample_rate: int,
    callback: OutputCallback,
    device: str | None = None,
) -> OutputStream:
    """Open a device for playing.

    Parameters
    ----------
    n_channels : int
        Channels wanted. The stream has fewer if the device has fewer, and at least two if the
        device has two.
    sample_rate : int
        Frames per second wanted. The stream has the device's own rate if this one is refused or
        below `MIN_DIRECT_RATE`.
    callback : callable
        Fills the buffers; called from PortAudio's thread.
    device : str, optional
        Name of the device to play on; without it, where the system plays.

    Returns
    -------
    OutputStream
        Open, not started.

    Raises
    ------
    PlaybackError
        If there is no PortAudio library, no device, or the device refuses.
    """
    _sounddevice()  # without the library a second try is in vain
    _look_again_if_others_were_found()
    try:
        return _open_found(n_channels, sample_rate, callback, device)
    except PlaybackError:
        if not rescan_devices():
            raise
    return _open_found(n_channels, sample_rate, callback, device)


def output_devices() -> list[OutputDevice]:
    """List the devices that can play, as PortAudio knows them in this process.

    Returns
    -------
    list of OutputDevice
        Those with at least one output channel.

    Raises
    ------
    PlaybackError
        If there is no PortAudio library, or it does not answer.
    """
    sd = _sounddevice()
    with _told():
        devices, host_apis, default = sd.query_devices(), sd.query_hostapis(), _default_index()
    return [
        OutputDevice(
            name=device["name"],
            host_api=host_apis[device["hostapi"]]["name"],
            n_channels=device["max_output_channels"],
            default_sample_rate=round(device["default_samplerate"]),
            is_default=device["index"] == default,
        )
        for device in devices
        if device["max_output_channels"] > 0
    ]


def check_library() -> None:
    """Raise a `PlaybackError` if there is no PortAudio library. From any thread."""
    _sounddevice()


def note_found(devices: list[OutputDevice]) -> None:
    """Take note of the devices that another process has found. From any thread."""
    global _found
    _found = devices


def _look_again_if_others_were_found() -> None:
    """Let PortAudio know what another process knows already, as soon as no stream is open."""
    global _found
    found = _found
    if found is None or _open_streams:
        return
    _found = None
    if found != output_devices():
        rescan_devices()


def rescan_devices() -> bool:
    """Let PortAudio look for devices anew; False if it cannot, because a stream is open.

    Raises
    ------
    PlaybackError
        If there is no PortAudio library, or it does not start again.
    """
    sd = _sounddevice()
    if _open_streams:
        return False
    check_settings()
    with _told():
        # sounddevice has no public way to do this; these two have been there since its beginning.
        while sd._initialized:
            sd._terminate()
        sd._initialize()
    return True


@contextmanager
def _told() -> Iterator[None]:
    """Say in a sentence that the sound system as a whole does not answer."""
    try:
        yield
    except _sounddevice().PortAudioError as error:
        raise PlaybackError(str(NO_SYSTEM), str(error)) from error


def _sounddevice() -> Any:
    """Import sounddevice; again at every call, in case the library has been installed since."""
    if "sounddevice" not in sys.modules:
        check_settings()
    try:
        import sounddevice
    except ImportError as error:
        raise PlaybackError(
            tr("Sound needs the Python package sounddevice. Install it: pip install sounddevice"),
            f"{type(error).__name__}: {error}",
        ) from error
    except OSError as error:
        raise PlaybackError(_missing_library_sentence(), f"OSError: {error}") from error
    except Exception as error:  # its class for PortAudio's errors is in the module that failed
        raise PlaybackError(str(NO_SYSTEM), f"{type(error).__name__}: {error}") from error
    return sounddevice


def _missing_library_sentence() -> str:
    if platform.system() == "Linux":
        return tr(
            "Sound needs the PortAudio library. On Debian or Ubuntu: sudo apt install libportaudio2"
        )
    return tr(
        "Sound needs the PortAudio library. Reinstall the Python package that brings it: "
        "pip install --force-reinstall sounddevice"
    )


def _open_found(
    n_channels: int, sample_rate: int, callback: OutputCallback, wanted: str | None
) -> OutputStream:
    sd = _sounddevice()
    with _told():
        device = _find_device(wanted)
    n_most = device["max_output_channels"]
    channel_counts = dict.fromkeys([min(max(n_channels, 2), n_most), min(2, n_most)])
    errors, tries = [], []
    for n_out, rate in product(channel_counts, _rates_to_try(sample_rate, device)):
        try:
            sd.check_output_settings(device["index"], n_out, "float32", samplerate=rate)
            return OutputStream(device, n_out, rate, callback)
        except sd.PortAudioError as error:
            errors.append(error)
            tries.append(f"{n_out} channels at {rate} Hz: {error}")
    raise playback_error(errors, device["name"], "\n".join(tries))


def _rates_to_try(sample_rate: int, device: dict[str, Any]) -> list[int]:
    rates = [sample_rate, round(device["default_samplerate"])]
    return rates if sample_rate >= MIN_DIRECT_RATE else rates[::-1]


def _find_device(wanted: str | None) -> dict[str, Any]:
    sd = _sounddevice()
    devices = [device for device in sd.query_devices() if device["max_output_channels"] > 0]
    if not devices:
        raise PlaybackError(
            tr(
                "No sound device was found. Connect one, or switch it on in the system's sound "
                "settings, then play again."
            )
        )
    if wanted is None:
        default = _default_index()
        return next((device for device in devices if device["index"] == default), devices[0])
    for device in devices:
        if device["name"] == wanted:
            return dict(device)
    raise PlaybackError(
        tr(
            "The sound device “{name}” was not found. Connect it, or choose another one.",
            name=wanted,
        )
    )


def _default_index() -> int:
    return int(_sounddevice().default.device["output"])

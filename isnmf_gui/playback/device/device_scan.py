"""Looking for sound devices in a process of its own.

PortAudio can look anew only where no stream is open, and may take seconds. Another process has no
stream open, and nobody waits for it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict

from isnmf_gui.errors import PlaybackError, Stopped
from isnmf_gui.paths import TELL_DEVICES, own_command
from isnmf_gui.playback.device import device
from isnmf_gui.playback.device.device import OutputDevice
from isnmf_gui.playback.device.portaudio_errors import NO_SYSTEM

CODE = "from isnmf_gui.playback.device.device_scan import tell_devices; tell_devices()"
#: A sound system that takes longer does not answer.
LIMIT_S = 10.0
LOOK_S = 0.05
#: How the other process ends if it has no PortAudio library.
NO_LIBRARY = 3


def list_output_devices(keep_on: Callable[[], bool] | None = None) -> list[OutputDevice]:
    """Look for the devices that can play. From any thread; what plays is not disturbed.

    Parameters
    ----------
    keep_on : callable, optional
        Asked many times a second whether to go on.

    Returns
    -------
    list of OutputDevice
        Those with at least one output channel.

    Raises
    ------
    PlaybackError
        If there is no PortAudio library, or the sound system does not answer.
    Stopped
        If `keep_on` said so.
    """
    exit_code, said, complaints = _ask_another_process(keep_on)
    if exit_code == NO_LIBRARY:
        device.check_library()
    try:
        devices = [OutputDevice(**it) for it in json.loads(said)]
    except (ValueError, TypeError) as error:
        raise PlaybackError(str(NO_SYSTEM), f"exit code {exit_code}\n{complaints}") from error
    device.note_found(devices)
    return devices


def _ask_another_process(keep_on: Callable[[], bool] | None) -> tuple[int, str, str]:
    """Return how it ended, what it said and of what it complained."""
    try:
        process = subprocess.Popen(
            own_command(TELL_DEVICES, CODE),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise PlaybackError(str(NO_SYSTEM), str(error)) from error
    try:
        return _answer(process, keep_on)
    finally:
        process.kill()
        process.communicate()


def _answer(
    process: subprocess.Popen[str], keep_on: Callable[[], bool] | None
) -> tuple[int, str, str]:
    limit_s = time.monotonic() + LIMIT_S
    while True:
        try:
            said, complaints = process.communicate(timeout=LOOK_S)
        except subprocess.TimeoutExpired as error:
            if keep_on is not None and not keep_on():
                raise Stopped from error
            if time.monotonic() > limit_s:
                raise PlaybackError(str(NO_SYSTEM), f"no answer in {LIMIT_S:.0f} s") from error
        else:
            return process.returncode, said, complaints


def tell_devices() -> None:
    """Print the devices as JSON, and end: what the other process does."""
    try:
        print(json.dumps([asdict(it) for it in device.output_devices()]))
    except PlaybackError as error:
        print(error.message, error.details, sep="\n", file=sys.stderr)
        sys.exit(1 if error.message == str(NO_SYSTEM) else NO_LIBRARY)

"""Looking for devices in another process: it may be slow, fail, or find others than before."""

import json
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from isnmf_gui.errors import PlaybackError, Stopped
from isnmf_gui.paths import TELL_DEVICES, own_command
from isnmf_gui.playback.device import device, device_scan
from isnmf_gui.playback.device.device import OutputDevice
from isnmf_gui.playback.device.device_scan import list_output_devices

SPEAKERS = OutputDevice("Lautsprecher ♪", "ALSA", 2, 44_100, True)
HEADPHONES = OutputDevice("Headphones", "ALSA", 2, 48_000, False)


@pytest.fixture
def scan(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let the other process run this code."""
    monkeypatch.setattr(device, "_found", None)
    return lambda code: monkeypatch.setattr(device_scan, "CODE", textwrap.dedent(code))


def telling(*devices: OutputDevice) -> str:
    return f"print({json.dumps([vars(it) for it in devices])!r})"


def test_what_it_tells_is_found(scan: Callable[[str], None]) -> None:
    scan(telling(SPEAKERS, HEADPHONES))
    assert list_output_devices() == [SPEAKERS, HEADPHONES]


def test_a_slow_one_is_stopped(scan: Callable[[str], None]) -> None:
    scan("import time; time.sleep(60)")
    asked = iter([True, True, False])
    with pytest.raises(Stopped):
        list_output_devices(lambda: next(asked))


def test_one_that_never_answers_is_given_up(
    scan: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    scan("import time; time.sleep(60)")
    monkeypatch.setattr(device_scan, "LIMIT_S", 0.1)
    with pytest.raises(PlaybackError, match="does not answer"):
        list_output_devices()


@pytest.mark.parametrize("code", ["import os; os.abort()", "print('no JSON')", "print('[1]')"])
def test_one_that_fails_gets_a_sentence(scan: Callable[[str], None], code: str) -> None:
    scan(code)
    with pytest.raises(PlaybackError, match="does not answer"):
        list_output_devices()


def test_a_library_that_is_missing_is_called_so(
    scan: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    scan(
        """
        import ctypes.util
        ctypes.util.find_library = lambda name: None
        from isnmf_gui.playback.device.device_scan import tell_devices
        tell_devices()
        """
    )
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(PlaybackError, match="Sound needs"):
        list_output_devices()


def test_no_process_at_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))
    with pytest.raises(PlaybackError, match="does not answer"):
        list_output_devices()


def test_the_built_program_calls_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no Python, and would open another window."""
    assert own_command(TELL_DEVICES, "code") == [sys.executable, "-c", "code"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_command(TELL_DEVICES, "code") == [sys.executable, TELL_DEVICES]


def test_portaudio_looks_again_only_where_others_were_found(
    scan: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = []
    monkeypatch.setattr(device, "output_devices", lambda: [SPEAKERS])
    monkeypatch.setattr(device, "rescan_devices", lambda: looked.append("again"))
    for found, expected in ((SPEAKERS, []), (HEADPHONES, ["again"])):
        scan(telling(found))
        list_output_devices()
        monkeypatch.setattr(device, "_open_streams", {"open"})
        device._look_again_if_others_were_found()  # not now
        assert looked == []
        monkeypatch.setattr(device, "_open_streams", set())
        for _ in range(2):
            device._look_again_if_others_were_found()
        assert looked == expected

"""A sound card made of software: PulseAudio with a null sink, whose monitor is what was heard.

It needs Debian's pulseaudio, pulseaudio-utils and libasound2-plugins, and runs beside any other
sound server without touching it.
"""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

PROGRAMS = ("pulseaudio", "pactl", "parec")
# In ALSA's order, so that every channel keeps its place on the way.
CHANNELS = ["front-left", "front-right", "rear-left", "rear-right", "front-center", "lfe"]


def wait_until(condition: Callable[[], object], timeout_s: float = 20.0, what: str = "") -> None:
    """Wait by polling; generous, as tests share their machine with others."""
    limit_s = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > limit_s:
            raise TimeoutError(what or "a condition of the test did not come true")
        time.sleep(0.002)


class Recording:
    """What a sound card is playing, recorded into a file while it grows."""

    def __init__(self, card: SoundCard, path: Path) -> None:
        self.sample_rate, self.n_channels = card.sample_rate, card.n_channels
        self._path = path
        command = ["parec", "-d", "cap.monitor", "--raw", "--format=float32le"]
        command += [f"--rate={self.sample_rate}", f"--channels={self.n_channels}"]
        command += [f"--channel-map={card.channel_map}"]
        with path.open("wb") as file:
            self._process = subprocess.Popen(
                [*command, "--latency-msec=20"], stdout=file, env=os.environ | card.environment
            )
        if path != Path(os.devnull):
            wait_until(lambda: self.n_samples > 0, what="parec records nothing")

    @property
    def n_samples(self) -> int:
        return self._path.stat().st_size // (4 * self.n_channels)

    @property
    def samples(self) -> NDArray[np.float32]:
        """What was heard so far, shape (n_samples, n_channels)."""
        n_values = self.n_samples * self.n_channels
        return np.fromfile(self._path, np.float32, n_values).reshape(-1, self.n_channels)

    def wait(self, duration_s: float) -> None:
        """Wait until so much more has been recorded."""
        n_samples = self.n_samples + duration_s * self.sample_rate
        wait_until(lambda: self.n_samples >= n_samples, what="parec has stopped recording")

    def stop(self) -> None:
        _end(self._process)

    def __enter__(self) -> Recording:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class SoundCard:
    """PulseAudio in a folder of its own.

    A program uses it if `environment` is added to its environment before it loads PortAudio.
    """

    def __init__(self, sample_rate: int = 44100, n_channels: int = 2) -> None:
        self.sample_rate, self.n_channels = sample_rate, n_channels
        # Not pytest's folder: the path of a socket must be short.
        self._folder = Path(tempfile.mkdtemp(prefix="sound-card-"))
        self._process: subprocess.Popen[bytes] | None = None
        self._recordings: list[Recording] = []
        self._listener: Recording | None = None
        self._numbers = itertools.count()
        self._write_settings()

    @staticmethod
    def missing() -> list[str]:
        """Programs that it needs and that are not installed."""
        return [name for name in PROGRAMS if shutil.which(name) is None]

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs in its environment to play here."""
        folder = self._folder
        return {
            "ALSA_CONFIG_PATH": str(folder / "asound.conf"),
            "PULSE_SERVER": f"unix:{folder / 'native'}",
            "PULSE_CLIENTCONFIG": str(folder / "client.conf"),
            "PULSE_COOKIE": str(folder / "cookie"),
            "PULSE_RUNTIME_PATH": str(folder),
            "PULSE_STATE_PATH": str(folder),
        }

    @property
    def channel_map(self) -> str:
        """Where the channels are; at least two, at most six."""
        return ",".join(CHANNELS[: self.n_channels])

    @property
    def is_on(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Switch it on, and wait until it can be used."""
        own = {"HOME": str(self._folder), "XDG_RUNTIME_DIR": str(self._folder)}
        sink = f"module-null-sink sink_name=cap rate={self.sample_rate}"
        sink += f" channels={self.n_channels} channel_map={self.channel_map} format=float32le"
        socket = f"module-native-protocol-unix socket={self._folder / 'native'} auth-anonymous=1"
        command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1"]
        command += ["--disable-shm", "--resample-method=speex-float-10", "-L", sink, "-L", socket]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, env=os.environ | self.environment | own
            )
        wait_until(self._answers, what="PulseAudio did not start")
        # A null sink to which nobody listens works in pieces of two seconds, unlike any real card.
        self._listener = Recording(self, Path(os.devnull))
        with self.record() as recording:
            recording.wait(0.1)

    def record(self) -> Recording:
        """Begin to record what is heard; to be used in a `with` statement."""
        path = self._folder / f"heard-{next(self._numbers)}.raw"
        self._recordings.append(Recording(self, path))
        return self._recordings[-1]

    def pull_out(self) -> None:
        """Take it away while it may be in use."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
            self._stop_listening()

    def stop(self) -> None:
        """Switch it off and clean up. May be called again."""
        self._stop_listening()
        if self._process is not None:
            _end(self._process)
            self._process = None
        shutil.rmtree(self._folder, ignore_errors=True)

    def _stop_listening(self) -> None:
        for recording in [*self._recordings, self._listener]:
            if recording is not None:
                recording.stop()
        self._recordings, self._listener = [], None

    def _answers(self) -> bool:
        if self._process is not None and self._process.poll() is not None:
            raise RuntimeError((self._folder / "log").read_text())
        env = os.environ | self.environment
        done = subprocess.run(["pactl", "list", "short", "sinks"], env=env, capture_output=True)
        return b"cap" in done.stdout

    def _write_settings(self) -> None:
        pulse = "{ type pulse }\n"
        (self._folder / "asound.conf").write_text(f"pcm.default {pulse}ctl.default {pulse}")
        (self._folder / "client.conf").write_text("autospawn = no\nenable-shm = no\n")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

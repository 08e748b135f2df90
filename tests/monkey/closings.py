"""The program started and ended over and over, in the middle of everything it does."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from tests.monkey.belongings import environment
from tests.recordings import TEST_SET
from tests.sound_card import SoundCard

ROOT = Path(__file__).resolve().parents[2]
LONGEST_S = 40.0
#: When the program is ended, and how: see `closing_child`.
MOMENTS = (
    "opening", "opened", "separating", "playing", "paused", "splitting", "suggesting", "saving",
    "exporting", "dialog",
)  # fmt: skip
WAYS = ("discard", "save", "close now", "SIGTERM", "SIGINT")
#: What other programs print: ALSA of the sound card's pace, Qt of a platform without a screen.
HARMLESS = re.compile(r"^(ALSA lib .*|This plugin does not support .*)$", re.M)


def close_often(n_times: int, seed: int) -> int:
    """Start and end the program so often, print what went wrong; 0 if nothing did."""
    began_s = time.perf_counter()
    faults = closings(n_times, seed)
    for number, fault in faults.items():
        print(f"\n== closing {number}\n{fault}")
    took_s = time.perf_counter() - began_s
    print(f"seed {seed}: {n_times} closings in {took_s:.0f} s, {len(faults)} faults")
    return 1 if faults else 0


def closings(n_times: int, seed: int) -> dict[int, str]:
    """Start and end the program so often; return what went wrong, by number."""
    faults = {}
    with tempfile.TemporaryDirectory(prefix="closings-") as folder:
        path = TEST_SET["stereo.mp3"].write(Path(folder))
        card = SoundCard()
        try:
            card.start()
            for number in range(n_times):
                dice = random.Random(f"{seed}/{number}")
                home = Path(folder) / str(number)
                fault = close_once(path, home, dice, card.environment)
                if fault:
                    faults[number] = fault
        finally:
            card.stop()
    return faults


def close_once(recording: Path, home: Path, dice: random.Random, sound: Mapping[str, str]) -> str:
    """Start the program with a recording, and end it; return what went wrong, or ""."""
    moment, way, delay_ms = dice.choice(MOMENTS), dice.choice(WAYS), dice.choice((0, 1, 20, 150))
    words = [moment, way, str(delay_ms), str(recording)]
    program = subprocess.Popen(
        [sys.executable, "-P", "-m", "tests.monkey.closing_child", *words],
        env={
            **os.environ,
            **environment(home),
            **sound,
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "offscreen",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        said, _ = program.communicate(timeout=LONGEST_S)
    except subprocess.TimeoutExpired:
        program.send_signal(signal.SIGABRT)  # faulthandler prints where every thread is
        said, _ = program.communicate()
    finally:
        program.kill()
    said = HARMLESS.sub("", said).strip()
    errors = [line for line in _log(home).splitlines() if " ERROR " in line]
    if program.returncode == 0 and not said and not errors:
        return ""
    what = f"{moment}, then {way} after {delay_ms} ms: it ended with {program.returncode}"
    return "\n".join([what, said, *errors])


def _log(home: Path) -> str:
    return "".join(path.read_text() for path in home.rglob("isnmf-gui.log"))

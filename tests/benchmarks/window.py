"""Whether the window stays quick and the sound whole while everything goes on at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.benchmarks.figures import Bound, Figure
from tests.benchmarks.problems import Effort
from tests.gui.screen import Screen
from tests.sound_card import SoundCard

ROOT = Path(__file__).resolve().parents[2]
MOST_STALL_MS = 50


def figures(effort: Effort) -> Iterator[Figure]:
    """Measure in a process of its own, on a screen and a sound card made of software.

    Parameters
    ----------
    effort : Effort
        Length of the recording, and how long all goes on.
    """
    with ExitStack() as stack:
        environment = dict(os.environ)
        where = [give_screen(stack, environment), _card(stack, environment)]
        arguments = [str(effort.open_s), str(effort.underruns_s)]
        command = [sys.executable, "-m", "tests.benchmarks.window_load", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE
        )
    held = json.loads(done.stdout)
    note = f"after {held['act']}; {held['n_acts']} acts, {held['n_snapshots']} snapshots"
    bound = Bound("at most", MOST_STALL_MS)
    yield Figure("gui_longest_stall_ms", held["stall_ms"], bound=bound, note=note)
    note = f"{effort.underruns_s:g} s on {', '.join(where)}"
    yield Figure("underruns_60s", held["underruns"], bound=Bound("at most", 0), note=note)


def give_screen(stack: ExitStack, environment: dict[str, str]) -> str:
    """Give the process a screen, where one made of software is installed; return what it is."""
    if Screen.missing():
        environment["QT_QPA_PLATFORM"] = "offscreen"
        return "no screen"
    screen = Screen()
    stack.callback(screen.stop)
    environment.update(screen.environment)
    return "Xvfb"


def _card(stack: ExitStack, environment: dict[str, str]) -> str:
    """Give it a sound card, where one made of software is installed; return what it is."""
    if SoundCard.missing():
        return "a simulated device"
    card = SoundCard()
    stack.callback(card.stop)
    card.start()
    environment.update(card.environment)
    return "a null sink"

"""The command: `python3 run.py monkey`, or here `python -m tests.monkey`.

The monkey lives in a process of its own: a crash of that is a fault like any other.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.gui.screen import Screen
from tests.monkey.belongings import environment
from tests.monkey.closings import close_often
from tests.sound_card import SoundCard

ROOT = Path(__file__).resolve().parents[2]
#: A process whose journal does not grow for so long is ended; it tells where it stood.
SILENCE_S = 120.0
TAIL = 25
SCREEN = (1920, 1200)
CHILD = ["-m", "tests.monkey.child"]
#: A line of thousands of letters that faulthandler ends with.
NOISE = "Extension modules:"
#: How many deeds before a fault are tried, to find the fewest that lead to it.
SHORTENED = (5, 20, 80, 320, 1280)


@dataclass(frozen=True)
class Outcome:
    """How a monkey's life ended.

    Attributes
    ----------
    faults : list of dict
        The number of the deed, the kind, and what is known.
    journal : list of str
        What it did.
    said : str
        What the process printed.
    """

    faults: list[dict[str, object]]
    journal: list[str]
    said: str


def main(arguments: Sequence[str]) -> int:
    """Let a monkey live, and print what it found; 0 if that is nothing."""
    options = _options(arguments)
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(10**6)
    if options.closings:
        return close_often(options.closings, seed)
    began_s = time.perf_counter()
    outcome = live(seed, options)
    print(outcome.said.strip())
    if options.journal is not None:
        options.journal.write_text("\n".join(outcome.journal), encoding="utf-8")
    n_deeds, took_s = len(outcome.journal), time.perf_counter() - began_s
    print(f"seed {seed}: {n_deeds} deeds in {took_s:.0f} s, {len(outcome.faults)} faults")
    if not outcome.faults:
        return 0
    for fault in outcome.faults:
        print(f"\n== {fault['kind']} at deed {fault['number']}\n{fault['what']}")
    print("\nThe last deeds:\n  " + "\n  ".join(outcome.journal[-TAIL:]))
    if options.shorten:
        _shorten(seed, options, outcome)
    return 1


def live(seed: int, options: argparse.Namespace) -> Outcome:
    """Let a monkey live in a folder that is removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="monkey-"))
    try:
        with _screen(options.screen) as screen, _sound_card() as sound:
            return _outcome(folder, seed, options, {**screen, **sound})
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _screen(is_real: bool) -> Iterator[dict[str, str]]:
    """Provide a screen, and yield what a program needs in its environment to use it."""
    if not is_real:
        yield {"QT_QPA_PLATFORM": "offscreen"}
        return
    screen = Screen(*SCREEN)
    try:
        yield screen.environment
    finally:
        screen.stop()


@contextmanager
def _sound_card() -> Iterator[dict[str, str]]:
    """Provide a sound card, and yield what a program needs in its environment to use it."""
    card = SoundCard()
    try:
        card.start()
        yield card.environment
    finally:
        card.stop()


def _outcome(
    folder: Path, seed: int, options: argparse.Namespace, devices: dict[str, str]
) -> Outcome:
    """Let a monkey live in a process, and gather what that left."""
    inside = folder / "world"
    inside.mkdir()
    numbers = (seed, options.start, options.until or options.actions, options.rest_every)
    switches = ("on" if it else "off" for it in (options.goes_on, options.listening))
    words = [*map(str, numbers), str(options.longest_s), *switches]
    with (folder / "said").open("w+") as said:
        process = subprocess.Popen(
            [sys.executable, "-P", *CHILD, str(inside), *words],
            env={**_environment(inside), **devices},
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        silent = _wait(process, folder / "journal")
        said.seek(0)
        text = "\n".join(it for it in said.read().splitlines() if not it.startswith(NOISE))
    journal = _lines(folder / "journal")
    faults = [json.loads(line) for line in _lines(folder / "faults")]
    if silent or process.returncode not in (0, 1) or (process.returncode == 1 and not faults):
        kind = "it stood still" if silent else f"a crash ({process.returncode})"
        number = int(journal[-1].split("\t")[0]) if journal else -1
        faults.append({"number": number, "kind": kind, "what": text})
    return Outcome(faults, _told(journal), text)


def _environment(inside: Path) -> dict[str, str]:
    others = os.environ.get("PYTHONPATH")
    return {
        **os.environ,
        **environment(inside),
        "PYTHONPATH": str(ROOT) if not others else f"{ROOT}{os.pathsep}{others}",
        "PYTHONHASHSEED": "0",
        # Arrays go back to the system at once: what is in memory then is what somebody holds.
        "MALLOC_MMAP_THRESHOLD_": "65536",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _wait(process: subprocess.Popen[bytes], journal: Path) -> bool:
    """Wait for a process to end; tell whether it had to be ended, as it did nothing."""
    size, changed_s = -1, time.monotonic()
    while process.poll() is None:
        time.sleep(0.2)
        now = journal.stat().st_size if journal.exists() else 0
        if now != size:
            size, changed_s = now, time.monotonic()
        elif time.monotonic() - changed_s > SILENCE_S:
            process.send_signal(6)  # faulthandler prints where every thread is
            process.wait()
            return True
    return False


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def _told(journal: list[str]) -> list[str]:
    """Leave out the beginnings of deeds that came to their end."""
    ended = {line.split("\t")[0] for line in journal if "\t…" not in line}
    return [line for line in journal if "\t…" not in line or line.split("\t")[0] not in ended]


def _shorten(seed: int, options: argparse.Namespace, outcome: Outcome) -> None:
    """Look for few deeds that lead to the first fault, and print the command for them."""
    first = outcome.faults[0]
    until = int(str(first["number"])) + 1
    for n_before in SHORTENED:
        start = max(options.start, until - n_before)
        tried = argparse.Namespace(**{**vars(options), "start": start, "until": until + 3})
        if any(fault["kind"] == first["kind"] for fault in live(seed, tried).faults):
            how = f"--seed {seed} --from {start} --until {until + 3}{' --screen' * options.screen}"
            print(f"Again: python3 run.py monkey {how}")
            return
    print("Fewer deeds did not lead to it.")


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="run.py monkey", description=__doc__)
    add = parser.add_argument
    add("--seed", type=int, help="of the dice; by default another one each time")
    add("--actions", type=int, default=20_000, metavar="N", help="how many deeds (20000)")
    add("--from", type=int, default=0, dest="start", metavar="N", help="skip the deeds before")
    add("--until", type=int, metavar="N", help="skip those from here on")
    add("--screen", action="store_true", help="on a real screen, Xvfb, where drags are real too")
    add("--listening", action="store_true", help="a screen reader listens too")
    add("--goes-on", action="store_true", help="look for more after the first fault")
    add("--shorten", action="store_true", help="look for few deeds that lead to a fault")
    add("--longest-s", type=float, default=1.0, metavar="S", help="a longer standstill is a hang")
    add("--rest-every", type=int, default=1000, metavar="N", help="measure memory after N deeds")
    add("--journal", type=Path, metavar="FILE", help="write down every deed")
    add("--closings", type=int, metavar="N", help="instead, open and close the window N times")
    return parser.parse_args(arguments)

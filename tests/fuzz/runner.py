"""The command: `python3 run.py fuzz`, or here `python -m tests.fuzz`.

Every file has a number and dice of its own: it is the same wherever one begins.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHILD = ["-m", "tests.fuzz.child"]
#: What the process may have needed at most, all of it, and for one file.
MOST_MIB, MOST_CPU_S = 900.0, 5.0
#: A process is begun anew after so many files, for what one holds could hide in it.
AT_ONCE = 2_000


@dataclass
class Findings:
    """What came of the files.

    Attributes
    ----------
    outcomes : Counter
        How many were opened, and how many refused.
    faults : list of tuple
        Number, name and what is wrong.
    slowest_s : float
        Processor time of the slowest file.
    peak_mib : float
        Most memory of a process.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[int, str, str]] = field(default_factory=list)
    slowest_s: float = 0.0
    peak_mib: float = 0.0


def main(arguments: Sequence[str]) -> int:
    """Open spoiled files, and print what came of it; 0 if nothing is wrong."""
    options = _options(arguments)
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(10**6)
    began_s = time.perf_counter()
    found = fuzz(seed, options.start, options.start + options.files)
    for number, name, what in found.faults:
        print(f"\n== file {number}, made of {name}\n{what}")
        print(f"Again: python3 run.py fuzz --seed {seed} --from {number} --files 1")
    told = ", ".join(f"{n} {what}" for what, n in sorted(found.outcomes.items()))
    print(
        f"seed {seed}: {told} in {time.perf_counter() - began_s:.0f} s; the slowest took ", end=""
    )
    print(f"{found.slowest_s:.2f} s, the most memory was {found.peak_mib:.0f} MiB")
    return 1 if found.faults else 0


def fuzz(seed: int, start: int, stop: int) -> Findings:
    """Open the files of these numbers in processes of their own."""
    found = Findings()
    while start < stop:
        with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
            start = _open_some(Path(folder), seed, start, min(stop, start + AT_ONCE), found)
    return found


def _open_some(folder: Path, seed: int, start: int, stop: int, found: Findings) -> int:
    """Open files until the process ends; return the number of the next one."""
    process = subprocess.run(
        [sys.executable, "-P", *CHILD, *map(str, (folder, seed, start, stop))],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = _lines(folder / "outcomes")
    last = _note(lines, found)
    if process.returncode == 0:
        return stop
    reached = max((int(values[0]) for kind, *values in lines if kind == "begin"), default=start)
    number, name = last or (reached, "none")
    what = "\n".join([process.stderr, *("\t".join(line) for line in _lines(folder / "stacks"))])
    found.faults.append((number, name, f"ended the process ({process.returncode})\n{what}"))
    return number + 1


def _lines(path: Path) -> list[list[str]]:
    text = path.read_text("utf-8", "replace") if path.exists() else ""
    return [line.split("\t") for line in text.split("\n") if line]


def _note(lines: list[list[str]], found: Findings) -> tuple[int, str] | None:
    """Note what came of files; return the number and name of one that nothing came of."""
    begun: tuple[int, str] | None = None
    for kind, *values in lines:
        if kind == "begin":
            begun = int(values[0]), values[1]
        elif kind == "peak":
            found.peak_mib = max(found.peak_mib, float(values[0]))
            if float(values[0]) > MOST_MIB:
                found.faults.append((-1, "all", f"took {values[0]} MiB of memory"))
        elif begun is not None:
            _note_outcome(begun, float(values[1]), values[2], found)
            begun = None
    return begun


def _note_outcome(file: tuple[int, str], seconds: float, told: str, found: Findings) -> None:
    found.slowest_s = max(found.slowest_s, seconds)
    outcome, _, what = told.partition(": ")
    found.outcomes[{"fault": "faults"}.get(outcome, outcome)] += 1
    if outcome == "fault":
        found.faults.append((*file, what.encode().decode("unicode_escape", "replace")))
    if seconds > MOST_CPU_S:
        found.faults.append((*file, f"took {seconds:.1f} s"))


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="run.py fuzz", description=__doc__)
    add = parser.add_argument
    add("--files", type=int, default=10_000, metavar="N", help="how many (10000)")
    add("--seed", type=int, help="of the dice; by default another one each time")
    add("--from", type=int, default=0, dest="start", metavar="N", help="number of the first")
    return parser.parse_args(arguments)

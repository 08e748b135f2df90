"""A few hundred spoiled files, and that a fault of any kind would be told."""

from pathlib import Path

import pytest

from tests.fuzz.runner import fuzz

SEED = 20_260_101


def test_spoiled_files_open_or_are_refused() -> None:
    found = fuzz(SEED, 0, 400)
    assert found.faults == []
    assert sum(found.outcomes.values()) == 400
    assert min(found.outcomes["opened"], found.outcomes["refused"]) > 40


#: What might happen while a file is opened, and words of what is told of it.
FAULTS = (
    ("raise ValueError('oh')", "ValueError: oh"),
    ("raise RecordingError('no')", "says 'no'"),
    ("os.write(1, b'Error A : 00')", "printed 'Error A : 00'"),
    ("bytearray(3 << 30)", "MemoryError"),
    ("os.kill(os.getpid(), 11)", "ended the process (-11)"),
    ("time.sleep(60)", "ended the process (1)"),
)


def test_faults_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One with each file; the last is opened all the same."""
    script = tmp_path / "child.py"
    script.write_text(f"""
import os, sys, time
from isnmf_gui.errors import RecordingError
from tests.fuzz import child
opened, child.LONGEST_S = child._opened, 2
def spoiled(path, dice):
    number = int(path.name.split()[0])
    exec(dict(enumerate({[code for code, _ in FAULTS]})).get(number, ""))
    return opened(path, dice)
child._opened = spoiled
sys.exit(child.main(sys.argv[1:]))
""")
    monkeypatch.setattr("tests.fuzz.runner.CHILD", [str(script)])
    found = fuzz(SEED, 0, len(FAULTS) + 1)
    assert [number for number, _, _ in found.faults] == list(range(len(FAULTS)))
    for (_, _, what), (_, words) in zip(found.faults, FAULTS, strict=True):
        assert words in what
    assert sum(found.outcomes.values()) == len(FAULTS) - 1  # two came to no end

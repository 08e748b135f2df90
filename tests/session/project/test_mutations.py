"""Files changed at random: each opens, or is refused with a sentence, within a moment."""

import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from isnmf_gui.errors import ProjectError, RecordingError
from isnmf_gui.session.document import Document
from isnmf_gui.session.project import open_project, save_project
from tests.session.projects import members_of, write_members

SEED = 20_260_101


def opened_or_refused(path: Path) -> Document | None:
    """Open a file that may hold anything, within a moment."""
    began = time.process_time()
    try:
        return open_project(path)
    except (ProjectError, RecordingError):
        return None
    finally:
        assert time.process_time() - began < 5


def flipped(content: bytes, dice: random.Random) -> bytes:
    result = bytearray(content)
    for _ in range(dice.choice([1, 1, 3, 50])):
        result[dice.randrange(len(result))] ^= 1 << dice.randrange(8)
    return bytes(result)


def cut_out(content: bytes, dice: random.Random) -> bytes:
    start, end = sorted(dice.randrange(len(content) + 1) for _ in range(2))
    return content[:start] + content[end:]


def put_in(content: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(content))
    return content[:at] + dice.randbytes(dice.choice([1, 4, 1_000])) + content[at:]


def twice(content: bytes, dice: random.Random) -> bytes:
    start, end = sorted(dice.randrange(len(content) + 1) for _ in range(2))
    return content[:end] + content[start:]


MUTATIONS: list[Callable[[bytes, random.Random], bytes]] = [flipped, cut_out, put_in, twice]


def test_mutated_files(project: Path, tmp_path: Path) -> None:
    content, dice = project.read_bytes(), random.Random(SEED)
    path = tmp_path / "mutated.isnmf"
    for _ in range(300):
        path.write_bytes(dice.choice(MUTATIONS)(content, dice))
        opened_or_refused(path)


def test_mutated_members(project: Path, tmp_path: Path) -> None:
    """With checksums that are right again."""
    members, dice = members_of(project), random.Random(SEED)
    path = tmp_path / "mutated.isnmf"
    for _ in range(200):
        name, other = dice.sample(sorted(members), 2)
        changed = {**members, name: dice.choice(MUTATIONS)(members[name], dice)}
        if dice.random() < 0.3:
            changed = {**members, name: members[other], other: members[name]}
        opened_or_refused(write_members(path, changed))


ODD: list[Any] = [
    None, True, False, 0, -1, 1, 2, 3, 7, 2**31, 2**64, 10**30, 0.5, -0.0, 1e308, "", "x", "0",
    "absolute", "float64", "x" * 2_000, [], [0], [[0]], {}, {"a": 1},
]  # fmt: skip


def places(value: Any) -> list[tuple[Any, Any]]:
    """Return every container of JSON with each of its keys."""
    keys = list(value) if isinstance(value, dict) else range(len(value))
    found = [(value, key) for key in keys]
    within = [value[key] for key in keys if isinstance(value[key], dict | list)]
    return found + [place for inner in within for place in places(inner)]


def test_mutated_json(project: Path, tmp_path: Path) -> None:
    """Any value replaced by an odd one: what opens can be saved, and opens again."""
    members, dice = members_of(project), random.Random(SEED)
    path = tmp_path / "mutated.isnmf"
    n_opened = 0
    for _ in range(400):
        values = json.loads(members["project.json"])
        for _ in range(dice.choice([1, 1, 2])):
            container, key = dice.choice(places(values))
            container[key] = dice.choice(ODD)
        text = json.dumps(values).encode()
        opened = opened_or_refused(write_members(path, {**members, "project.json": text}))
        if opened is not None:
            n_opened += 1
            save_project(opened, path)
            open_project(path)
    assert 10 < n_opened < 200

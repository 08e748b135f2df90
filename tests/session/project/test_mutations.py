"""Files changed at random: each opens, or is refused with a sentence, within a moment."""

import random
import time
from pathlib import Path

from isnmf_gui.errors import ProjectError, RecordingError
from isnmf_gui.session.document.document import Document
from isnmf_gui.session.project import open_project, save_project
from tests.fuzz.mutations import ANYWHERE
from tests.fuzz.odd_json import with_odd_values
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


def test_mutated_files(project: Path, tmp_path: Path) -> None:
    content, dice = project.read_bytes(), random.Random(SEED)
    path = tmp_path / "mutated.isnmf"
    for _ in range(300):
        path.write_bytes(dice.choice(ANYWHERE)(content, dice))
        opened_or_refused(path)


def test_mutated_members(project: Path, tmp_path: Path) -> None:
    """With checksums that are right again."""
    members, dice = members_of(project), random.Random(SEED)
    path = tmp_path / "mutated.isnmf"
    for _ in range(200):
        name, other = dice.sample(sorted(members), 2)
        changed = {**members, name: dice.choice(ANYWHERE)(members[name], dice)}
        if dice.random() < 0.3:
            changed = {**members, name: members[other], other: members[name]}
        opened_or_refused(write_members(path, changed))


def test_mutated_json(project: Path, tmp_path: Path) -> None:
    """Any value replaced by an odd one: what opens can be saved, and opens again."""
    members, dice = members_of(project), random.Random(SEED)
    path = tmp_path / "mutated.isnmf"
    n_opened = 0
    for _ in range(400):
        text = with_odd_values(members["project.json"], dice)
        opened = opened_or_refused(write_members(path, {**members, "project.json": text}))
        if opened is not None:
            n_opened += 1
            save_project(opened, path)
            open_project(path)
    assert 10 < n_opened < 200

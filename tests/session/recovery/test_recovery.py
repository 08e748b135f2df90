"""Copies for recovery: little is written, everything comes back, only from the dead."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from isnmf_gui.errors import ProjectError, RecordingError, Stopped
from isnmf_gui.session.document.document import Document, rename_run, replace_run
from isnmf_gui.session.edits import factor_edits, mix_edits
from isnmf_gui.session.recovery import Recovery, discard, find_recoverable, keeping, recover
from isnmf_gui.session.sound_files.recording import Recording
from tests.programs import DROP_PRIVILEGES, SMALL_FILES, environment, python_json
from tests.session.comparing import difference
from tests.this_process import n_open_files


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "state" / "recovery"


@pytest.fixture
def recovery(root: Path) -> Iterator[Recovery]:
    recovery = Recovery(root)
    yield recovery
    recovery.close()


def die(recovery: Recovery) -> Path:
    """Let go of the lock, as the system does when a program is killed; return the folder."""
    folder, lock = recovery.folder, recovery._lock
    assert folder is not None
    assert lock is not None
    lock.release()
    return folder


def files_in(folder: Path) -> dict[str, int]:
    """Return the files and when each was written."""
    paths = [path for path in folder.rglob("*") if path.is_file() and path.name != "lock"]
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in paths}


def test_what_was_kept_comes_back(recovery: Recovery, root: Path, document: Document) -> None:
    assert find_recoverable(root) == []
    recovery.keep(document, "Music", Path("music.isnmf"))
    folder = die(recovery)
    (found,) = find_recoverable(root)
    assert found.folder == folder
    assert (found.name, found.n_runs) == ("Music", 2)
    assert found.project_path == Path("music.isnmf").absolute()
    assert abs((datetime.now() - found.when).total_seconds()) < 60
    recovered = recover(folder)
    assert difference(recovered, document) == ""
    assert recovered.recording.path == document.recording.path
    discard(folder)
    assert find_recoverable(root) == []
    assert os.listdir(root) == []
    assert difference(recovered, document) == ""  # which nothing ties to the folder


def test_the_living_are_left_alone(recovery: Recovery, root: Path, document: Document) -> None:
    recovery.keep(document, "Music")
    assert find_recoverable(root) == []
    discard(recovery.folder)
    assert difference(recover(recovery.folder), document) == ""


def test_only_what_is_new_is_written(recovery: Recovery, document: Document) -> None:
    recovery.keep(document, "Music")
    first = files_in(recovery.folder)
    louder = replace_run(document, mix_edits.set_gain(document.run(1), [0], 3.0))
    recovery.keep(louder, "Music")
    second = files_in(recovery.folder)
    assert {name for name in first if second.get(name) != first[name]} == {"document.json"}
    assert set(second) == set(first)
    run = factor_edits.scale_stretch(louder.run(2), [1], (0.3, 0.5), -6.0)
    recovery.keep(replace_run(louder, run), "Music")
    third = files_in(recovery.folder)
    assert len(set(third) - set(first)) == 1  # an activation
    recovery.keep(document, "Music")  # undone
    assert set(files_in(recovery.folder)) == set(first)
    assert difference(recover(recovery.folder), document) == ""


def test_numbers_of_files_are_never_given_again(recovery: Recovery, document: Document) -> None:
    recovery.keep(document, "Music")
    names = set(files_in(recovery.folder))
    for gain_db in (-6.0, -12.0):
        run = factor_edits.scale_stretch(document.run(2), [1], (0.3, 0.5), gain_db)
        recovery.keep(replace_run(document, run), "Music")
        new = set(files_in(recovery.folder)) - names
        assert len(new) == 1
        names |= new


def test_what_was_undone_after_a_failure_is_kept_again(
    recovery: Recovery, document: Document, monkeypatch
) -> None:
    def fail(_values: object) -> bytes:
        raise OSError(28, "No space left on device")

    recovery.keep(document, "Music")
    run = factor_edits.scale_stretch(document.run(2), [1], (0.3, 0.5), -6.0)
    with monkeypatch.context() as patch:
        patch.setattr(keeping, "as_json", fail)
        with pytest.raises(ProjectError):
            recovery.keep(replace_run(document, run), "Music")
    recovery.keep(document, "Music")
    assert difference(recover(recovery.folder), document) == ""


def test_keeping_stops_at_any_moment_and_what_was_kept_stays(
    recovery: Recovery, document: Document
) -> None:
    shares: list[float] = []
    recovery.keep(document, "Music", on_progress=lambda share: shares.append(share) is None)
    assert shares == sorted(shares)
    assert len(shares) > 3
    other = Document(Recording(document.recording.samples / 2, 8_000, Path("other.wav")))
    with pytest.raises(Stopped):
        recovery.keep(other, "Other", on_progress=lambda _: False)
    assert difference(recover(recovery.folder), document) == ""
    recovery.keep(other, "Other")
    assert recover(recovery.folder).recording.name == "other.wav"


def test_a_folder_that_could_not_be_begun_is_not_left(
    recovery: Recovery, root: Path, document: Document, monkeypatch
) -> None:
    class Locked:
        def acquire(self, timeout: float) -> None:
            raise OSError(37, "No locks available")

        def release(self) -> None:
            pass

    with monkeypatch.context() as patch:
        patch.setattr(keeping, "lock_of", lambda _: Locked())
        with pytest.raises(ProjectError):
            recovery.keep(document, "Music")
    assert list(root.iterdir()) == []
    recovery.keep(document, "Music")
    assert len(list(root.iterdir())) == 1


def test_another_recording(recovery: Recovery, document: Document) -> None:
    recovery.keep(document, "Music")
    samples = document.recording.samples[:3_000] / 2
    other = Document(Recording(samples, 8_000, Path("other.wav")))  # it never was a file
    recovery.keep(other, "Other")
    assert set(files_in(recovery.folder)) == {"document.json", "recording/1"}
    assert difference(recover(recovery.folder), other) == ""


def test_what_is_saved_is_not_offered(recovery: Recovery, root: Path, document: Document) -> None:
    recovery.clear()  # nothing was kept yet
    recovery.keep(document, "Music")
    before = files_in(recovery.folder)
    recovery.clear()
    after = files_in(recovery.folder)
    assert set(before) - set(after) == {"document.json"}
    recovery.keep(rename_run(document, 1, "New"), "Music")
    assert {
        name for name, when in files_in(recovery.folder).items() if after.get(name) != when
    } == {"document.json"}
    recovery.clear()
    folder = die(recovery)
    assert find_recoverable(root) == []
    assert folder.exists()  # its program might be just beginning
    os.utime(folder, (time.time() - 100,) * 2)
    assert find_recoverable(root) == []
    assert not folder.exists()


def test_an_orderly_end_leaves_nothing(root: Path, document: Document) -> None:
    before = n_open_files()
    recovery = Recovery(root)
    recovery.close()
    recovery.keep(document, "Music")
    recovery.close()
    assert os.listdir(root) == []
    assert n_open_files() == before
    recovery.keep(document, "Music")  # the next begins anew
    assert difference(recover(recovery.folder), document) == ""
    recovery.close()


def test_the_newest_comes_first(root: Path, document: Document) -> None:
    for age_s, name in ((50, "Old"), (10, "New"), (90, "Oldest")):
        recovery = Recovery(root)
        recovery.keep(document, name)
        when = time.time() - age_s
        os.utime(die(recovery) / "document.json", (when, when))
    assert [it.name for it in find_recoverable(root)] == ["New", "Old", "Oldest"]


def test_the_lock_dies_with_its_process(root: Path, document: Document, project, tmp_path) -> None:
    code = """
import sys
from pathlib import Path
from isnmf_gui.session.project import open_project
from isnmf_gui.session.recovery import Recovery
recovery = Recovery(Path(sys.argv[2]))
recovery.keep(open_project(sys.argv[1]), "Music")
print("kept", flush=True)
sys.stdin.read()
"""
    child = subprocess.Popen(
        [sys.executable, "-c", code, project, root],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
    )
    try:
        assert child.stdout.readline() == b"kept\n"
        assert find_recoverable(root) == []
    finally:
        child.kill()
        child.communicate()
    (found,) = find_recoverable(root)
    assert difference(recover(found.folder), document) == ""


# -- what is damaged --------------------------------------------------------------------------


def spoilt(folder: Path, name: str, content: bytes | None) -> None:
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)


@pytest.mark.parametrize("content", [None, b"", b"{}", b"\x00" * 500, b"[" * 99_999])
def test_damaged_copies_get_a_sentence(
    content: bytes | None, recovery: Recovery, root: Path, document: Document
) -> None:
    recovery.keep(document, "Music")
    names = [
        name for name in files_in(recovery.folder) if content is not None or "json" not in name
    ]
    for name in names:
        recovery.keep(rename_run(document, 1, name), "Music")
        folder = recovery.folder
        whole = (folder / name).read_bytes()
        spoilt(folder, name, content)
        with pytest.raises((ProjectError, RecordingError)) as refused:
            recover(folder)
        assert refused.value.message.endswith(".")
        (folder / name).write_bytes(whole)
    spoilt(recovery.folder, "document.json", content or b"")
    folder = die(recovery)
    (found,) = find_recoverable(root)
    assert (found.name, found.n_runs, found.project_path) == ("", 0, None)
    discard(folder)
    assert os.listdir(root) == []


def test_a_single_bit_is_noticed(recovery: Recovery, document: Document) -> None:
    recovery.keep(document, "Music")
    recovery.keep(rename_run(document, 1, "New"), "Music")  # most is not written again
    for name in set(files_in(recovery.folder)) - {"document.json"}:
        path = recovery.folder / name
        whole = path.read_bytes()
        path.write_bytes(whole[:-3] + bytes([whole[-3] ^ 1]) + whole[-2:])
        with pytest.raises(ProjectError, match="is not as it was written"):
            recover(recovery.folder)
        path.write_bytes(whole)
    assert recover(recovery.folder).run(1).name == "New"


def test_copies_of_before_there_were_checksums_are_read(recovery, document: Document) -> None:
    recovery.keep(document, "Music")
    path = recovery.folder / "document.json"
    values = json.loads(path.read_text())
    del values["recovery"]["checksums"]
    path.write_text(json.dumps(values))
    assert difference(recover(recovery.folder), document) == ""


def test_names_lead_nowhere_else(recovery: Recovery, document: Document, tmp_path: Path) -> None:
    recovery.keep(document, "Music")
    path = recovery.folder / "document.json"
    values = json.loads(path.read_text())
    for name in ("../../secret", "/etc/passwd", "document.json", "recording/../lock"):
        values["recording"]["file"] = name
        path.write_text(json.dumps(values))
        with pytest.raises(ProjectError, match="names a file that no copy for recovery has"):
            recover(recovery.folder)


# -- disks that refuse ------------------------------------------------------------------------

KEEP = """
import json, os, sys
from pathlib import Path
from isnmf_gui.errors import ProjectError
from isnmf_gui.session.document.document import rename_run
from isnmf_gui.session.project import open_project
from isnmf_gui.session.recovery import Recovery
document = open_project(sys.argv[1])
recovery = Recovery(Path("root"))
if {first}:
    recovery.keep(document, "Music")
{conditions}
try:
    recovery.keep(rename_run(document, 1, "New" * 9_000), "Music")
    said = "done"
except ProjectError as error:
    said = error.message
print(json.dumps([said, os.listdir("root")]))
"""


def test_a_full_disk_costs_nothing_that_was_kept(
    document: Document, project: Path, tmp_path: Path
) -> None:
    small = SMALL_FILES.replace("20_000", "2_000")
    said, (name,) = python_json(KEEP.format(first=True, conditions=small), project, cwd=tmp_path)
    assert said.startswith("No copy for recovery is kept: There is not enough space in")
    (found,) = find_recoverable(tmp_path / "root")
    assert found.folder.name == name
    assert difference(recover(found.folder), document) == ""


def test_a_folder_without_permission(project: Path, tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    tmp_path.chmod(0o755)
    code = KEEP.format(first=False, conditions=DROP_PRIVILEGES)
    said, names = python_json(code, project, cwd=tmp_path)
    assert said.startswith("No copy for recovery is kept: ")
    assert "may not be written to" in said
    assert names == []


def test_it_goes_on_once_there_is_room_again(
    recovery: Recovery, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    recovery.keep(document, "Music")
    run = factor_edits.scale_stretch(document.run(2), [0, 1], (0.3, 0.5), -6.0)
    edited = replace_run(document, run)
    calls = iter(range(1))  # the first file is written, not the second

    def fsync(descriptor: int) -> None:
        if next(calls, None) is None:
            raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        with pytest.raises(ProjectError, match="not enough space"):
            recovery.keep(edited, "Music")
    assert difference(recover(recovery.folder), document) == ""
    recovery.keep(edited, "Music")
    assert difference(recover(recovery.folder), edited) == ""
    n_files = len(files_in(recovery.folder))
    recovery.keep(replace(edited, mask="wiener"), "Music")
    assert len(files_in(recovery.folder)) == n_files

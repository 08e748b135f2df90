"""Exporting to folders that cannot be written to: a sentence, and no file lost."""

import errno
import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest

from isnmf_gui.errors import ExportError, Stopped
from isnmf_gui.session.export.export_order import carry_out_export
from isnmf_gui.session.files.file_set import FileSet, write_error
from isnmf_gui.session.runs.separation import Separation
from isnmf_gui.session.sound_files.formats import FORMATS
from isnmf_gui.session.sound_files.recording import Recording
from tests.programs import DROP_PRIVILEGES, SMALL_FILES, python_json
from tests.session.exports import (
    contents,
    export,
    order_for,
    refuse_to_go_on,
    separated,
)
from tests.this_process import n_open_files

EXPORT = """
import json, os, sys
from pathlib import Path
from isnmf_gui.errors import ExportError
from isnmf_gui.session.document.document import Document, make_run
from isnmf_gui.session.export.stems.audio_options import AudioOptions
from isnmf_gui.session.export.export_order import ExportOrder, carry_out_export
from isnmf_gui.session.sound_files.recording import load_recording
from isnmf_gui.session.runs.separation import separate
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.export.stems.stems import component_stems
separation = separate(load_recording("sound.wav"), Settings(n_bases=3, n_iterations=2))
run = make_run(Document(), separation)
{conditions}
answers = []
for folder, format_name in json.loads(sys.argv[1]):
    try:
        stems, options = tuple(component_stems(run)), AudioOptions(format_name)
        order = ExportOrder(run, "wiener", Path(folder), stems, options)
        carry_out_export(order, lambda share: True)
        answers.append("done")
    except ExportError as error:
        answers.append(error.message)
print(json.dumps([answers, sorted(os.listdir(sys.argv[2]))]))
"""


def exports(
    conditions: str, orders: list[tuple[str, str]], look_at: str, cwd: Path, **options: Any
) -> tuple[list[str], list[str]]:
    """Export `sound.wav` to folders in formats, under conditions, in a process of its own.

    Returns what was said to each, and the names in a folder afterwards.
    """
    code = EXPORT.format(conditions=conditions)
    answers, names = python_json(code, json.dumps(orders), look_at, cwd=cwd, **options)
    return answers, names


@pytest.fixture
def workplace(recording: Recording, tmp_path: Path) -> Path:
    """A folder with a recording, which others may read but not write to."""
    (tmp_path / "sound.wav").write_bytes(recording.path.read_bytes())
    (tmp_path / "sound.wav").chmod(0o644)
    tmp_path.chmod(0o755)
    return tmp_path


def test_a_full_disk_gets_a_sentence_and_costs_no_file(workplace: Path) -> None:
    (workplace / "old").mkdir()
    (workplace / "old" / "component-01.wav").write_text("dear to me")
    before = contents(workplace)
    large = [name for name, form in FORMATS.items() if form.container in ("WAV", "FLAC")]
    orders = [(folder, name) for folder in ("new", "old") for name in large]
    answers, _ = exports(SMALL_FILES, orders, ".", workplace)
    assert answers == [
        f"There is not enough space in “{folder}”. Nothing was written." for folder, _ in orders
    ]
    assert contents(workplace) == before


def small_disk(folder: Path) -> tuple[str, ...]:
    """Return words before a command that give it a disk of 600 kB, if this system can."""
    folder.mkdir()
    script = f'mount -t tmpfs -o size=600k,mode=777 tmpfs "{folder}" && exec "$@"'
    for unshare in (("unshare", "--mount"), ("unshare", "--mount", "--map-root-user")):
        prefix = (*unshare, "sh", "-c", script, "sh")
        try:
            if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0:
                return prefix
        except OSError:
            break
    return ()


def test_a_disk_that_fills_up_after_the_first_file(workplace: Path) -> None:
    """A component takes 350 kB, so that the second does not fit on 600 kB."""
    prefix = small_disk(workplace / "disk")
    conditions = "" if prefix else SMALL_FILES  # where nothing may be mounted
    orders = [("disk", "wav"), ("disk", "wav24")]
    answers, left = exports(conditions, orders, "disk", workplace, prefix=prefix)
    assert answers == ["There is not enough space in “disk”. Nothing was written."] * 2
    assert left == []


def test_folders_without_permission(workplace: Path) -> None:
    (workplace / "closed").mkdir(mode=0)
    workplace.chmod(0o555)
    folders = (".", "new", "new/newer", "closed", "closed/inside")
    orders = [(folder, name) for folder in folders for name in ("wav", "flac")]
    try:
        answers, beside = exports(DROP_PRIVILEGES, orders, ".", workplace)
    finally:
        workplace.chmod(0o755)
        (workplace / "closed").chmod(0o755)
    assert answers == [
        f"“{folder}” may not be written to. Choose another folder." for folder, _ in orders
    ]
    assert beside == ["closed", "sound.wav"]
    assert os.listdir(workplace / "closed") == []


@pytest.mark.parametrize("below", ["sound.wav", "sound.wav/sub", "sound.wav/sub/sub"])
def test_a_file_instead_of_a_folder(below: str, separation: Separation, workplace: Path) -> None:
    before = contents(workplace)
    with pytest.raises(ExportError, match=f"“{workplace / below}” is not a folder. Choose"):
        export(separation, workplace / below)
    assert contents(workplace) == before


@pytest.mark.parametrize(
    "folder", ["/proc/self/new", "/dev/null", "/dev/null/new", "/proc/self/fd"]
)
def test_places_that_hold_no_files(folder: str, separation: Separation) -> None:
    with pytest.raises(ExportError) as caught:
        export(separation, Path(folder))
    assert f"“{folder}”" in caught.value.message
    assert caught.value.message.endswith(".")


def test_a_name_that_is_too_long(separation: Separation, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="File name too long"):
        export(separation, tmp_path / ("long" * 100))
    assert contents(tmp_path) == {}


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "not enough space"),
        (errno.EDQUOT, "not enough space"),
        (errno.EFBIG, "not enough space"),
        (errno.EACCES, "may not be written to"),
        (errno.EPERM, "may not be written to"),
        (errno.EROFS, "may not be written to"),
        (errno.ENOTDIR, "is not a folder"),
        (errno.EIO, "Input/output error"),
    ],
)
def test_every_reason_has_its_sentence(number: int, words: str) -> None:
    error = write_error(Path("/music/out"), OSError(number, os.strerror(number)))
    assert words in error.message
    assert "“/music/out”" in error.message
    assert os.strerror(number) in error.details


def test_no_descriptor_is_left_open(separation: Separation, paths: dict, tmp_path: Path) -> None:
    many = separated(paths["16 channels.wav"])
    before = n_open_files()
    for format_name in FORMATS:
        export(separation, tmp_path / "out", format_name)
        for after in (0.0, 0.5, 0.95):
            order = order_for(separation, tmp_path, format_name, (0, 1, 2))
            with pytest.raises(Stopped):
                carry_out_export(order, refuse_to_go_on(after))
    with pytest.raises(ExportError):
        export(many, tmp_path, "flac")
    with pytest.raises(ExportError):
        export(separation, tmp_path / "out" / "component-01.wav")
    assert n_open_files() == before


def test_a_rename_that_fails_brings_back_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text(f"old {name}")
    rename = Path.replace

    def fail_for_c(self: Path, target: Path) -> Path:
        if target.name == "c":
            raise PermissionError(errno.EPERM, "refused")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", fail_for_c)

    def write_all() -> None:
        with FileSet(tmp_path) as files:
            for name in ("a", "b", "c"):
                files.new(name).write_text(f"new {name}")

    with pytest.raises(ExportError, match="may not be written"):
        write_all()
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "a": "old a",
        "b": "old b",
    }


def test_ctrl_c_while_the_folder_is_tried_leaves_none(tmp_path: Path, monkeypatch) -> None:
    def interrupt(**options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(tempfile, "TemporaryFile", interrupt)
    with pytest.raises(KeyboardInterrupt), FileSet(tmp_path / "a" / "b"):
        pass
    assert contents(tmp_path) == {}

"""Files that are damaged, or made to do harm: refused with a sentence, and nothing else happens."""

import io
import json
import os
import pickle
import stat
import struct
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from isnmf_gui.errors import ProjectError, RecordingError
from isnmf_gui.session.project import open_project
from tests.programs import python_json
from tests.session.projects import members_of, write_members

Members = dict[str, bytes]
SEED = 20_260_101


def refusal(path: Path) -> str:
    """Return why a file is not opened; it must be said in a sentence with its name."""
    with pytest.raises(ProjectError) as refused:
        open_project(path)
    sentence = refused.value.message
    assert f"“{path.name}”" in sentence
    assert sentence.endswith(".")
    return sentence


def npy(array: np.ndarray, **options: Any) -> bytes:
    file = io.BytesIO()
    np.save(file, array, **options)
    return file.getvalue()


# -- what is no project -----------------------------------------------------------------------

NO_PROJECTS = {
    "empty": (b"", "is not a project"),
    "text": (b"Dear Clara, this is no project.", "is not a project"),
    "no zip after all": (b"PK\3\4" + bytes(5_000), "not complete"),
    "another zip": (None, "file, folder or link that no project holds"),
}


@pytest.mark.parametrize("kind", NO_PROJECTS)
def test_what_is_no_project(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "x.isnmf"
    content, words = NO_PROJECTS[kind]
    if content is None:
        write_members(path, {"letter.txt": b"Dear Clara"})
    else:
        path.write_bytes(content)
    assert words in refusal(path)


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "is a folder" in refusal(tmp_path)
    assert "does not exist" in refusal(tmp_path / "missing.isnmf")
    assert "is not a project" in refusal(tmp_path / "pipe")


@pytest.mark.parametrize("share", [0.01, 0.3, 0.9, 0.999])
def test_a_file_that_lost_its_end(project: Path, share: float) -> None:
    content = project.read_bytes()
    project.write_bytes(content[: int(len(content) * share)])
    assert "not complete, or was changed" in refusal(project)


# -- zip files --------------------------------------------------------------------------------


def test_a_byte_that_changed(project: Path) -> None:
    """Wherever it lies: every member has a checksum."""
    content = project.read_bytes()
    with zipfile.ZipFile(project) as archive:
        starts = {it.filename: it.header_offset + 100 for it in archive.infolist()}
    for start in starts.values():
        project.write_bytes(content[:start] + bytes([content[start] ^ 1]) + content[start + 1 :])
        refusal(project)


@pytest.mark.parametrize(
    "name",
    ["../evil.py", "/etc/cron.d/evil", "arrays/../../x.npy", "arrays\\1.npy", "arrays/", "C:evil",
     "Arrays/1.npy", "arrays/1.pkl", "recording/original.WAV", "recording/a.wav", "project.json/x",
     "arrays/१.npy", "arrays/1.npy\n"],
)  # fmt: skip
def test_names_that_no_project_has(project: Path, name: str) -> None:
    with zipfile.ZipFile(project, "a") as archive:
        archive.writestr(name, b"x")
    assert "file, folder or link that no project holds" in refusal(project)
    assert sorted(it.name for it in project.parent.iterdir()) == [project.name]


def test_links_and_folders(project: Path) -> None:
    for mode in (stat.S_IFLNK | 0o777, stat.S_IFDIR | 0o777):
        members = members_of(project)
        with zipfile.ZipFile(project.with_name("x.isnmf"), "w") as archive:
            for name, content in members.items():
                info = zipfile.ZipInfo(name)
                if name == "arrays/0.npy":
                    info.external_attr = mode << 16
                archive.writestr(info, content)
        assert "link" in refusal(project.with_name("x.isnmf"))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name(project: Path) -> None:
    with zipfile.ZipFile(project, "a") as archive:
        archive.writestr("project.json", b"{}")
    assert "two files of one name" in refusal(project)


def test_a_zip_bomb(project: Path) -> None:
    """Compressed zeros a thousand times as large as the file are not unpacked."""
    members = members_of(project)
    members["arrays/0.npy"] = npy(np.zeros(5_000_000))
    with zipfile.ZipFile(project, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    assert "compressed anew" in refusal(project)


def test_members_that_lie_over_one_another(project: Path) -> None:
    """A hundred entries of the directory, one and the same content: a bomb without compression."""
    with zipfile.ZipFile(project, "a") as archive:
        largest = max(archive.infolist(), key=lambda it: it.file_size)
        for number in range(100):
            info = zipfile.ZipInfo(f"arrays/{1_000 + number}.npy")
            for name in ("header_offset", "file_size", "compress_size", "CRC"):
                setattr(info, name, getattr(largest, name))
            archive.filelist.append(info)
            archive.NameToInfo[info.filename] = info
        archive._didModify = True
    assert "larger than itself" in refusal(project)


def test_a_directory_without_end(project: Path) -> None:
    """It is refused before a list of its entries is made."""
    entry = b"PK\1\2".ljust(46, b"\0")
    project.write_bytes(b"PK\3\4" + entry * 150_000 + project.read_bytes())
    assert "it holds 1500" in refusal(project)


def test_encrypted_members(project: Path) -> None:
    content = bytearray(project.read_bytes())
    at = content.index(b"PK\1\2")
    content[at + 8] |= 1
    project.write_bytes(content)
    assert "it is encrypted" in refusal(project)


def test_a_length_that_is_not_true(project: Path) -> None:
    content = bytearray(project.read_bytes())
    at = content.index(b"PK\1\2")
    struct.pack_into("<II", content, at + 20, 2**31, 2**31)
    project.write_bytes(content)
    assert "larger than itself" in refusal(project)


# -- arrays -----------------------------------------------------------------------------------


class Harm:
    """Does what a file must never get done."""

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (Path("/tmp/isnmf-was-harmed"),)


HEADER = b"\x93NUMPY\1\0v\0{%s}"
BASIS = (129, 3)
ARRAYS: dict[str, tuple[bytes, str]] = {
    "pickle": (npy(np.array([Harm()], object), allow_pickle=True), "cannot be read"),
    "pickled alone": (pickle.dumps(Harm()), "cannot be read"),
    "transposed": (npy(np.ones(BASIS[::-1])), "another shape"),
    "flat": (npy(np.ones(129 * 3)), "another shape"),
    "in columns": (npy(np.asfortranarray(np.ones(BASIS))), "cannot be read"),
    "float32": (npy(np.ones(BASIS, np.float32)), "of another kind"),
    "complex": (npy(np.ones(BASIS, complex)), "cannot be read"),
    "big-endian": (npy(np.ones(BASIS, ">f8")), "cannot be read"),
    "longer than its header says": (npy(np.ones(BASIS)) + b"x", "not as long"),
    "shorter than its header says": (npy(np.ones(BASIS))[:-8], "not as long"),
    "NaN": (npy(np.full(BASIS, np.nan)), "values that make no sense"),
    "infinite": (npy(np.full(BASIS, np.inf)), "values that make no sense"),
    "negative": (npy(np.full(BASIS, -1.0)), "values that make no sense"),
    "empty": (b"", "cannot be read"),
    "version 9": (b"\x93NUMPY\x09\0" + npy(np.ones(BASIS))[8:], "cannot be read"),
    "code in the header": (
        b"\x93NUMPY\1\0\x76\0" + b"{'descr': __import__('os').abort(), 'shape': (1,)}".ljust(118),
        "cannot be read",
    ),
    "a header of enormous shape": (
        b"\x93NUMPY\1\0\x76\0"
        + b"{'descr': '<f8', 'fortran_order': False, 'shape': (129, 999999999999999), }".ljust(117)
        + b"\n",
        "not as long",
    ),
    "a negative shape": (
        b"\x93NUMPY\1\0\x76\0"
        + b"{'descr': '<f8', 'fortran_order': False, 'shape': (-1, -387), }".ljust(117)
        + b"\n"
        + bytes(387 * 8),
        "cannot be read",
    ),
    "a long header": (
        b"\x93NUMPY\1\0\xff\xff" + b"(" * 65_535,
        "cannot be read",
    ),
}


@pytest.mark.parametrize("kind", ARRAYS)
def test_arrays_that_are_not_what_they_should_be(project: Path, kind: str) -> None:
    content, words = ARRAYS[kind]
    members = members_of(project)
    number = json.loads(members["project.json"])["runs"][0]["separation"]["basis"]
    members[f"arrays/{number}.npy"] = content
    assert words in refusal(write_members(project, members))
    assert not Path("/tmp/isnmf-was-harmed").exists()


def test_files_that_are_missing(project: Path) -> None:
    members = members_of(project)
    for name in members:
        rest = {other: content for other, content in members.items() if other != name}
        assert f"lacks the file “{name}”" in refusal(write_members(project, rest))


def test_a_recording_that_is_none(project: Path) -> None:
    members = members_of(project)
    members["recording/original.wav"] = b"no sound"
    with pytest.raises(RecordingError, match="not an audio file"):
        open_project(write_members(project, members))


# -- memory -----------------------------------------------------------------------------------


def test_a_bomb_takes_no_memory(project: Path, tmp_path: Path) -> None:
    """A header of 130 bytes asks for 100 TB."""
    members = members_of(project)
    basis = json.loads(members["project.json"])["runs"][0]["separation"]["basis"]
    header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (129, 99999999999), }"
    members[f"arrays/{basis}.npy"] = b"\x93NUMPY\1\0\x76\0" + header.ljust(117) + b"\n"
    write_members(project, members)
    code = """
import json, sys
from isnmf_gui.errors import ProjectError
from isnmf_gui.session.project import open_project
from tests.this_process import memory_bytes
before = memory_bytes("VmHWM")
try:
    open_project(sys.argv[1])
except ProjectError as error:
    print(json.dumps([error.message, memory_bytes("VmHWM") - before]))
"""
    message, more_bytes = python_json(code, project, cwd=tmp_path)
    assert "not as long as it says" in message
    assert more_bytes < 20_000_000

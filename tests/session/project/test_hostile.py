"""Files that are damaged, or made to do harm: refused with a sentence, and nothing else happens."""

import io
import json
import random
import stat
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from isnmf_gui.errors import ProjectError, RecordingError
from isnmf_gui.session.document import Document
from isnmf_gui.session.project import open_project, save_project
from tests.programs import python_json
from tests.session.project.conftest import Change, members_of, write_members

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
    import os

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
    [
        "../evil.py",
        "/etc/cron.d/evil",
        "arrays/../../x.npy",
        "arrays\\1.npy",
        "arrays/",
        "ARRAYS/1.npy",
        "arrays/1.pkl",
        "recording/original.WAV",
        "recording/a.wav",
        "project.json/x",
        "C:evil",
        "arrays/१.npy",
        "arrays/1.npy\n",
    ],
)
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
    "pickled alone": (__import__("pickle").dumps(Harm()), "cannot be read"),
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


# -- JSON -------------------------------------------------------------------------------------


def at(values: Any, *path: str | int) -> Any:
    for step in path:
        values = values[step]
    return values


def put(*path: Any) -> Change:
    """Return the change that puts the last argument where the others lead to."""
    *steps, name, value = path

    def change(values: dict[str, Any]) -> None:
        at(values, *steps)[name] = value

    return change


RUN = ("runs", 0)
PART = (*RUN, "components", 0)
FACTORS = (*RUN, "separation")
CONTRADICTIONS: dict[str, Change] = {
    "format": put("format", "zip"),
    "no schema": put("schema", "2"),
    "schema 0": put("schema", 0),
    "schema true": put("schema", True),
    "no such mask": put("mask", "soft"),
    "current run": put("current_run_id", 9),
    "next run": put("next_run_id", 2),
    "runs without a recording": put("recording", None),
    "name with a folder": put("recording", "name", "../../x.wav"),
    "no name": put("recording", "name", ""),
    "long name": put("recording", "name", "x" * 300),
    "sample rate": put("recording", "sample_rate", 44_100),
    "channels": put("recording", "n_channels", 2),
    "length": put("recording", "n_samples", 4_000),
    "absurd length": put("recording", "n_samples", 2**39),
    "another file": put("recording", "file", "project.json2"),
    "two runs of one id": put(*RUN, "id", 2),
    "two components of one id": lambda it: at(it, *RUN, "components", 1).update(
        id=at(it, *PART, "id")
    ),
    "two components of one index": put(*PART, "index", 1),
    "enormous index": put(*PART, "index", 10**9),
    "no fitted component": lambda it: at(it, *PART).update(index=50, terms=None),
    "no such source": put(*PART, "source_id", 77),
    "two sources of one id": put(*RUN, "sources", 1, "id", 1),
    "unassigned twice": put(*RUN, "sources", 1, "id", 0),
    "unassigned is a source": put(*RUN, "unassigned", "id", 1),
    "too loud": put(*PART, "gain_db", 1e300),
    "gain is true": put(*PART, "gain_db", True),
    "muted is 1": put(*PART, "is_muted", 1),
    "title": put(*PART, "title", "x" * 100_000),
    "no terms": put(*PART, "terms", []),
    "no such term": put(*PART, "terms", [99]),
    "half a term": put(*PART, "terms", [0.5]),
    "empty model": put(*RUN, "model", []),
    "origin is later": put(*RUN, "terms", 0, "origin", 3),
    "origin has an origin": lambda it: at(it, *RUN, "terms").append(
        {
            "origin": 3
            + next(n for n, term in enumerate(at(it, *RUN, "terms")) if term["origin"] is not None),
            "basis": None,
            "activation": None,
        }
    ),
    "term without a basis": lambda it: at(it, *RUN, "terms").append(
        {"origin": None, "basis": None, "activation": None}
    ),
    "array of another kind": lambda it: at(it, *FACTORS).update(basis=at(it, *FACTORS, "loss")),
    "no such array": put(*FACTORS, "loss", 999),
    "array by name": put(*FACTORS, "loss", "../../etc/passwd"),
    "stopped": put(*FACTORS, "stopped", "bored"),
    "seconds": put(*FACTORS, "seconds", -1),
    "region": put(*FACTORS, "region_s", [5.0, 6.0]),
    "region backwards": put(*FACTORS, "region_s", [0.7, 0.2]),
    "no energies of one kind": put(*FACTORS, "energies", {"wiener": 0}),
    "bases": put(*FACTORS, "settings", "n_bases", 4),
    "bases true": put(*FACTORS, "settings", "n_bases", True),
    "window": put(*FACTORS, "settings", "window_samples", 512),
    "window and hop": put(*FACTORS, "settings", "hop_samples", 256),
    "rule": put(*FACTORS, "settings", "rule", "em"),
    "floor": put(*FACTORS, "settings", "floor", "relative"),
    "setting missing": lambda it: at(it, *FACTORS, "settings").pop("seed"),
    "precision of the checkpoint": put(*FACTORS, "settings", "precision", "float64"),
    "fingerprint": put(*FACTORS, "checkpoint", "fingerprint", -1),
    "memory": put(*FACTORS, "checkpoint", "memory", "cautious", -1),
    "runs": put("runs", {"0": 1}),
    "run": put("runs", 0, None),
}


@pytest.mark.parametrize("kind", CONTRADICTIONS)
def test_what_makes_no_sense(project: Path, rewrite, kind: str) -> None:
    sentence = refusal(rewrite(project, CONTRADICTIONS[kind]))
    assert "is damaged or no project: " in sentence


@pytest.mark.parametrize(
    "text",
    [b"", b"null", b"[]", b"{", b"\xff\xfe{}", b"[" * 1_000_000, b'{"a": ' * 100_000,
     b'{"schema": ' + b"9" * 100_000 + b"}", b" " * 17_000_000],
    ids=["empty", "null", "list", "cut", "letters", "deep list", "deep", "digits", "large"],
)  # fmt: skip
def test_what_is_no_json(project: Path, text: bytes) -> None:
    members = members_of(project)
    members["project.json"] = text
    assert "project.json" in refusal(write_members(project, members))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 400])
def test_numbers_that_are_none(project: Path, number: str) -> None:
    members = members_of(project)
    text = members["project.json"].decode()
    loud = text.replace('"gain_db": 0.0', f'"gain_db": {number}', 1)
    assert loud != text
    members["project.json"] = loud.encode()
    assert "gain_db” is missing or makes no sense" in refusal(write_members(project, members))


def test_a_newer_schema(project: Path, rewrite) -> None:
    path = rewrite(project, lambda it: (it.clear(), it.update(format="isnmf-project", schema=3)))
    assert refusal(path) == (
        "“rewritten.isnmf” was made by a newer version of this program (schema 3; this one knows "
        "up to 2). Update the program to open it."
    )


def test_entries_of_other_programs_are_left_aside(project: Path, rewrite, document) -> None:
    from tests.session.project.comparing import same_document

    path = rewrite(project, put(*PART, "comment", {"by": ["somebody else"]}))
    assert same_document(open_project(path), document)


# -- memory -----------------------------------------------------------------------------------


def test_a_bomb_takes_no_memory(project: Path, tmp_path: Path) -> None:
    """With 400 MB in all, of which the program itself takes a part."""
    members = members_of(project)
    basis = json.loads(members["project.json"])["runs"][0]["separation"]["basis"]
    header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (129, 99999999999), }"
    members[f"arrays/{basis}.npy"] = b"\x93NUMPY\1\0\x76\0" + header.ljust(117) + b"\n"
    write_members(project, members)
    code = """
import json, resource, sys
from isnmf_gui.errors import ProjectError
from isnmf_gui.session.project import open_project
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    open_project(sys.argv[1])
except ProjectError as error:
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps([error.message, after - before]))
"""
    message, more_kib = python_json(code, project, cwd=tmp_path)
    assert "not as long as it says" in message
    assert more_kib < 20_000


# -- mutations --------------------------------------------------------------------------------


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

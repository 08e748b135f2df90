"""JSON that contradicts itself, the recording or the arrays: refused with a sentence."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from isnmf_gui.session.project import open_project
from isnmf_gui.session.project.migrations import SCHEMA
from tests.session.comparing import same_document
from tests.session.project.test_hostile import refusal
from tests.session.projects import Change, members_of, write_members


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


def edited_term(values: dict[str, Any]) -> int:
    """Return the number of a term that an edit made of another one."""
    made = at(values, *RUN, "terms")
    n_fitted = at(values, *FACTORS, "settings", "n_bases")
    return n_fitted + next(n for n, term in enumerate(made) if term["origin"] is not None)


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
    "a name with a null": put("recording", "name", "x\0.wav"),
    "long name": put("recording", "name", "x" * 300),
    "sample rate": put("recording", "sample_rate", 44_100),
    "channels": put("recording", "n_channels", 2),
    "length": put("recording", "n_samples", 4_000),
    "absurd length": put("recording", "n_samples", 2**39),
    "another file": put("recording", "file", "project.json2"),
    "a stroke of no source": put(*RUN, "strokes", 0, "source", 99),
    "two strokes of one id": put(*RUN, "strokes", 1, "id", 1),
    "a stroke that ends before it starts": put(*RUN, "strokes", 0, "stop_s", 0.05),
    "a stroke in no octave": put(*RUN, "strokes", 1, "octaves", 0),
    "a brush that went nowhere": put(*RUN, "strokes", 1, "path", []),
    "a path below 0 Hz": put(*RUN, "strokes", 1, "path", [[0.1, -5.0]]),
    "no strokes": put(*RUN, "strokes", None),
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
    "like nothing": put(*PART, "like", {"run": 1}),
    "like number 0": put(*PART, "like", {"run": 1, "number": 0}),
    "no terms": put(*PART, "terms", []),
    "no such term": put(*PART, "terms", [99]),
    "half a term": put(*PART, "terms", [0.5]),
    "empty model": put(*RUN, "model", []),
    "origin is later": put(*RUN, "terms", 0, "origin", 3),
    "origin has an origin": lambda it: at(it, *RUN, "terms").append(
        {"origin": edited_term(it), "basis": None, "activation": None, "energies": None}
    ),
    "term without a basis": lambda it: at(it, *RUN, "terms").append(
        {"origin": None, "basis": None, "activation": None, "energies": {"wiener": 0, "ratio": 0}}
    ),
    "no energies of a half": lambda it: next(
        term for term in at(it, *RUN, "terms") if term["energies"]
    ).update(energies=None),
    "energies of a half": lambda it: next(
        term for term in at(it, *RUN, "terms") if term["energies"]
    ).update(energies={"wiener": -1, "ratio": 0}),
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
    assert "cannot be opened: " in sentence


@pytest.mark.parametrize(
    "text",
    [b"", b"null", b"[]", b"{", b"\xff\xfe{}", b"[" * 1_000_000, b'{"a": ' * 100_000,
     b'{"schema": ' + b"9" * 100_000 + b"}", b" " * 33_000_000,
     b'{"a": [' + b"[]," * 4_000_000 + b"0]}"],
    ids=["empty", "null", "list", "cut", "letters", "deep list", "deep", "digits", "large", "many"],
)  # fmt: skip
def test_what_is_no_json(project: Path, text: bytes) -> None:
    members = members_of(project)
    members["project.json"] = text
    assert "cannot be opened: its" in refusal(write_members(project, members))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 400])
def test_numbers_that_are_none(project: Path, number: str) -> None:
    members = members_of(project)
    text = members["project.json"].decode()
    loud = text.replace('"gain_db": 0.0', f'"gain_db": {number}', 1)
    assert loud != text
    members["project.json"] = loud.encode()
    assert "gain_db” is missing or makes no sense" in refusal(write_members(project, members))


def test_a_newer_schema(project: Path, rewrite) -> None:
    path = rewrite(
        project, lambda it: (it.clear(), it.update(format="isnmf-project", schema=SCHEMA + 1))
    )
    assert refusal(path) == (
        f"“rewritten.isnmf” was made by a newer version of this program (schema {SCHEMA + 1}; this "
        f"one knows up to {SCHEMA}). Update the program to open it."
    )


def test_entries_of_other_programs_are_left_aside(project: Path, rewrite, document) -> None:
    path = rewrite(project, put(*PART, "comment", {"by": ["somebody else"]}))
    assert same_document(open_project(path), document)


def test_the_first_projects_with_strokes_did_not_tell_of_open_names(
    project: Path, rewrite, document
) -> None:
    path = rewrite(project, lambda it: [run.pop("has_open_names") for run in it["runs"]])
    runs = tuple(replace(run, has_open_names=False) for run in document.runs)
    assert same_document(open_project(path), replace(document, runs=runs))

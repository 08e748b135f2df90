"""Projects of older schemas."""

import json
from pathlib import Path

import numpy as np
import pytest

from isnmf_gui.errors import ProjectError
from isnmf_gui.session.document.document import Document, Source
from isnmf_gui.session.project import open_project, save_project
from isnmf_gui.session.project.migrations import MIGRATIONS, SCHEMA, migrate
from tests.recordings import TEST_SET
from tests.session.comparing import same_document
from tests.session.project.test_hostile import npy
from tests.session.projects import write_members

SETTINGS = {
    "n_bases": 2,
    "rule": "me",
    "domain": 2.0,
    "n_iterations": 2,
    "tolerance": 0.0,
    "start": "random",
    "seed": 1,
    "window_samples": 256,
    "hop_samples": 128,
    "mask": "wiener",
    "floor": 1e-9,
    "precision": "float32",
    "part_gain": "original",
}


def component(number: int, source_id: int) -> dict[str, object]:
    return {
        "id": number,
        "index": number - 1,
        "number": number,
        "color": number - 1,
        "title": "",
        "gain_db": 0.0,
        "is_muted": False,
        "is_soloed": False,
        "source_id": source_id,
        "terms": None,
    }


@pytest.fixture
def first_schema(tmp_path: Path) -> Path:
    """A project of schema 1, as it was written then: a second at 8 kHz, so 63 + 1 frames."""
    separation = {
        "settings": SETTINGS,
        "region_s": None,
        "seconds": 0.25,
        "stopped": "iterations",
        "restarts": 0,
        "basis": 0,
        "activation": 1,
        "loss": 2,
        "energies": {"wiener": 3, "ratio": 3},
        "checkpoint": None,
    }
    run = {
        "id": 1,
        "title": "Old",
        "separation": separation,
        "model": None,
        "components": [component(1, 2), component(2, 0)],
        "sources": [{"id": 2, "title": "Bells"}, {"id": 1, "title": ""}],
        "terms": [],
    }
    project = {
        "format": "isnmf-project",
        "schema": 1,
        "program": "isnmf-gui 0.1.0",
        "recording": {
            "name": "8 kHz mono.wav",
            "file": "recording/original.wav",
            "sample_rate": 8000,
            "n_samples": 8000,
            "n_channels": 1,
        },
        "mask": "wiener",
        "current_run_id": 1,
        "next_run_id": 2,
        "runs": [run],
    }
    members = {
        "project.json": json.dumps(project).encode(),
        "recording/original.wav": TEST_SET["8 kHz mono.wav"].write(tmp_path).read_bytes(),
        "arrays/0.npy": npy(np.linspace(0, 1, 129 * 2).reshape(129, 2)),
        "arrays/1.npy": npy(np.linspace(1, 2, 2 * 64).reshape(2, 64)),
        "arrays/2.npy": npy(np.array([3.0, 2.0])),
        "arrays/3.npy": npy(np.array([0.5, 0.25])),
    }
    return write_members(tmp_path / "old.isnmf", members)


def test_the_first_schema(first_schema: Path) -> None:
    document = open_project(first_schema)
    run = document.run(1)
    assert run.sources == (Source(2, color=1, title="Bells"), Source(1, color=0))
    assert run.unassigned == Source(0)
    assert [it.source_id for it in run.components] == [2, 0]
    assert run.name == "Old"
    assert run.separation.factorization.loss.tolist() == [3.0, 2.0]
    energies = run.separation.energies  # which were measured otherwise, and without shares
    assert energies["share"].sum() == pytest.approx(1)
    assert energies["wiener"].tolist() != [0.5, 0.25]
    saved = save_project(document, first_schema)
    assert same_document(open_project(saved.path), document)


def test_the_first_schema_damaged(first_schema: Path, rewrite) -> None:
    for spoil in (
        lambda it: it.pop("runs"),
        lambda it: it["runs"].append(None),
        lambda it: it["runs"][0]["sources"].append("x"),
        lambda it: it["runs"][0]["sources"][0].update(id="1"),
        lambda it: it["runs"][0]["sources"][0].update(id=0),
    ):
        with pytest.raises(ProjectError, match="cannot be opened"):
            open_project(rewrite(first_schema, spoil))


def test_the_second_schema(first_schema: Path, rewrite) -> None:
    """Its runs had the numbers of an earlier one's components."""

    def as_written_then(project: dict) -> None:
        project["schema"] = 2
        at_rest = {"gain_db": 0.0, "is_muted": False, "is_soloed": False}
        (run,) = project["runs"]
        run["unassigned"] = {**at_rest, "id": 0, "title": "", "color": 0}
        run["sources"] = [{**at_rest, "id": 2, "title": "Bells", "color": 1}]
        for it, number in zip(run["components"], (13, 2), strict=True):
            it.update(number=number)

    document = open_project(rewrite(first_schema, as_written_then))
    components = document.run(1).components
    assert [(it.number, it.name, it.like) for it in components] == [
        (2, "Component 2", None), (1, "Component 1", None),
    ]  # fmt: skip
    assert [(it.color, it.source_id) for it in components] == [(0, 2), (1, 0)]
    saved = save_project(document, first_schema)
    assert same_document(open_project(saved.path), document)


def test_numbers_of_the_second_schema_that_fit_stay() -> None:
    def numbers(*before: int, n_bases: int) -> list[int]:
        settings = {"settings": {"n_bases": n_bases}}
        run = {"separation": settings, "components": [{"number": it} for it in before]}
        run |= {"sources": [], "unassigned": {}}
        (now,) = migrate({"runs": [run]}, 2)["runs"]
        return [it["number"] for it in now["components"]]

    assert numbers(1, 4, 2, n_bases=4) == [1, 4, 2]  # the third was deleted
    assert numbers(1, 5, 2, 3, 4, n_bases=4) == [1, 5, 2, 3, 4]  # a copy
    assert numbers(2, 11, 13, 27, n_bases=4) == [1, 2, 3, 4]
    assert numbers(3, 3, n_bases=2) == [1, 2]


def test_the_third_schema(document: Document, project: Path, rewrite) -> None:
    """Nothing was painted, locked or put by hand then; all else is as it was."""

    def as_written_then(values: dict) -> None:
        values["schema"] = 3
        for run in values["runs"]:
            del run["strokes"]
            for it in (*run["sources"], run["unassigned"]):
                del it["is_locked"]
            for it in run["components"]:
                del it["is_placed"]

    opened = open_project(rewrite(project, as_written_then))
    assert any(run.strokes for run in document.runs)
    for run in opened.runs:
        assert run.strokes == ()
        assert not any(it.is_locked for it in run.all_sources)
        assert not any(it.is_placed for it in run.components)
        expected = document.run(run.id)
        assert [it.name for it in run.sources] == [it.name for it in expected.sources]
        assert [it.source_id for it in run.components] == [
            it.source_id for it in expected.components
        ]
    saved = save_project(opened, project)
    assert same_document(open_project(saved.path), opened)


def test_every_schema_has_its_migration() -> None:
    assert set(MIGRATIONS) == set(range(1, SCHEMA))
    assert migrate({"schema": SCHEMA}, SCHEMA) == {"schema": SCHEMA}

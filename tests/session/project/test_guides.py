"""Guides that the program writes: what was said of a run, to be read again and used elsewhere."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from isnmf_gui.errors import ProjectError
from isnmf_gui.session.document.document import UNASSIGNED, Document, Run, make_run
from isnmf_gui.session.document.memberships import sharing_of
from isnmf_gui.session.edits import guidance_edits, source_edits
from isnmf_gui.session.files import replacing
from isnmf_gui.session.project.guides import Guide, guide_of, guided, read_guide, write_guide
from tests.session.strokes import HIGH, LINE, LOW, painted, stroke_of


def test_what_was_written_is_read(run: Run, tmp_path: Path) -> None:
    guide = guide_of(source_edits.lock_source(painted(run), 2, True))
    write_guide(guide, tmp_path / "guide.json")
    assert read_guide(tmp_path / "guide.json") == guide
    assert guide.sources == ("Drums", "Voice")
    assert [it.shape for it in guide.strokes] == [LOW, HIGH, LINE, HIGH]
    assert guide.components == ((2, 0),)
    assert guide.locked == (1,)


def test_a_run_that_is_told_the_same_shares_the_same(run: Run, tmp_path: Path) -> None:
    """All of it: what a hand put, too."""
    said = painted(run)
    write_guide(guide_of(said), tmp_path / "guide.json")
    plain = make_run(Document(), run.separation)
    plain = source_edits.group_as(plain, [0, 0, 1])
    plain = source_edits.rename_source(source_edits.rename_source(plain, 1, "Drums"), 2, "Voice")
    there = guided(plain, read_guide(tmp_path / "guide.json"))
    one, other = sharing_of(said), sharing_of(there)
    assert one is not None
    assert other is not None
    np.testing.assert_allclose(one.memberships, other.memberships)
    everything = 0, 10**6
    for mine, its in zip(
        one.labels.within(*everything), other.labels.within(*everything), strict=True
    ):
        np.testing.assert_array_equal(mine, its)


def test_the_file_is_the_documented_one(run: Run, tmp_path: Path) -> None:
    write_guide(guide_of(painted(run)), tmp_path / "guide.json")
    told = json.loads((tmp_path / "guide.json").read_text("utf-8"))
    assert set(told) == {"sources", "strokes", "components", "locked"}
    assert told["strokes"][0] == {
        "source": "Drums", "start_s": 0.1, "stop_s": 0.4, "low_hz": 100.0, "high_hz": 900.0,
    }  # fmt: skip
    assert told["strokes"][2]["partials"] == 4
    assert told["strokes"][3]["off"] is True


def test_sources_of_one_name_are_told_apart(run: Run, tmp_path: Path) -> None:
    for _ in range(3):
        run = source_edits.add_source(run, "Voice")
    run = source_edits.add_source(run, "Voice 2")
    write_guide(guide_of(run), tmp_path / "guide.json")
    assert read_guide(tmp_path / "guide.json").sources == (
        "Voice", "Voice 2", "Voice 3", "Voice 2 2",
    )  # fmt: skip


def test_what_belongs_to_no_source_is_left_out(run: Run) -> None:
    run = guidance_edits.add_stroke(painted(run), UNASSIGNED, stroke_of(LOW))
    assert len(guide_of(run).strokes) == 4


def test_what_was_there_stays_where_it_cannot_be_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "guide.json"
    write_guide(guide_of(painted(run)), path)
    before = path.read_bytes()

    def refuse(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(replacing.os, "replace", refuse)
    with pytest.raises(ProjectError, match=r"“guide\.json” cannot be written"):
        write_guide(Guide(("A",)), path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_ten_thousand_strokes_go_and_come(run: Run, tmp_path: Path) -> None:
    run = source_edits.add_source(run, "A")
    many = [stroke_of(replace(LOW, start_s=n / 1e5)) for n in range(10_000)]
    run = guidance_edits.add_strokes(run, [replace(it, source_id=1) for it in many])
    write_guide(guide_of(run), tmp_path / "guide.json")
    again = guided(source_edits.add_source(run, "A"), read_guide(tmp_path / "guide.json"))
    assert len(again.strokes) == 20_000
    assert [it.shape for it in again.strokes[10_000:]] == [it.shape for it in run.strokes]
    assert len({it.id for it in again.strokes}) == 20_000

"""Guides on the command line: strokes in a file sort the components, and the sum stays."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from isnmf_gui.cli import main
from isnmf_gui.session.document.document import replace_run
from isnmf_gui.session.edits.factor_edits import scale_stretch
from isnmf_gui.session.project import open_project, save_project
from tests.cli.tools import QUICK, names_in, one_line, report_of
from tests.programs import isnmf
from tests.session.strokes import GUIDE, write_guide

STEMS = ["8 kHz mono - Drums.wav", "8 kHz mono - Voice.wav"]


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    return write_guide(tmp_path / "guide.json")


def sounds(folder: Path) -> dict[str, np.ndarray]:
    """Return what was written, by the names of the files."""
    return {it.name: soundfile.read(it)[0] for it in sorted(folder.glob("*.wav"))}


def null_db(parts: dict[str, np.ndarray], sound: Path) -> float:
    """Return how far parts are from adding up to a recording."""
    samples, _ = soundfile.read(sound)
    left = np.sum((sum(parts.values()) - samples) ** 2) / np.sum(samples**2)
    return float(10 * np.log10(left))


def separated(sound: Path, out: Path, *options: object) -> dict[str, np.ndarray]:
    arguments = ["separate", sound, "--out", out, *QUICK, *options]
    assert main([str(it) for it in arguments]) == 0
    return sounds(out)


def test_sources_are_those_of_the_guide_and_add_up(
    sound: Path, guide: Path, tmp_path: Path
) -> None:
    done = isnmf("separate", sound, "--out", "out", "--guide", guide, *QUICK, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("8 kHz mono.wav: 2 sources in out")
    parts = sounds(tmp_path / "out")
    assert set(STEMS) <= set(parts)
    assert null_db(parts, sound) < -120
    report = report_of(tmp_path / "out")
    assert report["null_test_db"] < -120
    named = {it["name"]: it["file"] for it in report["sources"]}
    assert {"Drums", "Voice"} <= set(named)
    assert sorted(named.values()) == sorted(parts)


def test_strokes_change_what_is_whose(sound: Path, guide: Path, tmp_path: Path) -> None:
    """A box that is all one source's: with strokes it gets more of it than without."""
    painted = separated(sound, tmp_path / "painted", "--guide", guide)
    bare = write_guide(tmp_path / "bare.json", strokes=[])
    plain = separated(sound, tmp_path / "plain", "--guide", bare)
    off = write_guide(tmp_path / "off.json", strokes=[{**it, "off": True} for it in STROKES])
    unheard = separated(sound, tmp_path / "off", "--guide", off)
    assert null_db(plain, sound) < -120
    for name in STEMS:
        assert np.array_equal(plain[name], unheard[name])
    change = painted[STEMS[0]] - plain[STEMS[0]]
    assert np.sum(change**2) > 0.01 * np.sum(plain[STEMS[0]] ** 2)


def test_a_whole_recording_painted_is_one_sources(sound: Path, tmp_path: Path) -> None:
    everything = {"start_s": 0, "stop_s": 9, "low_hz": 0, "high_hz": 9000}
    strokes = [{"source": "Voice", **everything}] * 8
    parts = separated(
        sound, tmp_path / "out", "--guide", write_guide(tmp_path / "g.json", strokes=strokes)
    )
    energies = {name: np.sum(part**2) for name, part in parts.items()}
    assert energies[STEMS[1]] > 0.9 * np.sum(soundfile.read(sound)[0] ** 2)
    assert null_db(parts, sound) < -120


def test_edited_parts_leave_a_residual_that_adds_up(
    sound: Path, guide: Path, tmp_path: Path
) -> None:
    """What a project holds: strokes and an edit, written as sources and a residual."""
    project = tmp_path / "song.isnmf"
    arguments = ["separate", str(sound), "--project", str(project), "--guide", str(guide), *QUICK]
    assert main(arguments) == 0
    document = open_project(project)
    run = document.run(1)
    assert [it.name for it in run.sources] == GUIDE["sources"]
    assert len(run.strokes) == 3
    edited = replace_run(document, scale_stretch(run, [0, 1], (0.2, 0.6), -20.0))
    save_project(edited, project)
    assert main(["separate", str(project), "--out", str(tmp_path / "out")]) == 0
    parts = sounds(tmp_path / "out")
    assert "song - Residual.wav" in parts or "8 kHz mono - Residual.wav" in parts
    assert null_db(parts, sound) < -120


def test_a_project_that_has_sources_gets_the_strokes_of_those(
    sound: Path, guide: Path, tmp_path: Path
) -> None:
    project, other = tmp_path / "one.isnmf", tmp_path / "two.isnmf"
    bare = write_guide(tmp_path / "bare.json", strokes=[])
    common = ["--guide", str(bare), *QUICK]
    assert main(["separate", str(sound), "--project", str(project), *common]) == 0
    assert main(["separate", str(project), "--project", str(other), "--guide", str(guide)]) == 0
    before, after = open_project(project).run(1), open_project(other).run(1)
    assert [it.id for it in after.sources] == [it.id for it in before.sources]
    assert (len(before.strokes), len(after.strokes)) == (0, 3)


def test_components_are_put_by_hand_and_sources_locked(sound: Path, tmp_path: Path) -> None:
    components = [{"component": n, "source": "Voice"} for n in (1, 2, 3)]
    guide = write_guide(tmp_path / "g.json", components=components, locked=["Voice"])
    parts = separated(sound, tmp_path / "out", "--guide", guide)
    assert names_in(tmp_path / "out") == [STEMS[1], "report.json"]  # it keeps all that it was given
    assert null_db(parts, sound) < -120


def test_what_means_nothing_here_is_said(sound: Path, tmp_path: Path, capfd) -> None:
    late = {"source": "Drums", "start_s": 70, "stop_s": 80, "low_hz": 50, "high_hz": 90}
    components = [{"component": n, "source": "Drums"} for n in (9, 12)]
    guide = write_guide(tmp_path / "g.json", strokes=[late], components=components)
    parts = separated(sound, tmp_path / "out", "--guide", guide)
    assert capfd.readouterr().err == (
        "isnmf: the guide names components that there are not: 9, 12\n"
        "isnmf: 1 stroke of the guide on nothing of the recording\n"
    )
    assert null_db(parts, sound) < -120


STROKES: list[dict[str, Any]] = GUIDE["strokes"]
BOX = STROKES[0]
WRONG: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (Path.unlink, "cannot be read"),
    "no JSON": (lambda it: it.write_text("{"), "makes no sense"),
    "a list": (lambda it: it.write_text("[]"), "makes no sense"),
    "no text": (lambda it: it.write_bytes(b"\xff\xfe\x00"), "makes no sense"),
    "no sources": (lambda it: write_guide(it, sources=[]), "“sources”"),
    "one name twice": (lambda it: write_guide(it, sources=["Voice", "Voice"]), "“sources”"),
    "a number": (lambda it: write_guide(it, sources=[1, 2]), "“sources”"),
    "unknown source": (lambda it: write_guide(it, sources=["Voice"]), "source”"),
    "backwards": (lambda it: write_guide(it, strokes=[{**BOX, "stop_s": 0}]), "stop_s”"),
    "not finite": (lambda it: it.write_text(
        it.read_text().replace("0.4", "NaN")), "makes no sense"),
    "no frequency": (lambda it: write_guide(
        it, strokes=[{"source": "Voice", "path": [[0.1, 0]], "octaves": 1}]), "path”"),
    "component 0": (lambda it: write_guide(
        it, components=[{"component": 0, "source": "Voice"}]), "component”"),
    "unknown lock": (lambda it: write_guide(it, locked=["Bass"]), "“locked”"),
    "too many sources": (lambda it: write_guide(it, sources=["Drums", "Voice", "c", "d"]),
                         "between 1 and the number of components, here 3, not 4"),
}  # fmt: skip


@pytest.mark.parametrize("kind", WRONG)
def test_a_guide_that_makes_no_sense_is_refused_before_the_work(
    kind: str, sound: Path, guide: Path, tmp_path: Path, capfd
) -> None:
    spoil, words = WRONG[kind]
    spoil(guide)
    out = tmp_path / "out"
    arguments = ["separate", str(sound), "--out", str(out), "--guide", str(guide), *QUICK]
    assert main(arguments) == 2
    line = one_line(capfd.readouterr().err)
    assert words in line
    assert kind == "too many sources" or "“guide.json”" in line
    assert not out.exists()

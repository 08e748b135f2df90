"""The command line with projects: saving one, and writing the sources of one."""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from isnmf_gui.cli import main, work
from isnmf_gui.session.document.document import Document, Run, replace_run
from isnmf_gui.session.edits import factor_edits, source_edits
from isnmf_gui.session.project import open_project, save_project
from isnmf_gui.session.runs.run_order import carry_out_run
from tests.programs import isnmf
from tests.recordings import TEST_SET

QUICK = ("--bases", "4", "--iterations", "3")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return TEST_SET["16 bit.wav"].write(tmp_path_factory.mktemp("sound"))


@pytest.fixture(scope="module")
def grouped(sound: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with four components in two sources."""
    path = tmp_path_factory.mktemp("project") / "grouped.isnmf"
    arguments = ["separate", str(sound), "--project", str(path), "--sources", "2", *QUICK]
    assert main(arguments) == 0
    return path


@pytest.fixture
def edited(grouped: Path, tmp_path: Path) -> Callable[[Callable[[Run], Run]], Path]:
    """Return what edits the run of that project, and returns the path of another one."""

    def save(edit: Callable[[Run], Run]) -> Path:
        document = open_project(grouped)
        document = replace_run(document, edit(document.run(1)))
        return save_project(document, tmp_path / "edited.isnmf").path

    return save


def names_in(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def report_of(folder: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return report


def summed(folder: Path) -> np.ndarray:
    return sum(soundfile.read(path)[0] for path in folder.glob("*.wav"))


def is_the_recording(samples: np.ndarray, sound: Path) -> bool:
    original = soundfile.read(sound)[0]
    return bool(np.sum((samples - original) ** 2) < 1e-12 * np.sum(original**2))


def refusal(capfd: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """Return the one line that arguments are refused with."""
    capfd.readouterr()
    assert main(["separate", *map(str, arguments)]) == 2
    said = capfd.readouterr()
    assert said.err.count("\n") == 1
    assert said.err.startswith("isnmf: ")
    assert said.out == ""
    return said.err


# -- what is written --------------------------------------------------------------------------


def test_from_a_recording_to_sources_by_way_of_a_project(sound: Path, tmp_path: Path) -> None:
    """As the shell sees it; the second command lacks the recording."""
    recording = tmp_path / "song.wav"
    recording.write_bytes(sound.read_bytes())
    options = ("--project", "song.isnmf", "--sources", "2", *QUICK)
    done = isnmf("separate", "song.wav", *options, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(
        r"song\.wav: 2 sources saved as song\.isnmf \(3 iterations, \d+\.\d s, loss \S+\)\n",
        done.stdout,
    )
    assert names_in(tmp_path) == ["song.isnmf", "song.wav"]
    recording.unlink()
    done = isnmf("separate", "song.isnmf", "--out", "stems", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("song.isnmf: 2 sources in stems (3 iterations, ")
    assert re.search(r"null test -1\d\d\.\d dB\)\n$", done.stdout)
    assert names_in(tmp_path / "stems") == [
        "report.json",
        "song - Source 01.wav",
        "song - Source 02.wav",
    ]
    assert is_the_recording(summed(tmp_path / "stems"), sound)


def test_the_saved_run(grouped: Path, sound: Path) -> None:
    document = open_project(grouped)
    run = document.run(1)
    assert [it.id for it in run.sources] == [1, 2]
    assert all(run.members(it.id) for it in run.sources)
    assert run.members(0) == []
    assert document.recording.name == sound.name
    assert document.mask == run.separation.settings.mask == "wiener"
    assert run.separation.factorization.checkpoint is not None


def test_what_is_unassigned_has_a_file(edited, sound: Path, tmp_path: Path) -> None:
    project = edited(lambda run: source_edits.ungroup(run, [run.members(1)[0].index]))
    unassigned = open_project(project).run(1).members(0)
    assert len(unassigned) == 1
    assert main(["separate", str(project), "--out", str(tmp_path / "out")]) == 0
    names = names_in(tmp_path / "out")
    assert "16 bit - Unassigned.wav" in names
    assert "16 bit - Residual.wav" not in names
    assert is_the_recording(summed(tmp_path / "out"), sound)
    kinds = [it["kind"] for it in report_of(tmp_path / "out")["other_stems"]]
    assert kinds[-1] == "unassigned"
    assert report_of(tmp_path / "out")["null_test_db"] < -120


def test_what_edits_left_over_has_a_file(edited, sound: Path, tmp_path: Path) -> None:
    project = edited(lambda run: factor_edits.scale_stretch(run, [0, 1], (0.2, 0.6), -20.0))
    assert main(["separate", str(project), "--out", str(tmp_path / "out")]) == 0
    assert "16 bit - Residual.wav" in names_in(tmp_path / "out")
    assert is_the_recording(summed(tmp_path / "out"), sound)
    assert report_of(tmp_path / "out")["null_test_db"] < -120


def test_without_sources_components_are_written(edited, sound: Path, tmp_path: Path) -> None:
    project = edited(lambda run: source_edits.group_as(run, [-1] * 4))
    assert main(["separate", str(project), "--out", str(tmp_path / "out")]) == 0
    components = [f"16 bit - Component {number:02d}.wav" for number in range(1, 5)]
    assert names_in(tmp_path / "out") == [*components, "report.json"]


def test_both_at_once(sound: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    project, out = tmp_path / "p.isnmf", tmp_path / "out"
    options = ["--project", str(project), "--out", str(out), "--format", "flac", "--pictures"]
    assert main(["separate", str(sound), *options, "--sources", "auto", *QUICK]) == 0
    line = capfd.readouterr().out
    assert f"sources in {out}, saved as {project} (3 iterations" in line
    run = open_project(project).run(1)
    n_sources = len(run.sources)
    assert 2 <= n_sources <= 4
    assert [name for name in names_in(out) if name.endswith(".flac")] == [
        f"16 bit - Source {number:02d}.flac" for number in range(1, n_sources + 1)
    ]
    assert len(list(out.glob("16 bit - Component *.png"))) == 4


def test_a_project_is_grouped_anew(edited, tmp_path: Path) -> None:
    """Edited parts too, and the file of before stays unless it is named."""
    project = edited(lambda run: factor_edits.duplicate(run, [0]))
    before = project.read_bytes()
    new = tmp_path / "new.isnmf"
    assert main(["separate", str(project), "--sources", "3", "--project", str(new)]) == 0
    run = open_project(new).run(1)
    assert (len(run.sources), len(run.components)) == (3, 5)
    assert project.read_bytes() == before
    assert main(["separate", str(new), "--sources", "2", "--project", str(new)]) == 0
    assert len(open_project(new).run(1).sources) == 2


def test_projects_and_recordings_together(
    grouped: Path, sound: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Without settings, which only a recording has a use for."""
    other = TEST_SET["8 kHz mono.wav"].write(tmp_path)
    assert main(["separate", str(grouped), str(other), "--out", str(tmp_path / "out")]) == 0
    assert names_in(tmp_path / "out") == ["8 kHz mono", "grouped"]
    assert "16 bit - Source 01.wav" in names_in(tmp_path / "out" / "grouped")


def test_files_from_before_are_named(grouped: Path, tmp_path: Path, capfd) -> None:
    """Those that the report of before tells of, and no other's."""
    out = ["--out", str(tmp_path)]
    assert main(["separate", str(grouped), *out, "--sources", "3", "--pictures"]) == 0
    (tmp_path / "16 bit - Source 04.wav").write_bytes(b"mine")
    capfd.readouterr()
    assert main(["separate", str(grouped), *out, "--overwrite"]) == 0
    said = capfd.readouterr().out
    pictures = ", ".join(f"16 bit - Component 0{number}.png" for number in (1, 2, 3, 4))
    assert f"not part of it: {pictures}, 16 bit - Source 03.wav\n" in said


def test_a_recording_that_changes_meanwhile(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    recording = tmp_path / "song.wav"
    recording.write_bytes(sound.read_bytes())

    def changed(*arguments: Any, **options: Any) -> Any:
        recording.write_bytes(b"something else")
        return carry_out_run(*arguments, **options)

    monkeypatch.setattr(work, "carry_out_run", changed)
    project = tmp_path / "p.isnmf"
    assert main(["separate", str(recording), "--project", str(project), *QUICK]) == 0
    assert "song.wav was changed meanwhile: the project holds" in capfd.readouterr().out
    samples = open_project(project).recording.samples
    assert np.array_equal(samples, soundfile.read(sound, dtype="float32", always_2d=True)[0])


# -- what is refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options", [QUICK, ("--preset", "fast"), ("--region", "0-1"), ("--threads", "1"),
                ("--gain", "peak"), ("--mask", "ratio")],
)  # fmt: skip
def test_settings_have_no_meaning_with_a_project(
    options: tuple[str, ...], grouped: Path, tmp_path: Path, capfd
) -> None:
    said = refusal(capfd, grouped, "--out", tmp_path / "out", *options)
    assert "A project was separated already" in said
    assert names_in(tmp_path) == []


@pytest.mark.parametrize(
    ("number", "words"),
    [("0", "between 1 and the number of components, here 4, not 0"), ("5", "here 4, not 5")],
)
def test_too_many_sources_are_refused_before_the_work(number: str, words: str, capfd) -> None:
    options = ("--out", "out", "--sources", number, *QUICK)
    assert words in refusal(capfd, "missing.wav", *options)


def test_a_project_may_have_more_components_than_the_preset(grouped: Path, tmp_path: Path) -> None:
    """What is refused for a recording may be possible for a project."""
    run = open_project(grouped).run(1)
    for _ in range(3):
        run = factor_edits.duplicate(run, [it.index for it in run.components])
    document = replace_run(open_project(grouped), run)
    many = save_project(document, tmp_path / "many.isnmf").path
    assert main(["separate", str(many), "--project", str(many), "--sources", "26"]) == 0
    assert len(open_project(many).run(1).sources) == 26


def test_more_sources_than_a_project_has_components(grouped: Path, tmp_path: Path, capfd) -> None:
    options = ("--out", tmp_path / "out", "--sources", "9")
    assert "4 components" in refusal(capfd, grouped, *options)
    assert names_in(tmp_path) == []


def test_a_project_holds_one_recording(sound: Path, tmp_path: Path, capfd) -> None:
    said = refusal(capfd, sound, sound, "--project", tmp_path / "p.isnmf")
    assert "A project holds one recording" in said


def test_where_no_project_can_be_saved_is_known_before_the_work(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd
) -> None:
    def never(*arguments: Any, **options: Any) -> Any:
        raise AssertionError("worked in vain")

    monkeypatch.setattr(work, "carry_out_run", never)
    (tmp_path / "folder").mkdir()
    before = sound.read_bytes()
    for path, words in (
        (tmp_path / "gone" / "p.isnmf", "There is no folder"),
        (tmp_path / "folder", "is a folder"),
        (sound, "is the recording itself and would be lost"),
        (tmp_path / "ok.wav", "ends in .isnmf. Choose another name, such as “ok.isnmf”"),
    ):
        said = refusal(capfd, sound, "--project", path, "--out", tmp_path / "out", *QUICK)
        assert words in said
    assert sound.read_bytes() == before
    assert names_in(tmp_path) == ["folder"]


def test_a_name_without_an_ending_gets_it(sound: Path, tmp_path: Path, capfd) -> None:
    assert main(["separate", str(sound), "--project", str(tmp_path / "song"), *QUICK]) == 0
    assert "song.isnmf" in capfd.readouterr().out
    assert names_in(tmp_path) == ["song.isnmf"]


def test_a_project_that_cannot_be_opened(grouped: Path, tmp_path: Path, capfd) -> None:
    broken, empty, none = (tmp_path / f"{name}.isnmf" for name in ("broken", "empty", "none"))
    broken.write_bytes(grouped.read_bytes()[:-100])
    empty.touch()
    save_project(Document(open_project(grouped).recording), none)
    for path, words in (
        (broken, "“broken.isnmf” cannot be opened: it is not complete"),
        (empty, "“empty.isnmf” is not a project of this program"),
        (none, "“none.isnmf” holds no run yet"),
        (tmp_path / "missing.isnmf", "“missing.isnmf” does not exist"),
    ):
        assert words in refusal(capfd, path, "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists()

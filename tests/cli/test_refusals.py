"""The command line: what it refuses, and what the disk refuses it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from isnmf_gui.cli import main
from isnmf_gui.cli.arguments import parser
from tests.cli.tools import PARTS, QUICK, called, names_in, one_line, parts_of
from tests.programs import DROP_PRIVILEGES, ISNMF, SMALL_FILES, isnmf, python_json, run
from tests.recordings import Specimen, music

BAD_ARGUMENTS = {
    "no command": ([], "required: COMMAND"),
    "unknown command": (["split"], "invalid choice: 'split'"),
    "no recording": (["separate", "--out", "out"], "required: RECORDING"),
    "no folder": (
        ["separate", "x.wav"],
        "Say where to write to: --out DIR, --project FILE, or both.",
    ),
    "two ways to group": (
        ["separate", "x.wav", "--out", "out", "--sources", "2", "--guide", "g.json"],
        "A guide names the sources: leave out --sources, or --guide.",
    ),
    "unknown option": (["separate", "x.wav", "--out", "out", "--best"], "arguments: --best"),
}
BAD_VALUES = {
    "--bases": ("0", "257", "-3", "many", "2.5"),
    "--domain": ("0.99", "2.01", "nan", "inf", "p"),
    "--iterations": ("0", "10001", "1e3"),
    "--seed": ("-1", "4294967296", "x"),
    "--tolerance": ("-1e-9", "0.2", "nan", "never"),
    "--floor": ("0", "0.2", "-1e-9", "nan", "relative"),
    "--threads": ("0", "-1", "all"),
    "--window": ("15", "65537", "-1024"),
    "--hop": ("0", "40000", "-1", "x"),
    "--rule": ("em", "MM"),
    "--start": ("here",),
    "--mask": ("none",),
    "--gain": ("loud",),
    "--format": ("m4a",),
    "--preset": ("best",),
    "--sources": ("some", "2.5"),
    "--region": [
        "4-2",
        "1",
        "x-y",
        "1-inf",
        "90-99",
        "0:70-2:00",
        "-1-2",
        "1:2:3:4-9:0",
        "1.5:0-3:0",
    ],
}


@pytest.mark.parametrize("kind", BAD_ARGUMENTS)
def test_bad_arguments(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments, words = BAD_ARGUMENTS[kind]
    assert called(arguments) == 2
    assert words in one_line(capfd.readouterr().err)
    assert names_in(tmp_path) == []


@pytest.mark.parametrize(
    ("option", "value"), [(name, value) for name, values in BAD_VALUES.items() for value in values]
)
def test_bad_values(
    option: str, value: str, sound: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    arguments = ["separate", str(sound), "--out", str(tmp_path / "out"), option, value]
    assert called(arguments) == 2
    assert "_" not in one_line(capfd.readouterr().err)  # as names of the program's own have
    assert names_in(tmp_path) == []


def test_a_region_that_is_none_is_told_what_one_is(capfd: pytest.CaptureFixture[str]) -> None:
    assert called(["separate", "x.wav", "--out", "out", "--region", "5"]) == 2
    assert one_line(capfd.readouterr().err) == (
        "isnmf separate: argument --region: 5 is no region: give its start and end, "
        "such as 1.5-4 (in seconds) or 0:30-1:05"
    )


@pytest.mark.parametrize(
    ("text", "region_s"),
    [("0:05-0:10", (5, 10)), ("1:02:03.5-1:02:04", (3723.5, 3724)), ("59-1:05", (59, 65)),
     ("0 - 1.5", (0, 1.5))],
)  # fmt: skip
def test_regions_in_minutes(text: str, region_s: tuple[float, float]) -> None:
    arguments = parser().parse_args(["separate", "x.wav", "--region", text])
    assert arguments.region == region_s


def test_bad_values_are_refused_before_anything_is_read(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["separate", "missing.wav", "--out", str(tmp_path / "out"), "--bases", "0"]) == 2
    line = one_line(capfd.readouterr().err)
    assert line == "isnmf: The number of bases must lie between 1 and 256, not 0."


def test_every_bad_file(
    bad_files: dict[str, tuple[Path, str]], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for path, reason in bad_files.values():
        assert main(["separate", str(path), "--out", str(tmp_path / "out"), *QUICK]) == 2
        captured = capfd.readouterr()
        line = one_line(captured.err)
        assert line.startswith("isnmf: ")
        assert f"“{path.name}”" in line
        assert re.search(reason, line)
        assert captured.out == ""
        assert names_in(tmp_path) == []


@pytest.mark.parametrize("kind", ["missing", "cut mp3"])
def test_bad_files_as_the_shell_sees_them(
    kind: str, bad_files: dict[str, tuple[Path, str]], tmp_path: Path
) -> None:
    path, reason = bad_files[kind]
    done = isnmf("separate", path, "--out", "out", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.search(reason, one_line(done.stderr))
    assert names_in(tmp_path) == []


def test_one_bad_file_among_several(
    sound: Path,
    bad_files: dict[str, tuple[Path, str]],
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """It is named, and the others get their turn."""
    third = tmp_path / "third.wav"
    third.write_bytes(sound.read_bytes())
    files = [str(path) for path in (sound, bad_files["cut wav"][0], third)]
    assert main(["separate", *files, "--out", str(tmp_path / "out"), *QUICK]) == 2
    said = capfd.readouterr()
    assert "“cut.wav” is cut off before its first sample" in one_line(said.err)
    assert said.out.startswith("8 kHz mono.wav: 3 components")
    assert names_in(tmp_path / "out") == ["8 kHz mono", "third"]
    assert names_in(tmp_path / "out" / "8 kHz mono") == [*PARTS, "report.json"]


def test_too_many_channels_for_flac(
    paths: dict[str, Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    many = str(paths["16 channels.wav"])
    out = str(tmp_path / "out")
    assert main(["separate", many, "--out", out, *QUICK, "--format", "flac"]) == 2
    assert "FLAC holds at most 8 channels" in one_line(capfd.readouterr().err)
    assert names_in(tmp_path) == []


def test_what_another_recording_left_is_not_replaced(
    sound: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Unless that is asked for; then all of it is, or none."""
    for folder in "ab":
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "take.wav").write_bytes(sound.read_bytes())
    out = ["--out", str(tmp_path / "o"), *QUICK]
    assert main(["separate", str(tmp_path / "a" / "take.wav"), *out]) == 0
    before = {it: it.read_bytes() for it in (tmp_path / "o").iterdir()}
    capfd.readouterr()
    second = ["separate", str(tmp_path / "b" / "take.wav"), *out, "--seed", "5"]
    assert main(second) == 2
    said = one_line(capfd.readouterr().err)
    listed = ", ".join(parts_of("take"))
    assert said == (
        f"isnmf: “{tmp_path / 'o'}” holds {listed} and 1 more already. Choose another folder, or "
        "replace what is there with --overwrite."
    )
    assert {it: it.read_bytes() for it in (tmp_path / "o").iterdir()} == before
    assert main([*second, "--overwrite"]) == 0
    after = {it: it.read_bytes() for it in (tmp_path / "o").iterdir()}
    assert after.keys() == before.keys()
    assert all(after[it] != before[it] for it in before)
    (tmp_path / "o" / "take - Component 02.wav").unlink()
    (tmp_path / "o" / "take - Component 02.wav").mkdir()
    assert main([*second[:-1], "6", "--overwrite"]) == 2
    assert "is a folder" in one_line(capfd.readouterr().err)
    del after[tmp_path / "o" / "take - Component 02.wav"]
    assert {it: it.read_bytes() for it in (tmp_path / "o").iterdir() if it.is_file()} == after


def test_pictures_that_are_there_are_not_replaced_either(
    sound: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "8 kHz mono - Component 01.png"
    picture.write_bytes(b"mine")
    arguments = ["separate", str(sound), "--out", str(tmp_path), *QUICK]
    assert main([*arguments, "--pictures"]) == 2
    assert f"holds {picture.name} already" in one_line(capfd.readouterr().err)
    assert names_in(tmp_path) == [picture.name]
    assert main(arguments) == 0
    assert picture.read_bytes() == b"mine"


def test_folders_of_a_batch_have_names_that_every_system_takes(sound: Path, tmp_path: Path) -> None:
    names = ["foo .wav", "CON.wav", "A.wav", "a.flac", "a. .wav", "l" * 200 + ".wav", "q?.wav"]
    for name in names:
        (tmp_path / name).write_bytes(sound.read_bytes())
    files = [str(tmp_path / name) for name in names]
    assert main(["separate", *files, "--out", str(tmp_path / "out"), *QUICK]) == 0
    made = ["A", "_CON", "a (2)", "a (3)", "foo", "l" * 180, "q_"]
    assert names_in(tmp_path / "out") == made
    assert names_in(tmp_path / "out" / "_CON")[0] == "CON - Component 01.wav"


def under(conditions: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the console script under conditions that Python code sets for its process."""
    code = f"import os, sys\n{conditions}\nos.execv(sys.argv[1], sys.argv[1:])"
    return run([sys.executable, "-c", code, ISNMF, *arguments], cwd)


def test_a_full_disk(sound: Path, tmp_path: Path) -> None:
    done = under(SMALL_FILES, "separate", str(sound), "--out", "out", *QUICK, cwd=tmp_path)
    assert done.returncode == 2
    assert "There is not enough space in “out”" in one_line(done.stderr)
    assert names_in(tmp_path) == []


def test_a_disk_that_is_too_full_for_the_pictures(tmp_path: Path) -> None:
    """The components would fit, and are not left alone."""
    Specimen("short.wav", "FLOAT", lambda: music(8000, 1)[:4000], 8000).write(tmp_path)
    arguments = ("separate", "short.wav", "--out", "out", *QUICK, "--pictures")
    done = under(SMALL_FILES, *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "There is not enough space in “out”" in one_line(done.stderr)
    assert names_in(tmp_path) == ["short.wav"]


WITHOUT_PERMISSION = f"""
import contextlib, io, json, sys
import isnmf_gui.cli
{DROP_PRIVILEGES}
answers = []
for file in ("closed.wav", "open.wav"):
    errors = io.StringIO()
    with contextlib.redirect_stderr(errors):
        code = isnmf_gui.cli.main(["separate", file, *sys.argv[1:]])
    answers.append([code, errors.getvalue()])
print(json.dumps(answers))
"""


def test_a_folder_or_a_file_without_permission(sound: Path, tmp_path: Path) -> None:
    for name, mode in (("open.wav", 0o644), ("closed.wav", 0)):
        (tmp_path / name).write_bytes(sound.read_bytes())
        (tmp_path / name).chmod(mode)
    tmp_path.chmod(0o555)
    try:
        closed, opened = python_json(WITHOUT_PERMISSION, "--out", "out", *QUICK, cwd=tmp_path)
    finally:
        tmp_path.chmod(0o755)
    lack = "“closed.wav” may not be read: you lack the permission for it."
    assert closed == [2, f"isnmf: {lack}\n"]
    assert opened == [2, "isnmf: “out” may not be written to. Choose another folder.\n"]
    assert names_in(tmp_path) == ["closed.wav", "open.wav"]


@pytest.mark.parametrize("out", ["file", "file/below", "/dev/null/out", "/proc/self/out"])
def test_a_folder_that_cannot_be(
    out: str, sound: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("mine")
    assert main(["separate", str(sound), "--out", str(tmp_path / out), *QUICK]) == 2
    assert f"{out}”" in one_line(capfd.readouterr().err)
    assert (tmp_path / "file").read_text() == "mine"
    assert names_in(tmp_path) == ["file"]

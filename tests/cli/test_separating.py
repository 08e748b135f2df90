"""The command line: what it writes; as installed wherever the process matters."""

import os
import re
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PIL import Image

from isnmf_gui import __version__
from isnmf_gui.cli import main
from isnmf_gui.session.export.extras import picture_files
from isnmf_gui.session.runs import memory_need
from isnmf_gui.session.runs.settings import PRESETS, preset
from tests.cli.tools import (
    PARTS,
    QUICK,
    called,
    names_in,
    one_line,
    parts_of,
    report_of,
    settings_of,
)
from tests.incomplete import whole
from tests.nmf.stretches import finely_cut
from tests.programs import environment, isnmf, python_json
from tests.recordings import TEST_SET

# -- what is written --------------------------------------------------------------------------


def test_one_recording(sound: Path, tmp_path: Path) -> None:
    done = isnmf("separate", sound, "--out", "out", *QUICK, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(
        r"8 kHz mono\.wav: 3 components in out "
        r"\(3 iterations, \d+\.\d s, loss \S+, null test -1\d\d\.\d dB\)\n",
        done.stdout,
    )
    assert names_in(tmp_path) == ["out"]
    assert names_in(tmp_path / "out") == [*PARTS, "report.json"]
    samples, rate = soundfile.read(sound)
    parts = [soundfile.read(tmp_path / "out" / name)[0] for name in PARTS]
    assert rate == soundfile.info(tmp_path / "out" / PARTS[0]).samplerate
    assert np.sum((sum(parts) - samples) ** 2) < 1e-12 * np.sum(samples**2)
    assert min(np.abs(part).max() for part in parts) > 1e-3


def test_the_files_are_the_same_with_any_number_of_threads(sound, tmp_path, monkeypatch) -> None:
    finely_cut(monkeypatch)
    found = []
    for n_threads in (1, 2, 7):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _, n=n_threads: range(n), raising=False)
        out = tmp_path / str(n_threads)
        arguments = ("--threads", str(n_threads), "--sources", "auto", "--bases", "5")
        assert main(["separate", str(sound), "--out", str(out), *arguments]) == 0
        names = [name for name in names_in(out) if name.endswith(".wav")]
        found.append(({name: soundfile.read(out / name)[0] for name in names}, report_of(out)))
        del found[-1][1]["seconds"]
    for sounds, report in found[1:]:
        assert report == found[0][1]
        assert sounds.keys() == found[0][0].keys()
        for name, samples in sounds.items():
            np.testing.assert_array_equal(samples, found[0][0][name])


def test_an_incomplete_recording_is_separated_and_told_of(tmp_path: Path) -> None:
    content = whole("16 bit.wav")
    sound = tmp_path / "cut.wav"
    sound.write_bytes(content[: len(content) // 2])
    done = isnmf("separate", sound, "--out", "out", "--project", "p.isnmf", *QUICK, cwd=tmp_path)
    notice = "“cut.wav” is incomplete: 1.5 s of 3.0 s are there and were opened; 1.5 s are missing."
    assert done.returncode == 0
    assert one_line(done.stderr) == f"isnmf: {notice}"
    assert done.stdout.startswith("cut.wav: 3 components in out")
    report = report_of(tmp_path / "out")
    assert report["recording"]["notice"] == notice
    assert report["null_test_db"] < -120
    again = isnmf("separate", "p.isnmf", "--out", "again", cwd=tmp_path)
    assert (again.returncode, again.stderr) == (0, "")  # who has a project was told before
    assert report_of(tmp_path / "again")["recording"]["notice"] == notice


def test_the_report(sound: Path, tmp_path: Path) -> None:
    assert main(["separate", str(sound), "--out", str(tmp_path), *QUICK]) == 0
    report = report_of(tmp_path)
    assert report["program"] == f"isnmf-gui {__version__}"
    assert report["recording"] == {
        "file": "8 kHz mono.wav",
        "sample_rate_hz": 8000,
        "n_channels": 1,
        "n_samples": 8000,
        "duration_s": 1.0,
        "is_silent": False,
        "notice": "",
    }
    expected = preset("quality", 8000).as_dict() | {"n_bases": 3, "n_iterations": 3}
    assert settings_of(report) == expected
    assert report["n_iterations"] == len(report["loss"]) == 3
    assert report["loss"] == sorted(report["loss"], reverse=True)
    assert (report["stopped"], report["restarts"]) == ("iterations", 0)
    assert 0 < report["seconds"] < 60
    assert report["null_test_db"] < -120
    assert [part["file"] for part in report["components"]] == PARTS
    samples, _ = soundfile.read(sound)
    for part in report["components"]:
        written, _ = soundfile.read(tmp_path / part["file"])
        energy_db = 10 * np.log10(np.sum(written**2) / np.sum(samples**2))
        assert part["energy_db"] == pytest.approx(energy_db, abs=0.01)
        assert part["peak"] == pytest.approx(np.abs(written).max())
        assert part["clipped"] is False


def test_the_whole_test_set_at_once(paths: dict[str, Path], tmp_path: Path) -> None:
    """Every file gets a folder; those that would get the same one are told apart."""
    variables = environment(PYTHONWARNINGS="error::RuntimeWarning")
    options = ("--out", "out", "--bases", "2", "--iterations", "2")
    done = isnmf("separate", *options, *paths.values(), cwd=tmp_path, variables=variables)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == len(TEST_SET) + 1
    assert "silence.wav is silent: its components will be silent too." in done.stdout
    folders: set[str] = set()
    for name, specimen in TEST_SET.items():
        stem, count = Path(name).stem.strip(), 1
        while (folder := stem if count == 1 else f"{stem} ({count})") in folders:
            count += 1
        folders.add(folder)
        report = report_of(tmp_path / "out" / folder)
        assert report["recording"]["file"] == name
        assert report["null_test_db"] < -120
        for part in report["components"]:
            info = soundfile.info(tmp_path / "out" / folder / part["file"])
            assert info.samplerate == specimen.rate
            assert (info.frames, info.channels) == specimen.sound().shape
    assert set(names_in(tmp_path / "out")) == folders
    assert {"16 bit", "16 bit (2)", "16 bit (3)", "24 bit", "24 bit (2)", "24 bit (3)"} <= folders


OPTIONS = {
    "--preset": ("fast", None),
    "--bases": ("4", ("n_bases", 4)),
    "--rule": ("mm", ("rule", "mm")),
    "--domain": ("1.3", ("domain", 1.3)),
    "--iterations": ("5", ("n_iterations", 5)),
    "--tolerance": ("1e-5", ("tolerance", 1e-5)),
    "--floor": ("1e-6", ("floor", 1e-6)),
    "--start": ("tempered", ("start", "tempered")),
    "--seed": ("77", ("seed", 77)),
    "--window": ("400", ("window_samples", 400)),
    "--hop": ("150", ("hop_samples", 150)),
    "--mask": ("ratio", ("mask", "ratio")),
    "--gain": ("peak", ("part_gain", "peak")),
    "--format": ("flac", None),
    "--threads": ("2", None),
    "--region": ("0.1-0.3", None),
}


def test_every_option(sound: Path, tmp_path: Path) -> None:
    options = [word for name, (value, _) in OPTIONS.items() for word in (name, value)]
    done = isnmf("separate", "--out=out", "--pictures", *options, "--", sound, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    report = report_of(tmp_path / "out")
    named = dict(setting for _, setting in OPTIONS.values() if setting is not None)
    assert settings_of(report) == preset("fast", 8000).as_dict() | named
    stems = [f"8 kHz mono - Component {number:02d}" for number in range(1, 5)]
    files = sorted(f"{stem}{suffix}" for stem in stems for suffix in (".flac", ".png"))
    assert names_in(tmp_path / "out") == [*files, "report.json"]
    assert report["region_s"] == [0.1, 0.3]
    assert report["null_test_db"] > -60  # the ratio mask's parts do not add up


def test_a_region_ends_with_the_recording(
    sound: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    duration_s = soundfile.info(sound).duration
    options = ("--out", str(tmp_path / "out"), "--region", "0.2-50", *QUICK)
    assert main(["separate", str(sound), *options]) == 0
    notice = f"{sound.name} is {duration_s:.3f} s long: the region ends there."
    assert notice in capfd.readouterr().out
    assert report_of(tmp_path / "out")["region_s"] == [0.2, duration_s]


# Those without a value that a report shows; tested in other files where not here.
OTHERS = ("--out", "--guide", "--overwrite", "--pictures", "--project", "--sources")


def test_every_option_is_tested_and_explained(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["separate", "--help"])
    text = capsys.readouterr().out
    assert set(re.findall(r"^  (--\w+)", text, re.MULTILINE)) == {*OPTIONS, *OTHERS}
    for choices in (
        "wav,wav24,wav16,flac,flac16,ogg,mp3",
        "fast,quality,notebook",
        "wiener,ratio",
        "random,tempered",
    ):
        assert f"{{{choices}}}" in text


def test_pictures(paths: dict[str, Path], tmp_path: Path) -> None:
    names = ("float.wav", "one sample.wav", "silence.wav", "a click.wav", "192 kHz.wav")
    files = [str(paths[name]) for name in names]
    assert main(["separate", *files, "--out", str(tmp_path), *QUICK, "--pictures"]) == 0
    for name in names:
        stem = Path(name).stem
        for part in parts_of(stem):
            with Image.open(tmp_path / stem / part.replace(".wav", ".png")) as image:
                image.load()
                assert image.format == "PNG"
                assert image.size == (1088, 512)
                assert len(image.getcolors(10**6)) > 20
    width, height = picture_files.WIDTH, picture_files.HEIGHT
    with Image.open(tmp_path / "float" / "float - Component 01.png") as image:
        inside = np.asarray(image)[
            picture_files.TOP : picture_files.TOP + height,
            picture_files.LEFT : picture_files.LEFT + width,
        ]
    assert inside.std() > 10  # something can be seen


@pytest.mark.parametrize("name", ["16 bit.wav", "96 kHz.flac"])
def test_the_published_example(name: str, paths: dict[str, Path], tmp_path: Path) -> None:
    arguments = ["separate", str(paths[name]), "--out", str(tmp_path), "--preset", "notebook"]
    assert main([*arguments, "--iterations", "2"]) == 0
    report = report_of(tmp_path)
    expected = PRESETS["notebook"].as_dict()
    assert settings_of(report) == expected | {"n_iterations": 2}
    assert (expected["n_bases"], expected["seed"], expected["domain"]) == (6, 111, 2.0)
    assert (expected["rule"], expected["mask"], expected["precision"]) == ("mm", "ratio", "float64")
    assert [part["peak"] for part in report["components"]] == pytest.approx([1.0] * 6)


def test_a_tolerance_stops_early(sound: Path, tmp_path: Path) -> None:
    options = ["--bases=3", "--iterations=3000", "--tolerance=1e-4", "--floor=absolute"]
    assert main(["separate", str(sound), "--out", str(tmp_path), *options]) == 0
    report = report_of(tmp_path)
    assert report["stopped"] == "tolerance"
    assert 10 < report["n_iterations"] < 3000
    assert report["settings"]["floor"] == "absolute"


def test_threads_do_not_change_what_is_found(sound: Path, tmp_path: Path) -> None:
    for number in ("1", "3"):
        options = ["--out", str(tmp_path / number), *QUICK, "--threads", number]
        assert main(["separate", str(sound), *options]) == 0
    losses = [report_of(tmp_path / number)["loss"] for number in ("1", "3")]
    assert losses[0] == pytest.approx(losses[1], rel=1e-4)


def test_a_window_alone_brings_its_hop(sound: Path, tmp_path: Path) -> None:
    arguments = ["separate", str(sound), "--out", str(tmp_path), *QUICK]
    assert main([*arguments, "--window", "1024"]) == 0
    settings = settings_of(report_of(tmp_path))
    assert (settings["window_samples"], settings["hop_samples"]) == (1024, 256)


def test_a_hop_alone_is_judged_by_the_recordings_window(
    paths: dict[str, Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """2048 samples are half a window at 96 kHz and eight windows at 8 kHz."""
    hop = ("--hop", "2048")
    out = str(tmp_path / "out")
    assert main(["separate", str(paths["96 kHz.flac"]), "--out", out, *QUICK, *hop]) == 0
    settings = settings_of(report_of(tmp_path / "out"))
    assert (settings["window_samples"], settings["hop_samples"]) == (4096, 2048)
    other = tmp_path / "other"
    capfd.readouterr()
    assert main(["separate", str(paths["8 kHz mono.wav"]), "--out", str(other), *hop]) == 2
    assert "With a window of 256 samples the hop" in one_line(capfd.readouterr().err)
    assert not other.exists()


def test_clipping_is_said_and_is_no_error(
    paths: dict[str, Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    loud = str(paths["over full scale.wav"])
    assert main(["separate", loud, "--out", str(tmp_path), *QUICK, "--format", "wav24"]) == 0
    line = one_line(capfd.readouterr().err)
    assert "clipped at full scale: over full scale - Component 0" in line
    clipped = [part["file"] for part in report_of(tmp_path)["components"] if part["clipped"]]
    assert clipped
    assert all(name in line for name in clipped)


def test_silence_is_said_and_separates_to_silence(
    paths: dict[str, Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["separate", str(paths["silence.wav"]), "--out", str(tmp_path), *QUICK]) == 0
    said = capfd.readouterr()
    assert "silence.wav is silent" in said.out
    assert said.err == ""
    report = report_of(tmp_path)
    assert report["recording"]["is_silent"] is True
    assert report["null_test_db"] < -120
    assert np.isfinite(report["loss"]).all()
    assert not any(soundfile.read(tmp_path / name)[0].any() for name in parts_of("silence"))


# -- names ------------------------------------------------------------------------------------


def test_a_leading_dash(
    paths: dict[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    path = paths["-leading-dash.wav"]
    monkeypatch.chdir(path.parent)
    out = tmp_path / "out"
    assert called(["separate", path.name, "--out", str(out), *QUICK]) == 2
    one_line(capfd.readouterr().err)
    assert not out.exists()
    assert called(["separate", "--out", str(out), *QUICK, "--", path.name]) == 0
    assert names_in(out) == [*parts_of("-leading-dash"), "report.json"]


def test_names_that_cannot_be_shown(sound: Path, tmp_path: Path) -> None:
    """A name from before UTF-8, and letters that the terminal does not have."""
    names = (os.fsdecode(b"caf\xe9.wav"), "録音.wav")
    for name in names:
        (tmp_path / name).write_bytes(sound.read_bytes())
    variables = environment(PYTHONIOENCODING="ascii")
    done = isnmf("separate", *names, "--out", "out", *QUICK, cwd=tmp_path, variables=variables)
    assert (done.returncode, done.stderr) == (0, "")
    for folder, shown in (("caf_", "caf?.wav"), ("録音", "録音.wav")):
        report = report_of(tmp_path / "out" / folder)
        assert report["recording"]["file"] == shown


# -- the process ------------------------------------------------------------------------------


def test_the_version(capfd: pytest.CaptureFixture[str]) -> None:
    assert called(["--version"]) == 0
    assert capfd.readouterr().out == f"isnmf {__version__}\n"


def test_neither_qt_nor_the_sound_card_is_needed(tmp_path: Path) -> None:
    code = "import json, sys, isnmf_gui.cli; print(json.dumps(sorted(sys.modules)))"
    modules = python_json(code, cwd=tmp_path)
    packages = {module.split(".")[0] for module in modules}
    assert "soundfile" in packages
    assert not packages & {"PySide6", "shiboken6", "pyqtgraph", "sounddevice", "_sounddevice"}


def test_it_is_said_if_a_run_needs_more_memory_than_there_is(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setattr(memory_need, "available_bytes", lambda: 0.0)
    assert main(["separate", str(sound), "--out", str(tmp_path / "out"), *QUICK]) == 0
    told = capsys.readouterr().err
    assert "isnmf: This run needs about 0.0 GB of memory, and 0.0 GB are free." in told
    assert {*PARTS} <= {it.name for it in (tmp_path / "out").iterdir()}

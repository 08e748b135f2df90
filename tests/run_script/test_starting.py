"""run.py: what it starts and builds, tried without changing this machine."""

import json
import os
import shutil
import sys
import time
from pathlib import Path

import pytest
import soundfile

from tests.programs import environment, load, run
from tests.recordings import TEST_SET
from tests.run_script.tools import DISPLAYS, LOCKS, ROOT, make_executable, stand_in

# -- starting ---------------------------------------------------------------------------------


@pytest.fixture
def started(script, monkeypatch) -> list[list[str]]:
    """The commands that would take the place of this process."""
    commands: list[list[str]] = []

    def note(command: list[str]) -> int:
        commands.append(command)
        return 0

    monkeypatch.setattr(script, "replace_process", note)
    return commands


def test_the_window_opens_on_the_demo_or_on_what_is_named(script, started, monkeypatch) -> None:
    monkeypatch.setattr(script, "has_display", lambda: True)
    script.start([])
    script.start(["a b.wav"])
    window = [str(ROOT / ".venv" / "bin" / "python"), "-m", "isnmf_gui.gui.app"]
    assert started == [[*window, str(ROOT / "resources/demo/demo.flac")], [*window, "a b.wav"]]
    assert (ROOT / "resources/demo/demo.flac").is_file()


@pytest.mark.parametrize("own", [None, "elsewhere"])
def test_benchmarks_are_run_where_one_is(own, script, started, monkeypatch) -> None:
    monkeypatch.setattr(script, "install_system_packages", lambda wanted: None)
    locks: list[str] = []
    monkeypatch.setattr(script, "install_python_packages", locks.append)
    if own is None:
        monkeypatch.delenv("PYTHONPATH", raising=False)
    else:
        monkeypatch.setenv("PYTHONPATH", own)
    before = os.getcwd()
    assert script.main(["bench", "--quick", "--json", "a b.json"]) == 0
    python = str(ROOT / ".venv" / "bin" / "python")
    assert started == [[python, "-P", "-m", "tests.benchmarks", "--quick", "--json", "a b.json"]]
    assert locks == ["requirements.lock"]
    assert os.environ["PYTHONPATH"].split(os.pathsep) == [str(ROOT), *([own] if own else [])]
    assert os.getcwd() == before


@pytest.mark.parametrize("name", ["monkey", "fuzz"])
def test_the_monkey_and_spoiled_files_need_what_the_tests_do(name, script, started, monkeypatch):
    asked: list[object] = []
    monkeypatch.setattr(script, "install_system_packages", asked.append)
    monkeypatch.setattr(script, "install_python_packages", asked.append)
    assert script.main([name, "--seed", "7"]) == 0
    python = str(ROOT / ".venv" / "bin" / "python")
    assert started == [[python, "-P", "-m", f"tests.{name}", "--seed", "7"]]
    assert asked == [script.RUN_PACKAGES + script.TEST_PACKAGES, "requirements-test.lock"]


def test_translations_are_brought_up_to_date_and_made(script, tmp_path, monkeypatch) -> None:
    for name in ("install_system_packages", "install_python_packages"):
        monkeypatch.setattr(script, name, lambda wanted: None)
    monkeypatch.setattr(script, "TRANSLATIONS", tmp_path)
    monkeypatch.setattr(script, "SCRIPTS", Path(sys.executable).parent)
    ts = tmp_path / "isnmf_xx.ts"
    ts.write_text('<TS version="2.1" language="ja" sourcelanguage="en"></TS>')
    assert script.main(["translate"]) != 0  # nothing is translated yet
    assert "<source>Open a recording or a project</source>" in ts.read_text("utf-8")
    shutil.copy(ROOT / "resources" / "translations" / "isnmf_ja.ts", ts)
    assert script.main(["translate"]) == 0
    assert ts.with_suffix(".qm").stat().st_size > 50_000


def test_benchmarks_explain_themselves_from_any_folder(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "__init__.py").touch()  # somebody else's package of this name
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); import run\n"
        "from pathlib import Path\n"
        "run.SCRIPTS = Path(sys.executable).parent\n"
        "run.run_module('tests.benchmarks', ['--help'])"
    )
    done = run([sys.executable, "-c", code], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "--json FILE" in done.stdout
    assert "--quick" in done.stdout


# -- building (what is built: tests/installing) -----------------------------------------------


@pytest.mark.parametrize(("arguments", "folder"), [([], ROOT / "dist"), (["a b"], Path("a b"))])
def test_everything_is_built_into_one_folder(
    arguments: list[str], folder: Path, script, monkeypatch, tmp_path, capsys
) -> None:
    built: list[Path] = []

    def build_program(folder: Path) -> None:
        built.append(folder)
        (tmp_path / "isnmf-gui").mkdir()

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(script, "install_system_packages", lambda wanted: None)
    monkeypatch.setattr(script, "install_python_packages", lambda lock: None)
    monkeypatch.setattr(script, "build_packages", built.append)
    monkeypatch.setattr(script, "build_program", build_program)
    monkeypatch.setattr(script.Path, "iterdir", lambda folder: iter([folder / "isnmf-gui"]))
    assert script.main(["build", *arguments]) == 0
    assert built == [tmp_path / folder] * 2
    assert capsys.readouterr().out == f"Built into {tmp_path / folder}: isnmf-gui\n"


def test_a_build_that_fails_says_what_failed(script, monkeypatch, tmp_path, capsys) -> None:
    make_executable(tmp_path / "python", "#!/bin/sh\nexit 1\n")
    monkeypatch.setattr(script, "SCRIPTS", tmp_path)
    assert script.build(tmp_path / "dist") == 1
    said = capsys.readouterr().out
    assert said.startswith("Could not build: ")
    assert "hatchling build" in said


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A checkout that uses the environment of these tests, but writes nothing into it."""
    folder = tmp_path / "checkout"
    (folder / ".venv").mkdir(parents=True)
    for name in (*LOCKS, "pyproject.toml", "run.py"):
        shutil.copy(ROOT / name, folder)
    (folder / "resources").symlink_to(ROOT / "resources")
    for path in Path(sys.prefix).iterdir():
        if path.name != "base" and not path.name.endswith(".installed"):
            (folder / ".venv" / path.name).symlink_to(path)
    module = load(folder / "run.py")
    (folder / ".venv" / "base").write_text(module.interpreter())
    stamp = folder / ".venv" / "requirements.lock.installed"
    stamp.write_text(module.fingerprint("requirements.lock"))
    return folder


def without_display(tools: Path) -> dict[str, str]:
    """Return variables without a display, on a system that lacks no package."""
    stand_in(tools, "dpkg-query", "echo installed")
    return environment(**dict.fromkeys(DISPLAYS))


def test_without_a_display_the_same_job_is_done(bare: Path, tools: Path, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    path = TEST_SET["-leading-dash.wav"].write(folder)
    done = run([sys.executable, bare / "run.py", "--", path.name], folder, without_display(tools))
    assert (done.returncode, done.stderr) == (0, "")
    said = done.stdout.splitlines()
    separated = folder / "separated"
    assert said[0] == (
        f"No display was found, so there is no window: separating into {separated} instead."
    )
    assert "48 components in" in said[2]
    report = json.loads((separated / "report.json").read_text())
    assert report["recording"]["file"] == path.name
    for part in report["components"]:
        assert soundfile.info(separated / part["file"]).frames == 8000
        assert (separated / part["file"]).with_suffix(".png").is_file()
    assert sorted(os.listdir(folder)) == [path.name, "separated"]


def test_exit_codes_are_those_of_the_program(bare: Path, tools: Path, tmp_path: Path) -> None:
    done = run([sys.executable, bare / "run.py", "no.wav"], tmp_path, without_display(tools))
    assert done.returncode == 2
    assert done.stderr.startswith("isnmf: “no.wav” does not exist")
    assert not (tmp_path / "separated").exists()


def test_a_second_start_takes_no_time_of_its_own(bare: Path, tools: Path, tmp_path: Path) -> None:
    """The program itself is replaced by nothing at all; the best of some tries counts."""
    (bare / ".venv" / "bin").unlink()
    (bare / ".venv" / "bin").mkdir()
    make_executable(bare / ".venv" / "bin" / "python", '#!/bin/sh\necho "started $*"\n')
    variables = without_display(tools)
    times_s = []
    for _ in range(3):
        began = time.perf_counter()
        done = run([sys.executable, bare / "run.py"], tmp_path, variables)
        times_s.append(time.perf_counter() - began)
        assert "started -m isnmf_gui.cli separate" in done.stdout
    assert min(times_s) < 2

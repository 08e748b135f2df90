"""run.py: what it does on a machine with nothing but Python, tried without changing this one."""

import ast
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest
import soundfile

from tests.programs import environment, load, run
from tests.recordings import TEST_SET

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "run.py"
LOCKS = ("requirements.lock", "requirements-test.lock")
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR")


@pytest.fixture
def script() -> ModuleType:
    return load(SCRIPT)


def make_executable(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is first on PATH, for stand-ins of Debian's tools. They write down calls."""
    folder = tmp_path / "tools"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


def stand_in(folder: Path, name: str, body: str) -> Path:
    """Make a shell script in place of a tool; return the file that its calls are written to."""
    calls = folder / f"{name}.calls"
    calls.touch()
    make_executable(folder / name, f'#!/bin/sh\necho "$*" >> "{calls}"\n{body}\n')
    return calls


# -- the standard library alone ---------------------------------------------------------------


def test_only_the_standard_library_is_imported() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    imported = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            imported.add((node.module or "").split(".")[0])
    assert imported <= sys.stdlib_module_names


def test_it_explains_itself_to_a_bare_python(tmp_path: Path) -> None:
    """Isolated, without site-packages: nothing that is installed can help it."""
    done = run([sys.executable, "-I", "-S", SCRIPT, "--help"], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "python3 run.py [RECORDING]" in done.stdout
    assert "python3 run.py test" in done.stdout
    assert "python3 run.py bench" in done.stdout
    assert os.listdir(tmp_path) == []


def test_an_old_python_is_refused(script, monkeypatch, capsys) -> None:
    monkeypatch.setattr(script, "OLDEST_PYTHON", (99, 0))
    assert script.main([]) == 2
    assert "needs Python 3.11 or newer; this is Python 3." in capsys.readouterr().out


def test_old_pythons_understand_the_file() -> None:
    """They must come as far as the sentence that refuses them."""
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 8))


# -- displays ---------------------------------------------------------------------------------


@pytest.fixture
def no_display(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in DISPLAYS:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_no_variable_means_no_display(script, no_display) -> None:
    assert not script.has_display()


@pytest.mark.parametrize("display", ["", ":", ":4711", ":4711.0", "unix:4711", "nonsense"])
def test_a_variable_alone_is_no_display(display: str, script, no_display) -> None:
    no_display.setenv("DISPLAY", display)
    assert not script.has_display()


def test_a_wayland_socket_without_a_compositor_is_no_display(script, no_display, tmp_path) -> None:
    no_display.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    no_display.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert not script.has_display()
    (tmp_path / "wayland-0").touch()
    assert not script.has_display()


def test_a_socket_that_answers_is_a_display(script, no_display, tmp_path) -> None:
    no_display.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    no_display.setenv("WAYLAND_DISPLAY", "way")
    number = f"isnmf-{os.getpid()}"
    with (
        socket.socket(socket.AF_UNIX) as wayland,
        socket.socket(socket.AF_UNIX) as x11,
    ):
        wayland.bind(str(tmp_path / "way"))
        wayland.listen()
        assert script.has_display()
        no_display.delenv("WAYLAND_DISPLAY")
        no_display.setenv("DISPLAY", f":{number}")
        assert not script.has_display()
        x11.bind(f"\0/tmp/.X11-unix/X{number}")
        x11.listen()
        assert script.has_display()
        no_display.setenv("DISPLAY", f":{number}.1")
        assert script.has_display()


@pytest.mark.parametrize(
    ("name", "value"), [("DISPLAY", "localhost:10.0"), ("QT_QPA_PLATFORM", "offscreen")]
)
def test_forwarded_displays_and_chosen_platforms_are_left_to_qt(
    name: str, value: str, script, no_display
) -> None:
    no_display.setenv(name, value)
    assert script.has_display()


# -- system packages --------------------------------------------------------------------------

# Knows the packages "here", "also-here" and "gone", of which the last was removed.
DPKG = """
for name in "$@"; do
  case "$name" in
    here|also-here) echo installed;;
    gone) echo config-files;;
    --*) ;;
    *) echo "dpkg-query: no packages found matching $name" >&2;;
  esac
done"""
APT_CACHE = 'case "$2" in new|plain) echo "Package: $2";; *) exit 100;; esac'


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("here", True),
        ("missing", False),
        ("gone", False),
        ("missing|here", True),
        ("here|missing", True),
        ("missing|gone", False),
    ],
)
def test_packages_that_are_installed(names: str, expected: bool, script, tools) -> None:
    stand_in(tools, "dpkg-query", DPKG)
    assert script.is_installed(names) is expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [("plain", "plain"), ("new|old", "new"), ("newer|old", "old"), ("newest|newer|old", "old")],
)
def test_packages_that_changed_their_name(names: str, expected: str, script, tools) -> None:
    stand_in(tools, "apt-cache", APT_CACHE)
    assert script.available_name(names) == expected


def test_nothing_is_said_when_nothing_is_missing(script, tools, capsys) -> None:
    stand_in(tools, "dpkg-query", DPKG)
    apt = stand_in(tools, "apt-get", "exit 1")
    script.install_system_packages(["here", "missing|also-here"])
    assert (capsys.readouterr().out, apt.read_text()) == ("", "")


def test_the_exact_command_is_printed_where_nothing_may_be_installed(
    script, tools, monkeypatch, capsys
) -> None:
    stand_in(tools, "dpkg-query", DPKG)
    stand_in(tools, "apt-cache", APT_CACHE)
    apt = stand_in(tools, "apt-get", "exit 1")
    monkeypatch.setattr(script, "privilege", lambda: None)
    script.install_system_packages(["here", "missing", "new|old"])
    assert capsys.readouterr().out == (
        "Some system libraries are missing. To install them, run:\n"
        "  sudo apt-get install --yes --no-install-recommends missing new\n"
    )
    assert apt.read_text() == ""


def test_missing_packages_are_installed(script, tools, monkeypatch, capsys) -> None:
    stand_in(tools, "dpkg-query", DPKG)
    stand_in(tools, "apt-cache", APT_CACHE)
    apt = stand_in(tools, "apt-get", "exit 0")
    monkeypatch.setattr(script, "privilege", list)
    script.install_system_packages(["missing", "newer|old"])
    assert apt.read_text() == "install --yes --no-install-recommends missing old\n"
    assert capsys.readouterr().out == "Installing system libraries: missing old\n"


def test_package_lists_are_updated_if_that_helps(script, tools, monkeypatch, capsys) -> None:
    """After an update the new name is known, which the second attempt must use."""
    stand_in(tools, "dpkg-query", DPKG)
    marker = tools / "updated"
    stand_in(tools, "apt-cache", f'test -e "{marker}" && echo "Package: $2"')
    apt = stand_in(
        tools, "apt-get", f'case "$1" in update) touch "{marker}";; *) test -e "{marker}";; esac'
    )
    monkeypatch.setattr(script, "privilege", list)
    script.install_system_packages(["new|old"])
    assert apt.read_text().splitlines() == [
        "install --yes --no-install-recommends old",
        "update",
        "install --yes --no-install-recommends new",
    ]
    assert "did not work" not in capsys.readouterr().out


def test_what_apt_says_is_shown_if_it_fails(script, tools, monkeypatch, capsys) -> None:
    stand_in(tools, "dpkg-query", DPKG)
    stand_in(tools, "apt-get", "echo E: no network >&2; exit 100")
    monkeypatch.setattr(script, "privilege", list)
    script.install_system_packages(["missing"])
    said = capsys.readouterr().out
    assert "E: no network\n" in said
    assert "  sudo apt-get update && sudo apt-get install --yes" in said


def test_other_systems_are_left_alone(script, monkeypatch, capsys, tmp_path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    script.install_system_packages(["missing"])
    monkeypatch.setattr(script.sys, "platform", "darwin")
    script.install_system_packages(["missing"])
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("uid", "sudo", "expected"),
    [(0, "exit 1", []), (1000, "exit 0", ["sudo", "-n"]), (1000, "exit 1", None)],
)
def test_privilege(uid: int, sudo: str, expected, script, tools, monkeypatch) -> None:
    stand_in(tools, "sudo", sudo)
    monkeypatch.setattr(script.os, "geteuid", lambda: uid)
    assert script.privilege() == expected


def test_the_packages_of_the_tests_are_asked_for_only_by_the_tests(script, monkeypatch) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(script, "install_system_packages", asked.append)
    monkeypatch.setattr(script, "install_python_packages", lambda lock: asked.append([lock]))
    monkeypatch.setattr(script, "run_tests", lambda arguments: len(arguments))
    monkeypatch.setattr(script, "start", lambda arguments: 40 + len(arguments))
    monkeypatch.setattr(script, "build", lambda folder: 50)
    assert script.main(["a.wav"]) == 41
    assert script.main(["test", "-k", "name"]) == 2
    assert script.main(["build"]) == 50
    building = script.RUN_PACKAGES + script.BUILD_PACKAGES
    assert asked[:2] == [script.RUN_PACKAGES, ["requirements.lock"]]
    assert asked[2:4] == [building + script.TEST_PACKAGES, ["requirements-test.lock"]]
    assert asked[4:] == [building, ["requirements-test.lock"]]


# -- Python packages --------------------------------------------------------------------------

# A Python that only writes down what it was asked.
FAKE_PYTHON = '#!/bin/sh\necho "$*" >> "{calls}"\n'


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A checkout of its own whose packages are never really installed."""
    for name in (*LOCKS, "pyproject.toml", "run.py"):
        shutil.copy(ROOT / name, tmp_path)
    sources = ROOT / "isnmf_gui/nmf/compiled"
    shutil.copytree(sources, tmp_path / "isnmf_gui/nmf/compiled")
    module = load(tmp_path / "run.py")
    really_run = subprocess.run

    def make_environment(command: list[str], **options: object) -> object:
        if command[1:3] != ["-m", "venv"]:
            return really_run(command, **options)
        shutil.rmtree(tmp_path / ".venv", ignore_errors=True)
        (tmp_path / ".venv" / "bin").mkdir(parents=True)
        text = FAKE_PYTHON.format(calls=tmp_path / "calls")
        make_executable(tmp_path / ".venv" / "bin" / "python", text)
        (tmp_path / "calls").write_text("venv\n")
        return None

    monkeypatch.setattr(module.subprocess, "run", make_environment)
    return module


def calls_of(checkout: ModuleType) -> list[str]:
    """Return what was done since it was last asked."""
    path = checkout.ROOT / "calls"
    calls = path.read_text().splitlines() if path.exists() else []
    path.unlink(missing_ok=True)
    return calls


def test_packages_are_installed_from_the_lock_once(checkout, capsys) -> None:
    checkout.install_python_packages("requirements.lock")
    environment, packages, own = calls_of(checkout)
    assert environment == "venv"
    assert packages.startswith("-m pip ")
    assert packages.endswith(f" --require-hashes --requirement {checkout.ROOT}/requirements.lock")
    assert own.endswith(f" --no-deps --no-build-isolation --editable {checkout.ROOT}")
    assert "Making .venv" in capsys.readouterr().out
    checkout.install_python_packages("requirements.lock")
    assert calls_of(checkout) == []
    assert capsys.readouterr().out == ""


def test_the_packages_of_the_tests_include_those_of_the_program(checkout) -> None:
    checkout.install_python_packages("requirements-test.lock")
    assert len(calls_of(checkout)) == 3
    checkout.install_python_packages("requirements.lock")
    assert calls_of(checkout) == []


@pytest.mark.parametrize(
    "changed", ["requirements.lock", "pyproject.toml", "isnmf_gui/nmf/compiled/walk.c"]
)
def test_a_change_installs_anew_but_keeps_the_environment(changed: str, checkout) -> None:
    checkout.install_python_packages("requirements.lock")
    calls_of(checkout)
    with (checkout.ROOT / changed).open("a") as file:
        file.write("\n# changed\n")
    checkout.install_python_packages("requirements.lock")
    calls = calls_of(checkout)
    assert len(calls) == 2
    assert "venv" not in calls
    checkout.install_python_packages("requirements.lock")
    assert calls_of(checkout) == []


def test_the_program_alone_is_not_enough_for_the_tests(checkout) -> None:
    checkout.install_python_packages("requirements.lock")
    calls_of(checkout)
    checkout.install_python_packages("requirements-test.lock")
    calls = calls_of(checkout)
    assert len(calls) == 2
    assert "requirements-test.lock" in calls[0]


def test_another_python_makes_another_environment(checkout, monkeypatch) -> None:
    checkout.install_python_packages("requirements.lock")
    calls_of(checkout)
    monkeypatch.setattr(checkout, "interpreter", lambda: "another one")
    checkout.install_python_packages("requirements.lock")
    assert calls_of(checkout)[0] == "venv"


def test_an_installation_that_failed_is_tried_again(checkout, monkeypatch, capsys) -> None:
    checkout.install_python_packages("requirements.lock")
    (checkout.ROOT / ".venv" / "requirements.lock.installed").unlink()
    python = checkout.ROOT / ".venv" / "bin" / "python"
    working = python.read_text()
    make_executable(python, "#!/bin/sh\nexit 1\n")
    monkeypatch.setattr(checkout, "install_system_packages", lambda wanted: None)
    monkeypatch.setattr(checkout, "start", lambda arguments: 0)
    assert checkout.main([]) == 1
    said = capsys.readouterr().out
    assert "Could not install the program's packages: " in said
    assert "--require-hashes" in said
    make_executable(python, working)
    calls_of(checkout)
    assert checkout.main([]) == 0
    assert len(calls_of(checkout)) == 2


def test_every_package_of_the_locks_has_a_version_and_hashes() -> None:
    for lock in LOCKS:
        text = (ROOT / lock).read_text().replace("\\\n", " ")
        requirements = [line for line in text.splitlines() if line and line[0] not in "# "]
        assert len(requirements) > 10
        assert all("==" in line and "--hash=sha256:" in line for line in requirements)


def test_the_locks_agree() -> None:
    def versions(lock: str) -> set[str]:
        return {
            line.split()[0]
            for line in (ROOT / lock).read_text().splitlines()
            if line and line[0] not in "# "
        }

    assert versions("requirements.lock") <= versions("requirements-test.lock")


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
    assert "24 components in" in said[2]
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

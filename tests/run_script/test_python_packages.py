"""run.py and Python's packages: what is installed, and when."""

import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from tests.programs import load
from tests.run_script.tools import LOCKS, ROOT, make_executable

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

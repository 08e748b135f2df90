"""Tests, and the programs that they start, touch nothing that is a person's own."""

import os
import pwd
import subprocess
import sys
from pathlib import Path

import pytest

from tests.own_home import PLACES, OwnHome

#: Python code that does what the program does with preferences, recovery and the log.
LEAVING = """
import platformdirs
from isnmf_gui.gui.app import _start_log
from isnmf_gui.gui.appearance.store import open_store
from isnmf_gui.session.recovery.folder import recovery_root
recovery_root().mkdir(parents=True)
store = open_store()
store.setValue("theme", "dark")
store.sync()
_start_log()
print(store.fileName(), recovery_root(), platformdirs.user_log_dir("isnmf-gui"), sep="\\n")
"""


def left_by_a_program(variables: dict[str, str]) -> list[Path]:
    """Return where a program puts its things."""
    done = subprocess.run(
        [sys.executable, "-c", LEAVING], env=variables, capture_output=True, text=True, check=True
    )
    paths = [Path(line) for line in done.stdout.splitlines()]
    assert all(path.exists() for path in paths)
    return paths


def test_a_program_inherits_the_home_and_the_next_one_finds_nothing(own_home: OwnHome) -> None:
    left = left_by_a_program(dict(os.environ))
    assert all(path.is_relative_to(own_home.folder) for path in left)
    assert own_home.clear() == []
    assert not any(path.exists() for path in left)


def test_a_program_without_the_variables_is_noticed(own_home: OwnHome) -> None:
    without = {name: value for name, value in os.environ.items() if name not in PLACES}
    left = left_by_a_program(without)
    assert all(path.is_relative_to(own_home.home) for path in left)
    assert sorted(own_home.clear()) == [".config/isnmf-gui", ".local/state/isnmf-gui"]
    assert not any(path.exists() for path in left)


def test_no_process_of_tests_lives_with_a_person(own_home: OwnHome) -> None:
    persons = Path(pwd.getpwuid(os.getuid()).pw_dir)
    assert Path.home() != persons
    assert all(os.environ[name] == value for name, value in own_home.variables.items())


def test_two_processes_have_two_homes(own_home: OwnHome, monkeypatch: pytest.MonkeyPatch) -> None:
    other = OwnHome()
    monkeypatch.setattr(os, "environ", dict(os.environ))
    other.use()
    assert not set(other.variables.values()) & set(own_home.variables.values())

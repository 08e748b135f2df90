"""run.py and Debian's packages, tried without changing this machine."""

import pytest

from tests.run_script.tools import stand_in

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

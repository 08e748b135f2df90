"""run.py on a machine with nothing but Python, and with or without a display."""

import ast
import os
import socket
import sys
from pathlib import Path

import pytest

from tests.programs import run
from tests.run_script.tools import DISPLAYS, SCRIPT

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

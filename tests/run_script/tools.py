"""Where run.py is, and stand-ins for the programs that it calls."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "run.py"
LOCKS = ("requirements.lock", "requirements-test.lock")
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR")


def make_executable(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


def stand_in(folder: Path, name: str, body: str) -> Path:
    """Make a shell script in place of a tool; return the file that its calls are written to."""
    calls = folder / f"{name}.calls"
    calls.touch()
    make_executable(folder / name, f'#!/bin/sh\necho "$*" >> "{calls}"\n{body}\n')
    return calls

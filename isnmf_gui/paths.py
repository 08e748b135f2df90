"""Where the program's own files are, and how it starts a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
#: What the built program is called with to tell the sound devices: see `bundle/isnmf-gui.py`.
TELL_DEVICES = "--tell-sound-devices"


def resources() -> Path:
    """Return the folder of icons and the demo: in the package, or beside it in a checkout."""
    inside = PACKAGE / "resources"
    return inside if inside.is_dir() else PACKAGE.parent / "resources"


def guide() -> Path:
    """Return the guide's page of contents; its other pages and pictures lie beside it."""
    inside = PACKAGE / "resources" / "docs"
    docs = inside if inside.is_dir() else PACKAGE.parent / "docs"
    return docs / "guide" / "README.md"


def demo_recording() -> Path:
    """Return the path of the demo recording."""
    return resources() / "demo" / "demo.flac"


def own_command(argument: str, code: str) -> list[str]:
    """Return the command of a process that does something for this one.

    Parameters
    ----------
    argument : str
        What the built program, which is no Python, understands instead of code.
    code : str
        What Python is to do.

    Returns
    -------
    list of str
        To be run.
    """
    is_built = getattr(sys, "frozen", False)  # by PyInstaller
    return [sys.executable, argument] if is_built else [sys.executable, "-c", code]

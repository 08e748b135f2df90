"""Where the program's own files are."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


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

"""Draw the desktop's icons from the program's: `python bundle/make_icons.py` in a checkout."""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from isnmf_gui.gui.appearance.theme import render_icon

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "desktop" / "hicolor"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)

if __name__ == "__main__":
    app = QApplication([])
    for size in SIZES:
        path = FOLDER / f"{size}x{size}" / "apps" / "isnmf-gui.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        render_icon("isnmf-gui", "#000000", size).save(str(path))

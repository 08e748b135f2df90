"""Take the pictures of the documentation and carry out the recipes of its guide.

`python docs/make_screenshots.py` in a checkout. The window is real, only its screen is not: no
display is needed.
"""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp()  # nobody's own settings in the pictures
os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp()  # and nobody's work at risk

from PySide6.QtWidgets import QApplication

from docs.screenshots_script import recipes, scenes
from docs.screenshots_script.stage import FOLDER, Stage


def main() -> None:
    """Take every picture, light and dark."""
    FOLDER.mkdir(exist_ok=True)
    stage = Stage(QApplication([]))
    scenes.play(stage)
    recipes.carry_out(stage)
    stage.window.files.close_now()


if __name__ == "__main__":
    main()

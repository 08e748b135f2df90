"""A screen made of software with a mouse and a keyboard: Xvfb and xdotool."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

from PIL import Image, ImageGrab

from tests.sound_card import wait_until

PROGRAMS = ("Xvfb", "xdotool")


class Screen:
    """Xvfb on a display of its own; a program uses it if `environment` is added to its own."""

    def __init__(self, width: int = 1400, height: int = 900) -> None:
        if missing := self.missing():
            raise RuntimeError(f"{', '.join(missing)} missing; `run.py test` installs them")
        self._size = f"{width}x{height}x24"
        for _ in range(5):
            self._start()
            if self._answers():
                return
            self.stop()
        raise RuntimeError("Xvfb did not start")

    @staticmethod
    def missing() -> list[str]:
        """Programs that it needs and that are not installed."""
        return [name for name in PROGRAMS if shutil.which(name) is None]

    def _start(self) -> None:
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", self._size]
        # Or it begins anew, refusing others meanwhile, whenever its last client leaves.
        command += ["-nolisten", "tcp", "-noreset"]
        self._process = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as pipe:
            self.display = f":{pipe.readline().strip()}"

    def _answers(self) -> bool:
        time.sleep(0.2)
        return "x:" in self._tool("getmouselocation")

    @property
    def environment(self) -> dict[str, str]:
        return {"DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}

    def _tool(self, *words: object) -> str:
        command = ["xdotool", *map(str, words)]
        env = os.environ | {"DISPLAY": self.display}
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        return done.stdout

    def window(self, title: str) -> str:
        """Wait for a window whose title contains some text, and give it the keyboard."""
        found: list[str] = []

        def look() -> list[str]:  # it may be gone again a moment later: asked once
            found[:] = self._tool("search", "--onlyvisible", "--name", title).split()
            return found

        wait_until(look, 30, title)
        identity = found[0]
        self._tool("windowfocus", "--sync", identity)
        return identity

    def has_window(self, title: str) -> bool:
        return bool(self._tool("search", "--onlyvisible", "--name", title))

    def has_class(self, name: str) -> bool:
        """Tell whether a window says that it belongs to a program of this class."""
        return bool(self._tool("search", "--onlyvisible", "--class", f"^{name}$"))

    def key(self, *keys: str) -> None:
        """Press keys, each like "ctrl+r"."""
        self._tool("key", "--delay", 60, *keys)

    def type(self, text: str) -> None:
        self._tool("type", "--delay", 20, text)

    def click(self, x: int, y: int, clicks: int = 1) -> None:
        self._tool("mousemove", x, y, "click", "--repeat", clicks, 1)
        time.sleep(0.05)

    def grab(self, path: Path | None = None) -> Image.Image:
        """Take a screenshot."""
        image = ImageGrab.grab(xdisplay=self.display)
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            image.save(path)
        return image

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()

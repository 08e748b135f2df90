"""Run before the built program on Linux: lets it find the PortAudio that lies in its folder.

sounddevice asks the system alone, which may have none.
"""

import ctypes.util
import sys
from pathlib import Path

ask_system = ctypes.util.find_library


def find_library(name):
    """Return the library of a name."""
    own = Path(sys._MEIPASS) / f"lib{name}.so.2"
    return str(own) if name == "portaudio" and own.is_file() else ask_system(name)


ctypes.util.find_library = find_library

"""Linux's sound settings, looked at first: without them PortAudio ends the program."""

from __future__ import annotations

import ctypes
import sys

from isnmf_gui.errors import PlaybackError
from isnmf_gui.texts import tr

LIBRARY = "libasound.so.2"


def check_settings() -> None:
    """Refuse to go on where ALSA's settings define no device at all.

    PortAudio asserts that they do (`BuildDeviceList` in its `pa_linux_alsa.c`), which nothing can
    catch. Settings that cannot be read are an error that it reports.

    Raises
    ------
    PlaybackError
        With what to install.
    """
    if sys.platform != "linux":
        return
    try:
        library = ctypes.CDLL(LIBRARY)
    except OSError:  # then PortAudio does without it
        return
    if library.snd_config_update() < 0:
        return
    settings = ctypes.c_void_p.in_dll(library, "snd_config")
    if library.snd_config_search(settings, b"pcm", ctypes.byref(ctypes.c_void_p())) < 0:
        raise PlaybackError(
            tr(
                "The settings of this computer's sound system are missing. On Debian or Ubuntu: "
                "sudo apt install --reinstall libasound2-data"
            ),
            "ALSA's configuration defines no pcm",
        )

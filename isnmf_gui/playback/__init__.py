"""Playing through the sound card: a transport, and the sources that it plays.

Importing this loads no sound library; that happens when something is played or devices are
listed.
"""

from isnmf_gui.playback.device.device import OutputDevice
from isnmf_gui.playback.device.device_scan import list_output_devices
from isnmf_gui.playback.meter import Levels
from isnmf_gui.playback.mixer import MixSource
from isnmf_gui.playback.mixes import OUTPUTS, Mix
from isnmf_gui.playback.offline import render, render_for_device
from isnmf_gui.playback.source import ArraySource, AudioSource
from isnmf_gui.playback.transport import Transport

__all__ = [
    "OUTPUTS",
    "ArraySource",
    "AudioSource",
    "Levels",
    "Mix",
    "MixSource",
    "OutputDevice",
    "Transport",
    "list_output_devices",
    "render",
    "render_for_device",
]

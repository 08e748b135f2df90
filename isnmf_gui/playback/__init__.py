"""Playing through the sound card: a transport, and the sources that it plays.

Importing this loads no sound library; that happens when something is played or devices are
listed.
"""

from isnmf_gui.playback.device import OutputDevice, list_output_devices
from isnmf_gui.playback.source import ArraySource, AudioSource
from isnmf_gui.playback.transport import Transport

__all__ = ["ArraySource", "AudioSource", "OutputDevice", "Transport", "list_output_devices"]

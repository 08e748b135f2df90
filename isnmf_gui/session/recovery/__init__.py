"""Copies of what is open, for when the program or the computer does not end as it should.

Every running program has a folder of its own with the recording, each array once, and the
document in JSON. Nothing in it is ever overwritten but the JSON, in one step and last, so the
folder holds a whole document at any moment. A lock that the system lets go of with the process
tells the folders of the dead from those of the living.
"""

from isnmf_gui.session.recovery.finding import Recoverable, discard, find_recoverable, recover
from isnmf_gui.session.recovery.keeping import Recovery

__all__ = ["Recoverable", "Recovery", "discard", "find_recoverable", "recover"]

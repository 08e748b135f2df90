"""Errors that a person can act on.

Every message is a sentence to be shown as it stands; what only an engineer needs goes into
`details`. All other exceptions are faults of the program.
"""


class IsnmfError(Exception):
    """Base of all errors that a person can act on.

    Parameters
    ----------
    message : str
        One or two sentences: what is wrong and what can be done.
    details : str, optional
        Technical background, for a copyable details box or the log.
    """

    def __init__(self, message: str, details: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.details = details


class Stopped(Exception):  # noqa: N818 - not an error: the person asked for it
    """Work was stopped because a progress callback said so."""


class RecordingError(IsnmfError):
    """A file cannot be opened as a recording."""


class SettingsError(IsnmfError, ValueError):
    """A setting is out of range, or settings contradict one another."""


class ExportError(IsnmfError):
    """Files cannot be written."""


class ProjectError(IsnmfError):
    """A project file cannot be opened or written."""


class PlaybackError(IsnmfError):
    """Sound cannot be played."""


class MatrixError(IsnmfError, ValueError):
    """A matrix given to the factorization is not usable."""

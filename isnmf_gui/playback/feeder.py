"""The thread that renders ahead of the device."""

import threading
from collections.abc import Callable

from isnmf_gui.errors import PlaybackError
from isnmf_gui.playback.voice import Voice
from isnmf_gui.texts import N_, tr

POLL_S = 0.01
"""How often the ring is looked at. Some 90 ms are still in it when a block fits again."""
NO_THREAD = N_(
    "The system has no room for more work at the moment. Close other programs, then try again."
)


class Feeder:
    """Keeps the ring of one voice at a time full.

    `feed` and `close` belong to the control thread. The thread is started with the first voice;
    it sleeps while there is nothing to play.
    """

    def __init__(self) -> None:
        self._wake = threading.Event()
        self._closing = False
        self._job: tuple[Voice, Callable[[], PlaybackError | None]] | None = None
        self._thread: threading.Thread | None = None

    def feed(self, voice: Voice | None, find_fault: Callable[[], PlaybackError | None]) -> None:
        """Render for this voice from now on.

        Parameters
        ----------
        voice : Voice or None
            None: rest.
        find_fault : callable
            Returns what is wrong with the device, or None. Called from the feeder thread while
            the voice should be heard.

        Raises
        ------
        PlaybackError
            If the system gives no thread.
        """
        self._job = None if voice is None else (voice, find_fault)
        if voice is not None and self._thread is None:
            self._thread = self._started()
        self._wake.set()

    def _started(self) -> threading.Thread:
        thread = threading.Thread(target=self._run, name="playback-feeder", daemon=False)
        try:
            thread.start()
        except RuntimeError as error:
            self._job = None
            raise PlaybackError(str(NO_THREAD), str(error)) from error
        return thread

    def wake(self) -> None:
        """Look at once whether there is something to do."""
        self._wake.set()

    def close(self) -> None:
        """End the thread and wait for it; a block being rendered is finished before."""
        self._closing = True
        self._job = None
        self._wake.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        while not self._closing:
            self._wake.clear()
            # Read after clearing: what is stored later sets the event again.
            job = self._job
            if job is None:
                self._wake.wait()
            elif not self._step(*job):
                is_idle = job[0].drained or job[0].error or job[0].is_resting
                self._wake.wait(None if is_idle else POLL_S)

    def _step(self, voice: Voice, find_fault: Callable[[], PlaybackError | None]) -> bool:
        """Render once; whether there is more to do at once."""
        if voice.drained or voice.error:
            return False
        try:
            is_busy = voice.feed()
            voice.error = None if voice.is_resting else find_fault()
        except Exception as error:  # noqa: BLE001 - a source may raise anything; it is kept
            voice.error = _reading_failed(error)
        if voice.error:
            voice.shut()
            return False
        return is_busy


def _reading_failed(error: Exception) -> PlaybackError:
    if isinstance(error, PlaybackError):
        return error
    fault = PlaybackError(
        tr("Playing stopped because the sound could not be computed. Play again to retry."),
        f"{type(error).__name__}: {error}",
    )
    fault.__cause__ = error
    return fault

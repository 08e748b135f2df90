"""What the window's actions do: the document, the jobs and the player, without any widget."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from isnmf_gui.gui.jobs import Job, Work
from isnmf_gui.gui.live import LiveRun, separate_watched
from isnmf_gui.gui.opening import Opened, open_file
from isnmf_gui.gui.player import Player
from isnmf_gui.playback import ArraySource
from isnmf_gui.playback.mixer import MaskedSource
from isnmf_gui.session.document import Document, add_run, choose_run, open_recording
from isnmf_gui.session.exporting import ExportOrder, Outcome, carry_out
from isnmf_gui.session.separation import Parts, Separation
from isnmf_gui.session.settings import Settings
from isnmf_gui.spectral.pictures import PowerPictures

MAILBOX_MS = 50
#: Key of the recording for the player; a component's is (number of the run, index).
RECORDING = "recording"


class Controller(QObject):
    """Holds the document and everything that changes it. GUI thread only."""

    document_changed = Signal(object)
    recording_opened = Signal(object)
    opening_progressed = Signal(float)
    run_started = Signal(object)
    run_progressed = Signal(object)
    #: A run came to its end with a result, also by being cancelled.
    separated = Signal(object)
    #: No run goes on any more, whatever came of it.
    run_ended = Signal()
    export_progressed = Signal(float)
    export_ended = Signal(object)
    #: A job of this kind ("open", "run", "export") begins or ends.
    busy_changed = Signal()
    failed = Signal(object)
    #: A job was stopped and left nothing: its kind.
    stopped = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = Document()
        self.pictures: PowerPictures | None = None
        self.live: LiveRun | None = None
        self.player = Player(self)
        self._parts: tuple[Separation, Parts] | None = None
        self._jobs: dict[str, Job] = {}
        self._mailbox = QTimer(self)
        self._mailbox.setInterval(MAILBOX_MS)
        self._mailbox.timeout.connect(self._read_mailboxes)

    # -- jobs ---------------------------------------------------------------------------------

    def is_busy(self, kind: str) -> bool:
        """Tell whether a job of a kind ("open", "run", "export") goes on."""
        return kind in self._jobs

    def _begin(self, kind: str, work: Work) -> Job:
        job = Job(work, self)
        self._jobs[kind] = job
        for ended in (job.succeeded, job.failed, job.stopped):
            ended.connect(self._forget_message)  # before what the outcome does
        job.failed.connect(self._job_failed)
        job.stopped.connect(self._job_stopped)
        job.finished.connect(self._job_finished)
        return job

    def _launch(self, job: Job) -> None:
        job.start()
        self._mailbox.start()
        self.busy_changed.emit()

    @Slot()
    def _forget_message(self) -> None:
        """Drop the last progress, which would overwrite the outcome if it was read after it."""
        job = self.sender()
        assert isinstance(job, Job)
        job.take_message()

    @Slot(object)
    def _job_failed(self, error: object) -> None:
        self.failed.emit(error)

    @Slot()
    def _job_stopped(self) -> None:
        self.stopped.emit(self._kind_of(self.sender()))

    @Slot()
    def _job_finished(self) -> None:
        # Only the sender's: another job may have finished too, with its outcome still on the way.
        kind = self._kind_of(self.sender())
        self._jobs.pop(kind).deleteLater()
        if not self._jobs:
            self._mailbox.stop()
        if kind == "run":
            self.live = None
            self.run_ended.emit()
        self.busy_changed.emit()

    def _kind_of(self, sender: QObject) -> str:
        return next(kind for kind, job in self._jobs.items() if job is sender)

    @Slot()
    def _read_mailboxes(self) -> None:
        for kind, job in list(self._jobs.items()):
            message = job.take_message()
            if message is None:
                continue
            if kind == "run":
                if message is not self.live:
                    self.live = message
                    self.run_progressed.emit(message)
            elif kind == "open":
                self.opening_progressed.emit(message)
            else:
                self.export_progressed.emit(message)

    def cancel(self, kind: str) -> None:
        """Stop a job; a run keeps what it has reached."""
        if kind in self._jobs:
            self._jobs[kind].cancel()

    def close(self) -> None:
        """Stop everything, in the order that leaves nothing behind."""
        self._mailbox.stop()
        for job in self._jobs.values():
            job.cancel()
        for job in self._jobs.values():
            job.end()
        self.player.close()

    # -- opening ------------------------------------------------------------------------------

    def open(self, path: Path) -> bool:
        """Open a recording; the document stays as it is unless that succeeds.

        Returns False if another one is being opened.
        """
        if self.is_busy("open"):
            return False
        job = self._begin("open", partial(open_file, path))
        job.succeeded.connect(self._opened)
        self._launch(job)
        return True

    @Slot(object)
    def _opened(self, opened: Opened) -> None:
        self.cancel("run")
        self.player.stop()
        self.pictures = opened.pictures
        self.document = open_recording(self.document, opened.recording)
        self._parts = None
        self.recording_opened.emit(opened.recording)
        self.document_changed.emit(self.document)

    # -- separating ---------------------------------------------------------------------------

    def separate(self, settings: Settings, n_threads: int | None = None) -> None:
        """Start a run, by default with a thread for every core."""
        recording = self.document.recording
        if recording is None or self.is_busy("run"):
            return
        job = self._begin("run", partial(separate_watched, recording, settings, n_threads))
        job.succeeded.connect(self._separated)
        self.run_started.emit(settings)
        self._launch(job)

    @Slot(object)
    def _separated(self, separation: Separation) -> None:
        if separation.recording is not self.document.recording:
            return  # another recording was opened meanwhile
        self.live = None
        self._edit(add_run(self.document, separation))
        self.separated.emit(separation)

    def choose_run(self, run_id: int) -> None:
        """Show and hear another run."""
        self._edit(choose_run(self.document, run_id))

    def _edit(self, document: Document) -> None:
        self.document = document
        self.document_changed.emit(document)

    # -- listening ----------------------------------------------------------------------------

    def separation(self) -> Separation | None:
        """Return what can be seen and heard now: the running factorization, or the chosen run."""
        if self.live is not None and self.live.separation.recording is self.document.recording:
            return self.live.separation
        run = self.document.current_run
        return run.separation if run else None

    def play_recording(self, start_s: float = 0.0) -> None:
        """Play the recording as it was opened."""
        recording = self.document.recording
        if recording is not None:
            source = ArraySource(recording.samples, recording.sample_rate)
            self.player.play(source, RECORDING, start_s)

    def key(self, index: int) -> tuple[int, int]:
        """Return the player's key of a component that is shown; it stays when its run ends."""
        run = self.document.current_run
        if self.live is not None or run is None:
            return len(self.document.runs) + 1, index
        return run.id, index

    def play_component(self, index: int, start_s: float = 0.0) -> None:
        """Play a component of the run that is shown, also while it runs."""
        separation = self.separation()
        if separation is None or index >= separation.settings.n_bases:
            return
        parts = self._parts_of(separation)
        rate = separation.recording.sample_rate
        source = MaskedSource(parts.resynthesis, parts.mask([index]), rate)
        self.player.play(source, self.key(index), start_s)

    def _parts_of(self, separation: Separation) -> Parts:
        if self._parts is None or self._parts[0] is not separation:
            self._parts = (separation, Parts(separation))
        return self._parts[1]

    # -- exporting ----------------------------------------------------------------------------

    def export(self, folder: Path, format_name: str, components: Sequence[int]) -> None:
        """Write components of the chosen run."""
        run = self.document.current_run
        if run is None or self.is_busy("export"):
            return
        order = ExportOrder(run.separation, folder, format_name, tuple(components))
        job = self._begin("export", partial(carry_out, order))
        job.succeeded.connect(self._exported)
        self._launch(job)

    @Slot(object)
    def _exported(self, outcome: Outcome) -> None:
        self.export_ended.emit(outcome)

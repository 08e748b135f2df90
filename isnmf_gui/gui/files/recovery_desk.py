"""Copies for recovery: kept soon after every edit, and offered when the program starts again."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QMainWindow, QMessageBox

from isnmf_gui.errors import IsnmfError
from isnmf_gui.gui.control.controller import Controller
from isnmf_gui.gui.files.file_desk import FileDesk
from isnmf_gui.gui.widgets.message import message_box
from isnmf_gui.session.document.document import Document
from isnmf_gui.session.files.progress import Report
from isnmf_gui.session.project.opening import Opened, prepare
from isnmf_gui.session.recovery import (
    Recoverable,
    Recovery,
    discard,
    find_recoverable,
    recover,
)
from isnmf_gui.texts import tr

log = logging.getLogger(__name__)

#: A copy is kept this long after an edit, however many follow; runs are kept at once.
DELAY_MS = 4000
AGAIN_MS = 500
#: A run that is to end with the program is waited for so long.
PATIENCE_MS = 3000
#: Stands for what was kept of a document that is open no more.
ANOTHERS = object()


@dataclass(frozen=True, eq=False)
class Kept:
    """The document that a copy was kept of, if any, or why there is none."""

    document: Document | None
    fault: str = ""


class RecoveryDesk(QObject):
    """Keeps copies of unsaved work, and offers those of a program that was killed.

    Parameters
    ----------
    controller : Controller
        Holds the document.
    files : FileDesk
        Knows what is saved.
    window : QMainWindow
        What dialogs belong to.
    """

    #: Something for the status bar.
    noticed = Signal(str)

    def __init__(self, controller: Controller, files: FileDesk, window: QMainWindow) -> None:
        super().__init__(controller)
        self._controller, self._files, self._window = controller, files, window
        self._recovery = Recovery()
        self._leaving = False
        self._close_then: Callable[[], object] | None = None
        self._kept: object = None  # the document, None, or what is open no more
        self._offered: list[Recoverable] = []
        self._recovering: Recoverable | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.keep)
        files.changed.connect(self._changed)
        controller.running.separated.connect(self._soon)
        controller.opened.connect(self._opened)
        controller.jobs.ended.connect(self._job_ended)

    # -- keeping ------------------------------------------------------------------------------

    @Slot()
    def _changed(self) -> None:
        if not self._timer.isActive():  # not put off by further edits
            self._timer.start(DELAY_MS)

    @Slot()
    def _soon(self) -> None:
        self._timer.start(0)

    @Slot()
    def keep(self) -> None:
        """Keep a copy of what is unsaved, or none if all is saved; in the background."""
        document = self._controller.document
        wanted = document if self._files.is_unsaved else None
        if wanted is self._kept:
            return
        if self._controller.is_busy("keep"):
            self._timer.start(DELAY_MS)
            return
        self._controller.jobs.start("keep", self._keeping(wanted), self._was_kept)

    def _keeping(self, document: Document | None) -> Callable[[Report], Kept]:
        """Return what keeps a copy of a document as it is called now, or none."""
        files = self._files
        return partial(_keep, self._recovery, document, files.name, files.path, files.fingerprint)

    def _was_kept(self, kept: Kept) -> None:
        self._kept = kept.document
        if kept.fault:
            self.noticed.emit(kept.fault)

    @Slot(str)
    def _job_ended(self, kind: str) -> None:
        if kind == "open":
            self._recovering = None

    def close(self) -> None:
        """Forget the copies, unless the program had to end with unsaved work."""
        self._timer.stop()
        if not self._leaving:
            self._recovery.close()

    def leave(self, close: Callable[[], object]) -> None:
        """Close, and let what is unsaved be offered when the program starts again.

        A run is stopped first, for what it ends with can be continued; what it has reached by
        now is kept if it does not end soon.
        """
        running = self._controller.running
        self._close_then = close
        if not running.is_on:
            self._leave_now()
            return
        running.ended.connect(self._leave_now)
        QTimer.singleShot(PATIENCE_MS, self, self._leave_now)
        self._controller.cancel("run")

    @Slot()
    def _leave_now(self) -> None:
        close, self._close_then = self._close_then, None
        if close is None:
            return
        document = self._controller.document_so_far()
        self._leaving = self._files.is_unsaved or document is not self._controller.document
        try:
            if self._leaving:
                self._keeping(document)(lambda _: True)
        finally:
            close()

    # -- offering -----------------------------------------------------------------------------

    def offer(self) -> None:
        """Look for what a program left that was killed, then offer the newest of it."""
        self._controller.jobs.start("look", partial(find_recoverable, None), self._found)

    def _found(self, left: list[Recoverable]) -> None:
        self._offered = left
        self._offer_next()

    def _offer_next(self) -> None:
        if not self._offered:
            return
        left = self._offered.pop(0)
        name = f"“{left.name}”" if left.name else tr("a recording")
        box = message_box(
            self._window,
            QMessageBox.Icon.Question,
            tr("The program did not end properly while you worked on {name}.", name=name),
            tr(
                "What you did up to {when} was kept: {runs}.",
                when=_date(left.when),
                runs=_runs(left.n_runs),
            ),
        )
        role = QMessageBox.ButtonRole
        back = box.addButton(tr("Get it back"), role.AcceptRole)
        throw_away = box.addButton(tr("Throw it away"), role.DestructiveRole)
        later = box.addButton(tr("Ask again later"), role.RejectRole)
        box.setDefaultButton(back)
        box.setEscapeButton(later)
        back.clicked.connect(partial(self._get_back, left))
        throw_away.clicked.connect(partial(self._throw_away, left))
        later.clicked.connect(lambda: self._offer_next())
        box.open()

    def _get_back(self, left: Recoverable, _checked: bool = False) -> None:
        if self._controller.load(partial(_recover, left)):
            self._recovering = left
        else:  # another file is coming: after that
            self._offered.insert(0, left)
            QTimer.singleShot(AGAIN_MS, self, self._offer_next)

    def _throw_away(self, left: Recoverable, _checked: bool = False) -> None:
        self._controller.jobs.start("discard", partial(_discard, left), self._discarded)

    def _discarded(self, _done: bool) -> None:
        self._offer_next()

    @Slot(object)
    def _opened(self, opened: Opened) -> None:
        """Keep what was recovered as this program's own, then forget the other copy."""
        left, self._recovering = self._recovering, None
        self._kept = None if self._recovery.folder is None else ANOTHERS
        if left is None or not opened.is_recovered:
            return
        self._files.path, self._files.fingerprint = left.project_path, left.fingerprint
        QTimer.singleShot(0, self, self._say_it_is_back)  # after what is said of the recording
        keep_it = self._keeping(opened.document)

        def take_over(report: Report) -> Kept:
            kept = keep_it(report)
            if not kept.fault:
                discard(left.folder)
            return kept

        self._controller.jobs.start("keep", take_over, self._was_kept)

    @Slot()
    def _say_it_is_back(self) -> None:
        self.noticed.emit(tr("Your work is back. Save it to keep it."))


def _keep(
    recovery: Recovery,
    document: Document | None,
    name: str,
    project_path: Path | None,
    fingerprint: str,
    report: Report,
) -> Kept:
    """Keep a copy, or none. Worker thread."""
    try:
        if document is None:
            recovery.clear()
        else:
            recovery.keep(document, name, project_path, fingerprint, report)
    except IsnmfError as error:
        log.warning("%s (%s)", error.message, error.details)
        return Kept(document, error.message)
    return Kept(document)


def _discard(left: Recoverable, _report: Report) -> bool:
    """Throw a copy away. Worker thread."""
    discard(left.folder)
    return True


def _recover(left: Recoverable, report: Report) -> Opened | None:
    """Read a copy. Worker thread."""
    opened = prepare(partial(recover, left.folder), report)
    return opened and replace(opened, is_recovered=True)


def _date(when: datetime) -> str:
    """Return a time as the locale writes it."""
    moment = QDateTime.fromSecsSinceEpoch(int(when.timestamp()))
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)


def _runs(n_runs: int) -> str:
    return {0: tr("no run"), 1: tr("one run")}.get(n_runs, tr("{n} runs", n=n_runs))

"""Tells screen readers what begins, ends and goes wrong, wherever the focus is."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from isnmf_gui.errors import IsnmfError
from isnmf_gui.gui.control.controller import Controller
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.project.opening import Opened
from isnmf_gui.session.runs.settings import RULE_NAMES, Settings, bases_text
from isnmf_gui.texts import tr

URGENT = QAccessible.AnnouncementPoliteness.Assertive


class Announcer(QObject):
    """Announces news of the controller.

    Parameters
    ----------
    controller : Controller
        Whose news.
    window : QWidget
        On whose behalf.
    """

    def __init__(self, controller: Controller, window: QWidget) -> None:
        super().__init__(controller)
        self._window = window
        controller.opened.connect(self._opened)
        controller.running.started.connect(self._run_started)
        controller.running.paused.connect(self._run_paused)
        controller.running.separated.connect(self._run_ended)
        controller.jobs.failed.connect(self._failed)

    @Slot(str)
    def announce(self, text: str, urgent: bool = False) -> None:
        """Let a screen reader say something; without one nothing happens."""
        event = QAccessibleAnnouncementEvent(self._window, text)
        if urgent:
            event.setPoliteness(URGENT)
        QAccessible.updateAccessibility(event)

    @Slot(object)
    def _opened(self, opened: Opened) -> None:
        if opened.is_new and opened.recording.notice:
            self.announce(opened.recording.notice)

    @Slot(object)
    def _run_started(self, settings: Settings) -> None:
        rule = RULE_NAMES[settings.rule]
        self.announce(
            tr(
                "Separation started: {rule}, {bases}.",
                rule=rule,
                bases=bases_text(settings.n_bases),
            )
        )

    @Slot(bool)
    def _run_paused(self, on: bool) -> None:
        self.announce(tr("Separation paused.") if on else tr("Separation goes on."))

    @Slot(object)
    def _run_ended(self, run: Run) -> None:
        result = run.separation.factorization
        components = tr("%n component(s)", "", len(run.components))
        if result.stopped == "cancelled":
            text = tr(
                "Separation cancelled after %n iteration(s): {components}.",
                "",
                result.n_iterations,
                components=components,
            )
        else:
            text = tr(
                "Separation finished after %n iteration(s): {components}.",
                "",
                result.n_iterations,
                components=components,
            )
        self.announce(text)

    @Slot(object)
    def _failed(self, error: IsnmfError) -> None:
        self.announce(error.message, urgent=True)

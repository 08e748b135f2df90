"""Asks about places, and makes strokes of the answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible

from isnmf_gui.gui.control.controller import Controller
from isnmf_gui.gui.guidance import ask_words as words
from isnmf_gui.gui.guidance.ask_bar import AskBar
from isnmf_gui.gui.guidance.new_source_dialog import NewSourceDialog
from isnmf_gui.gui.guidance.sitting import LEAST_SOURCES, Sitting, boxes_of, n_open
from isnmf_gui.gui.playing.listening_desk import ListeningDesk
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.edits.guidance_edits import add_stroke
from isnmf_gui.session.edits.source_edits import add_source
from isnmf_gui.session.files.progress import Report
from isnmf_gui.session.grouping.asking import MIXED, SKIP, Asking, Question
from isnmf_gui.texts import tr

#: Jobs: finding places, which takes some seconds, and choosing one of them.
LOOK, CHOOSE = "ask", "question"
#: So long a screen reader is given to say the question before the place is heard.
SPEECH_MS = 1500
#: An answer that comes sooner was meant for the question before: a key was pressed twice.
TOO_SOON_MS = 200


@dataclass(frozen=True)
class Chosen:
    """What to ask next, and how sure it is until then; None: there is nothing to ask."""

    question: Question | None
    certainty: float


class AskDesk(QObject):
    """Connects the bar that asks with the run that is shown.

    Parameters
    ----------
    controller : Controller
        Whose run is asked about; places are looked for as the job "ask".
    bar : AskBar
        Where it is asked.
    listening : ListeningDesk
        Plays the places.
    """

    #: Something for the status bar.
    noticed = Signal(str)
    #: Something for screen readers.
    said = Signal(str)
    #: The place that is asked about: a `Box`; None: none is.
    box_shown = Signal(object)
    #: Sources are to be suggested first.
    suggest_wanted = Signal()
    #: It has begun to ask about a run: its number.
    began = Signal(int)

    def __init__(self, controller: Controller, bar: AskBar, listening: ListeningDesk) -> None:
        super().__init__(controller)
        self._controller, self._bar, self._listening = controller, bar, listening
        self._sitting: Sitting | None = None  # while it asks, or will
        self._asking: Asking | None = None  # what is known of the run that was asked about last
        self._waits_for = ""  # the job without whose outcome it cannot go on
        self._n_chosen = 0
        self._is_silent = False  # playing failed
        self._is_back = False  # an answer was taken back
        self._since = QElapsedTimer()
        self._speech = QTimer(self)
        self._speech.setSingleShot(True)
        self._speech.setInterval(SPEECH_MS)
        self._speech.timeout.connect(self._play)
        self._connect()

    def _connect(self) -> None:
        controller, bar = self._controller, self._bar
        bar.answered.connect(self.answer)
        bar.again_wanted.connect(self.again)
        bar.new_wanted.connect(self._name_new)
        bar.end_wanted.connect(self.end)
        bar.suggest_wanted.connect(self.suggest_wanted)
        bar.locked_meant.connect(self._say_locked)
        controller.document_changed.connect(self._follow)
        controller.recording_opened.connect(self._forget)
        controller.running.started.connect(self._follow)
        controller.jobs.reported.connect(self._reported)
        controller.jobs.ended.connect(self._job_ended)
        controller.player.failed.connect(self._cannot_play)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the window's actions do."""
        return {"ask": self.ask}

    # -- beginning and ending -----------------------------------------------------------------

    @Slot()
    def ask(self) -> None:
        """Begin to ask; while it asks: the question again."""
        run = self._run()
        if run is None:
            return
        if self._sitting is None:
            self._pause_what_plays()
            self._sitting, self._is_silent = Sitting(run.id, self._asking), False
            self._bar.show_sources(run)
            self.began.emit(run.id)
            self._go_on(run)
        elif self._sitting.question is not None:
            self.again()
        self._bar.setFocus()

    @Slot()
    def end(self) -> None:
        """Ask no more: enough for the person; or close what is left to be read of it."""
        sitting = self._sitting
        if sitting is None:
            self._bar.close_bar()
        elif sitting.answers:
            self._end(words.end_text(sitting, is_all=False))
        else:
            self._end("")
            self.said.emit(tr("No more questions."))

    def _end(self, said: str) -> None:
        """End it with a last word, or without one."""
        self._sitting, self._waits_for = None, ""
        self._speech.stop()
        for kind in (LOOK, CHOOSE):
            self._controller.jobs.cancel(kind)
        self._listening.end_box()
        self.box_shown.emit(None)
        if said:
            self._bar.show_end(said)
            self.said.emit(said)
        else:
            self._bar.close_bar()

    def _run(self) -> Run | None:
        """Return the finished run that is shown, if no other goes on."""
        controller = self._controller
        run = controller.shown_run()
        is_finished = run is controller.document.current_run and not controller.is_busy("run")
        return run if run is not None and is_finished and run.components else None

    def _pause_what_plays(self) -> None:
        """Let nothing else be heard between the places; Space goes on with it."""
        if self._controller.player.is_playing:
            self._listening.end_box()
            self._controller.player.pause()

    # -- what comes next ----------------------------------------------------------------------

    def _go_on(self, run: Run, question: Question | None = None) -> None:
        """Ask a question, or choose one, or look for places, or say what is missing."""
        assert self._sitting is not None
        self._sitting, self._waits_for = replace(self._sitting, question=None), ""
        self._speech.stop()
        if n_open(run) < LEAST_SOURCES:
            self._lack(run)
        elif not self._sitting.fits(run):
            self._look(run)
        else:
            self._choose(run, question)

    def _lack(self, run: Run) -> None:
        text = words.lacking_text(run)
        if self._bar.isVisible() and text == self._bar.title.text():
            return
        self._bar.show_lacking(text, suggests=len(run.sources) < LEAST_SOURCES)
        self.box_shown.emit(None)
        self.said.emit(text)

    def _look(self, run: Run) -> None:
        self.box_shown.emit(None)
        self._bar.show_looking(str(words.LOOKING))
        self.said.emit(str(words.LOOKING))
        self._waits_for = LOOK
        self._controller.jobs.start(LOOK, partial(Asking.of, run), self._found)

    @Slot(str, object)
    def _reported(self, kind: str, share: object) -> None:
        if kind == LOOK and isinstance(share, float):
            self._bar.show_progress(share)

    def _found(self, asking: Asking) -> None:
        run = self._run()
        if self._sitting is not None and self._waits_for == LOOK and run is not None:
            self._sitting = replace(self._sitting, asking=asking)
            self._go_on(run)  # it looks anew if a part was edited meanwhile

    def _choose(self, run: Run, question: Question | None) -> None:
        assert self._sitting is not None
        assert self._sitting.asking is not None
        self._is_back = question is not None
        self._n_chosen += 1
        jobs = self._controller.jobs
        jobs.cancel(CHOOSE)
        self._waits_for = CHOOSE
        number, work = self._n_chosen, partial(_chosen, self._sitting.asking, run, question)
        jobs.start(CHOOSE, work, lambda chosen: self._take_chosen(number, chosen))

    def _take_chosen(self, number: int, chosen: Chosen) -> None:
        run = self._run()
        if self._sitting is None or number != self._n_chosen or run is None:
            return
        self._waits_for = ""
        self._sitting = self._sitting.asked(chosen.question, chosen.certainty)
        self._asking = self._sitting.asking
        if chosen.question is None:
            self._end(words.end_text(self._sitting, is_all=True))
        else:
            self._pose(run)

    def _pose(self, run: Run) -> None:
        """Show, say and play the question."""
        assert self._sitting is not None
        assert self._sitting.question is not None
        text = words.question_text(self._sitting)
        self._bar.show_question(text, words.progress_text(self._sitting))
        self._bar.setAccessibleDescription(words.keys_text(run))
        self.box_shown.emit(self._sitting.question.box)
        said = [*self._last_said(run), text]
        if not self._sitting.answers:
            said.append(words.keys_text(run))
        self.said.emit(" ".join(said))
        self._since.start()
        if not self._is_silent:
            self._play_soon()

    def _last_said(self, run: Run) -> list[str]:
        """Return what was answered last, or that it was taken back, and what came of it."""
        assert self._sitting is not None
        sure = words.sure_text(self._sitting)
        if self._is_back:
            return [tr("Taken back."), sure]
        if not self._sitting.answers:
            return [sure]
        last = self._sitting.answers[-1].said
        still = last in (MIXED, SKIP, *(it.id for it in run.sources))
        return [words.answer_text(last, run), sure] if still else [sure]

    # -- hearing ------------------------------------------------------------------------------

    def _play_soon(self) -> None:
        """Play the place, once a screen reader has said what is asked."""
        if QAccessible.isActive():
            self._listening.end_box()
            self._speech.start()
        else:
            self._play()

    @Slot()
    def _play(self) -> None:
        if self._sitting is not None and self._sitting.question is not None:
            self._listening.end_box()  # the same place once more would end what is heard
            self._listening.hear_box(self._sitting.question.box)

    @Slot()
    def again(self) -> None:
        """Play the place once more, at once."""
        self._speech.stop()
        self._is_silent = False
        self._play()

    @Slot()
    def _cannot_play(self) -> None:
        """Be quiet until the person wants to hear something: one message is enough."""
        self._is_silent = True

    # -- answers ------------------------------------------------------------------------------

    @Slot(object)
    def answer(self, said: int | str) -> None:
        """Take an answer: a source, that it is mixed, or that it is skipped."""
        sitting, run = self._sitting, self._run()
        if sitting is None or sitting.question is None or run is None:
            return
        if self._since.isValid() and self._since.elapsed() < TOO_SOON_MS:
            return
        if isinstance(said, int):
            if self._controller.run_with(sources=[said]) is run:
                self._add(run, said)
        else:
            self._sitting = sitting.answered(said)
            self._go_on(run)

    def _add(self, run: Run, source_id: int) -> None:
        """Make a stroke of the answer, as one step."""
        sitting = self._sitting
        assert sitting is not None
        assert sitting.question is not None
        painted = add_stroke(run, source_id, sitting.question.stroke)
        if len(painted.strokes) == len(run.strokes):
            self._end(tr("No more strokes can be kept in this run: asking has ended."))
            return
        self._sitting = sitting.answered(source_id)
        name = painted.source(source_id).name
        self._controller.edit_run(painted, tr("Ask me: {source}", source=name))  # and `_follow`

    @Slot()
    def _name_new(self) -> None:
        """Ask for the name of a source that the answer is, and that is made for it."""
        if self._sitting is None or self._sitting.question is None:
            return
        question = self._sitting.question
        dialog = NewSourceDialog(self._bar.window())
        dialog.named.connect(lambda name: self._answer_new(question, name))
        dialog.open()

    def _answer_new(self, question: Question, name: str) -> None:
        run = self._run()
        if self._sitting is not None and self._sitting.question is question and run is not None:
            with_it = add_source(run, name)
            self._add(with_it, with_it.sources[-1].id)

    @Slot(str)
    def _say_locked(self, name: str) -> None:
        text = tr("{name} is locked: unlock it to give it more", name=name)
        self.noticed.emit(text)
        self.said.emit(text)

    # -- what happens meanwhile ---------------------------------------------------------------

    @Slot()
    def _forget(self) -> None:
        """Another recording is open: what is asked is none of its business."""
        self._end("")
        self._asking = None

    @Slot()
    def _follow(self) -> None:
        """Go with what becomes of the run: answers that are undone are asked for again."""
        sitting, run = self._sitting, self._run()
        if sitting is None:
            return
        if run is None or run.id != sitting.run_id:
            self._end(self._broken_off(sitting))
            return
        self._bar.show_sources(run)
        boxes = boxes_of(run)
        self._sitting, again = sitting.follow(boxes)
        asked = sitting.question
        if again is not None:
            self._go_on(run, again)
        elif asked is not None and asked.box in boxes:  # it is answered: redone, or painted
            stroke = next(it for it in run.strokes if it.shape == asked.box)
            self._sitting = sitting.answered(stroke.source_id)
            self._go_on(run)
        elif self._has_to_go_on(sitting, run):
            self._go_on(run)

    def _has_to_go_on(self, sitting: Sitting, run: Run) -> bool:
        """Tell whether what is shown in the bar is no longer what there is to say."""
        if self._waits_for == LOOK:
            return False  # whether it fits is seen at its end
        if n_open(run) < LEAST_SOURCES or not sitting.fits(run):
            return True
        return sitting.question is None and not self._waits_for

    def _broken_off(self, sitting: Sitting) -> str:
        ended = tr("Asking has ended, as another run is shown or goes on.")
        return f"{ended} {words.end_text(sitting, is_all=False)}" if sitting.answers else ended

    @Slot(str)
    def _job_ended(self, kind: str) -> None:
        """End where a job was cancelled or failed: nothing was asked because of it."""
        if kind == self._waits_for and not self._controller.jobs.is_busy(kind):
            self.end()


def _chosen(asking: Asking, run: Run, question: Question | None, report: Report) -> Chosen:
    """Choose the next question, unless one is to be asked again. Worker thread."""
    found = question or asking.next_question(run)
    return Chosen(found, asking.certainty(run).whole)

"""What was asked and answered in one go, from the first question to the last."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from isnmf_gui.session.document.document import Run
from isnmf_gui.session.document.guidance import Box
from isnmf_gui.session.grouping.asking import MIXED, SKIP, Asking, Question
from isnmf_gui.session.grouping.certainty import UNSURE

#: Between fewer sources there is nothing to tell apart.
LEAST_SOURCES = 2


@dataclass(frozen=True)
class Answer:
    """What a person said to a question.

    Attributes
    ----------
    question : Question
        What was asked.
    said : int or str
        The source, or `MIXED`, or `SKIP`.
    """

    question: Question
    said: int | str

    @property
    def is_stroke(self) -> bool:
        """Whether it is a stroke of the run."""
        return self.said not in (MIXED, SKIP)


@dataclass(frozen=True)
class Sitting:
    """Questions and answers about one run.

    Attributes
    ----------
    run_id : int
        The run.
    asking : Asking or None
        Chooses questions; None until its places are found.
    answers : tuple of Answer
        In their order.
    question : Question or None
        What is asked now.
    before, last, now : float or None
        How sure it was at the first question, at the one before, and is now; None until known.
    """

    run_id: int
    asking: Asking | None = None
    answers: tuple[Answer, ...] = ()
    question: Question | None = None
    before: float | None = None
    last: float | None = None
    now: float | None = None

    @property
    def n_asked(self) -> int:
        """How many questions were answered, skipped ones not."""
        return sum(answer.said != SKIP for answer in self.answers)

    @property
    def n_strokes(self) -> int:
        """How many of the answers are strokes."""
        return sum(answer.is_stroke for answer in self.answers)

    def fits(self, run: Run) -> bool:
        """Tell whether the places are those of the run as it is now."""
        return self.asking is not None and self.asking.fits(run)

    def answered(self, said: int | str) -> Sitting:
        """Take an answer to what is asked; nothing is asked then."""
        assert self.asking is not None
        assert self.question is not None
        return replace(
            self,
            asking=self.asking.answered(self.question, said),
            answers=(*self.answers, Answer(self.question, said)),
            question=None,
        )

    def asked(self, question: Question | None, certainty: float) -> Sitting:
        """Ask something, and know how sure it is by now."""
        before = certainty if self.before is None else self.before
        return replace(self, question=question, before=before, last=self.now, now=certainty)

    def follow(self, boxes: Collection[Box]) -> tuple[Sitting, Question | None]:
        """Take back the answers whose strokes are gone.

        Parameters
        ----------
        boxes : collection of Box
            What is painted in the run now.

        Returns
        -------
        sitting : Sitting
            Without those answers.
        again : Question or None
            What has to be asked again: the first of them.
        """
        gone = [it for it in self.answers if it.is_stroke and it.question.box not in boxes]
        if not gone:
            return self, None
        left = tuple(it for it in self.answers if it not in gone)
        return replace(self, answers=left, question=None), gone[0].question

    @property
    def has_become_sure(self) -> bool:
        """Whether the last answer made it as sure as can be wished."""
        if self.last is None or self.now is None:
            return False
        return self.last < UNSURE <= self.now


def boxes_of(run: Run) -> frozenset[Box]:
    """Return what is painted as boxes."""
    return frozenset(it.shape for it in run.strokes if isinstance(it.shape, Box))


def n_open(run: Run) -> int:
    """Return how many sources an answer may name: those that are not locked."""
    return sum(not source.is_locked for source in run.sources)

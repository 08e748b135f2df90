"""Undo and redo: the documents of the past, which share all that did not change."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace

from isnmf_gui.session.document.document import Document
from isnmf_gui.texts import tr

#: Changes of one thing that follow each other within this time are one step.
ONE_STEP_S = 1.0
#: Older steps are forgotten.
MOST_STEPS = 1000


@dataclass(frozen=True, eq=False)
class Step:
    """A document and what was done to reach it.

    Attributes
    ----------
    document : Document
        As it was after the step.
    label : str
        What was done, as shown to people.
    number : int
        Tells steps apart; a step keeps it when another run is looked at.
    key : hashable or None
        What was changed: further changes of the same within a moment belong to the same step.
    """

    document: Document
    label: str
    number: int
    key: Hashable = None


class History:
    """The steps that led here, and those that were undone.

    Parameters
    ----------
    document : Document
        To begin with.
    label : str, optional
        What that is called.
    clock : callable, optional
        Returns seconds; for tests.
    is_saved : bool, optional
        Whether a file holds the document.

    Attributes
    ----------
    steps : list of Step
        From the oldest, which has the lowest number; the first is what it began with.
    place : int
        Which of them is the document of the moment.
    """

    def __init__(
        self,
        document: Document,
        label: str = tr("Opened"),
        clock: Callable[[], float] = time.monotonic,
        is_saved: bool = True,
    ) -> None:
        self._clock = clock
        self.steps = [Step(document, label, 0)]
        self.place = 0
        self._last = 0
        self._saved = 0 if is_saved else None
        self._changed_s = -float("inf")

    @property
    def step(self) -> Step:
        """The step of the moment."""
        return self.steps[self.place]

    @property
    def document(self) -> Document:
        """The document of the moment."""
        return self.step.document

    def push(self, document: Document, label: str, key: Hashable = None) -> None:
        """Take the document that an edit returned; what was undone before is forgotten.

        Parameters
        ----------
        document : Document
            After the edit.
        label : str
            What was done.
        key : hashable, optional
            What was changed, if rapid changes of it are to be one step.
        """
        now_s = self._clock()
        del self.steps[self.place + 1 :]
        last = self.steps[-1]
        goes_on = key is not None and key == last.key and now_s - self._changed_s < ONE_STEP_S
        if goes_on and last.number != self._saved:
            self.steps.pop()
        self._last += 1
        self.steps.append(Step(document, label, self._last, key))
        del self.steps[: max(0, len(self.steps) - MOST_STEPS)]
        self.place = len(self.steps) - 1
        self._changed_s = now_s

    def amend(self, document: Document) -> None:
        """Take a document that is looked at differently, but is no other work."""
        self.steps[self.place] = replace(self.step, document=document)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self.place > 0

    @property
    def can_redo(self) -> bool:
        """Whether there is a step that was taken back."""
        return self.place < len(self.steps) - 1

    def undo(self) -> Document:
        """Take the last step back, if there is one."""
        return self.go(max(self.place - 1, 0))

    def redo(self) -> Document:
        """Take again the step that was taken back last, if there is one."""
        return self.go(min(self.place + 1, len(self.steps) - 1))

    def go(self, place: int) -> Document:
        """Go to a step, however far away."""
        self.steps[place]
        self.place = place
        self._changed_s = -float("inf")  # what follows is a step of its own
        return self.document

    def mark_saved(self, step: Step) -> None:
        """Remember which step lies in the file; there may be newer ones by now."""
        self._saved = step.number

    @property
    def saved_place(self) -> int | None:
        """The step that lies in the file, if it is still known."""
        if self._saved is None:
            return None
        place = bisect_left(self.steps, self._saved, key=lambda step: step.number)
        is_known = place < len(self.steps) and self.steps[place].number == self._saved
        return place if is_known else None

    @property
    def is_saved(self) -> bool:
        """Whether the file, or what was opened, is the document of the moment."""
        return self.step.number == self._saved

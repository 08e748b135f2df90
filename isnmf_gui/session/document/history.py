"""Undo and redo: the documents of the past, which share all that did not change."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable
from dataclasses import dataclass, replace

from isnmf_gui.session.document.document import Document
from isnmf_gui.texts import N_

#: Older steps are forgotten.
MOST_STEPS = 1000
OPENED = N_("Opened")


@dataclass(frozen=True, eq=False)
class HistoryStep:
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
        What was changed, if it was by a gesture: further changes of the same by the same gesture
        belong to the same step.
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
        What that is called, if not `OPENED`.
    is_saved : bool, optional
        Whether nothing would be lost: a file holds the document, or it is a recording as opened.
    in_file : bool, optional
        Whether a project file holds the document.

    Attributes
    ----------
    steps : list of HistoryStep
        From the oldest, which has the lowest number; the first is what it began with.
    place : int
        Which of them is the document of the moment.
    """

    def __init__(
        self,
        document: Document,
        label: str = "",
        is_saved: bool = True,
        in_file: bool = False,
    ) -> None:
        self.steps = [HistoryStep(document, label or str(OPENED), 0)]
        self.place = 0
        self._last = 0
        self._saved = 0 if is_saved else None
        self._gesture: int | None = None
        self._n_gestures = 0
        self._in_file = in_file

    @property
    def step(self) -> HistoryStep:
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
            What was changed, if all changes of it by one gesture are to be one step.
        """
        del self.steps[self.place + 1 :]
        by = None if key is None or self._gesture is None else (self._gesture, key)
        last = self.steps[-1]
        if by is not None and by == last.key and last.number != self._saved:
            self.steps.pop()
        self._last += 1
        self.steps.append(HistoryStep(document, label, self._last, by))
        del self.steps[: max(0, len(self.steps) - MOST_STEPS)]
        self.place = len(self.steps) - 1

    def begin_gesture(self) -> None:
        """Let changes of one thing be one step from now on: a fader was taken, a key pressed."""
        self._n_gestures += 1
        self._gesture = self._n_gestures

    def end_gesture(self) -> None:
        """Let every change be a step of its own: the fader, or the key, was let go."""
        self._gesture = None

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
        if self._gesture is not None:
            self.begin_gesture()  # what follows of it is a step of its own
        return self.document

    def mark_saved(self, step: HistoryStep) -> None:
        """Remember which step lies in the file; there may be newer ones by now."""
        self._saved, self._in_file = step.number, True

    @property
    def saved_place(self) -> int | None:
        """The step that lies in the project file, if there is one and it is still known."""
        if not self._in_file or self._saved is None:
            return None
        place = bisect_left(self.steps, self._saved, key=lambda step: step.number)
        is_known = place < len(self.steps) and self.steps[place].number == self._saved
        return place if is_known else None

    @property
    def is_saved(self) -> bool:
        """Whether the file, or what was opened, is the document of the moment."""
        return self.step.number == self._saved

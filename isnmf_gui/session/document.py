"""The document: an immutable snapshot of a person's work, and the edits that make the next."""

from __future__ import annotations

from dataclasses import dataclass, replace

from isnmf_gui.session.recording import Recording
from isnmf_gui.session.separation import Separation
from isnmf_gui.session.settings import RULE_NAMES


@dataclass(frozen=True)
class Component:
    """An audible part: one basis with its activation.

    Attributes
    ----------
    id : int
        Never used again, not even after the component is gone.
    index : int
        Column of the run's basis.
    """

    id: int
    index: int

    @property
    def name(self) -> str:
        """Name shown to people, counted from 1."""
        return f"Component {self.index + 1}"


@dataclass(frozen=True, eq=False)
class Run:
    """One factorization with its settings, loss history and result.

    Attributes
    ----------
    id : int
        Number within the document, from 1.
    separation : Separation
        Settings and result.
    components : tuple of Component
        Its parts.
    """

    id: int
    separation: Separation
    components: tuple[Component, ...]

    @property
    def name(self) -> str:
        """Short description: rule, p, number of bases, seed."""
        settings = self.separation.settings
        rule = RULE_NAMES[settings.rule]
        model = f"p = {settings.domain:g}, {settings.n_bases} bases, seed {settings.seed}"
        return f"{self.id}: {rule}, {model}"


@dataclass(frozen=True, eq=False)
class Document:
    """What is open.

    Attributes
    ----------
    recording : Recording or None
        None before anything was opened.
    runs : tuple of Run
        In the order they were made.
    current_run_id : int or None
        The run to see and hear.
    next_component_id : int
        The id that the next component gets.
    """

    recording: Recording | None = None
    runs: tuple[Run, ...] = ()
    current_run_id: int | None = None
    next_component_id: int = 1

    @property
    def current_run(self) -> Run | None:
        """The run to see and hear."""
        return next((run for run in self.runs if run.id == self.current_run_id), None)


def open_recording(document: Document, recording: Recording) -> Document:
    """Replace the recording; runs belong to the one before and go with it."""
    return Document(recording=recording, next_component_id=document.next_component_id)


def add_run(document: Document, separation: Separation) -> Document:
    """Add a run and make it the current one."""
    first = document.next_component_id
    n_bases = separation.settings.n_bases
    components = tuple(Component(first + index, index) for index in range(n_bases))
    run = Run(len(document.runs) + 1, separation, components)
    return replace(
        document,
        runs=(*document.runs, run),
        current_run_id=run.id,
        next_component_id=first + n_bases,
    )


def choose_run(document: Document, run_id: int) -> Document:
    """Make another run the one to see and hear."""
    if all(run.id != run_id for run in document.runs):
        raise ValueError(f"the document has no run {run_id}")
    return replace(document, current_run_id=run_id)

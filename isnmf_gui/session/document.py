"""The document: an immutable snapshot of a person's work, and the edits that make the next."""

from __future__ import annotations

from dataclasses import dataclass, replace

from isnmf_gui.session.recording import Recording
from isnmf_gui.session.separation import Separation
from isnmf_gui.session.settings import RULE_NAMES


@dataclass(frozen=True)
class Component:
    """An audible part: one basis with its activation, and its place in the mix.

    Attributes
    ----------
    id : int
        Never used again, not even after the component is gone.
    index : int
        Column of the run's basis.
    number : int
        What it is called by unless it has a title, from 1; the same for matched components of
        two runs.
    title : str
        What the person calls it, or "".
    color : int
        Number of its colour; the same for matched components of two runs.
    gain_db : float
        Its level in the mix; at `mixing.LEAST_GAIN_DB` it is silent.
    is_muted, is_soloed : bool
        Muted components are not heard; once any is soloed, nor are those that are not.
    source_id : int or None
        The source that it belongs to.
    """

    id: int
    index: int
    number: int
    color: int
    title: str = ""
    gain_db: float = 0.0
    is_muted: bool = False
    is_soloed: bool = False
    source_id: int | None = None

    @property
    def name(self) -> str:
        """Name shown to people."""
        return self.title or f"Component {self.number}"


@dataclass(frozen=True)
class Source:
    """A named group of components.

    Attributes
    ----------
    id : int
        Number within its run, from 1.
    title : str
        What the person calls it, or "".
    """

    id: int
    title: str = ""

    @property
    def name(self) -> str:
        """Name shown to people."""
        return self.title or f"Source {self.id}"


@dataclass(frozen=True, eq=False)
class Run:
    """One factorization with its settings, loss history and result, and the mix of its parts.

    Attributes
    ----------
    id : int
        Number within the document, from 1; never used again.
    separation : Separation
        Settings and result.
    components : tuple of Component
        Its parts, in the order they are shown.
    sources : tuple of Source
        Groups of them.
    title : str
        What the person calls the run, or "".
    """

    id: int
    separation: Separation
    components: tuple[Component, ...]
    sources: tuple[Source, ...] = ()
    title: str = ""

    @property
    def name(self) -> str:
        """The title, or a short description: rule, p, number of bases, seed."""
        if self.title:
            return self.title
        settings = self.separation.settings
        rule = RULE_NAMES[settings.rule]
        model = f"p = {settings.domain:g}, {settings.n_bases} bases, seed {settings.seed}"
        return f"{self.id}: {rule}, {model}"

    def component(self, index: int) -> Component:
        """Return the component with a column of the basis."""
        return next(it for it in self.components if it.index == index)

    def source_of(self, component: Component) -> Source | None:
        """Return the source that a component belongs to."""
        return next((it for it in self.sources if it.id == component.source_id), None)


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
    mask : {"wiener", "ratio"}
        How parts are cut out of the recording, of whatever run.
    next_run_id, next_component_id : int
        The ids that the next ones get.
    """

    recording: Recording | None = None
    runs: tuple[Run, ...] = ()
    current_run_id: int | None = None
    mask: str = "wiener"
    next_run_id: int = 1
    next_component_id: int = 1

    @property
    def current_run(self) -> Run | None:
        """The run to see and hear."""
        return next((run for run in self.runs if run.id == self.current_run_id), None)

    def run(self, run_id: int) -> Run:
        """Return a run.

        Raises
        ------
        ValueError
            If the document has no such run.
        """
        for run in self.runs:
            if run.id == run_id:
                return run
        raise ValueError(f"the document has no run {run_id}")


def open_recording(document: Document, recording: Recording) -> Document:
    """Replace the recording; runs belong to the one before and go with it."""
    return Document(
        recording=recording, mask=document.mask, next_component_id=document.next_component_id
    )


def make_run(document: Document, separation: Separation) -> Run:
    """Return what a separation becomes when it is added to the document."""
    first = document.next_component_id
    components = tuple(
        Component(first + index, index, number=index + 1, color=index)
        for index in range(separation.settings.n_bases)
    )
    return Run(document.next_run_id, separation, components)


def add_run(document: Document, run: Run) -> Document:
    """Add a run that `make_run` made, and make it the current one."""
    last = max(component.id for component in run.components)
    return replace(
        document,
        runs=(*document.runs, run),
        current_run_id=run.id,
        next_run_id=run.id + 1,
        next_component_id=max(document.next_component_id, last + 1),
    )


def choose_run(document: Document, run_id: int) -> Document:
    """Make another run the one to see and hear."""
    return replace(document, current_run_id=document.run(run_id).id)


def replace_run(document: Document, run: Run) -> Document:
    """Put an edited run in the place of the one with its id."""
    document.run(run.id)
    runs = tuple(run if it.id == run.id else it for it in document.runs)
    return replace(document, runs=runs)


def rename_run(document: Document, run_id: int, title: str) -> Document:
    """Call a run something else; "" gives it back its description."""
    return replace_run(document, replace(document.run(run_id), title=title.strip()))


def delete_run(document: Document, run_id: int) -> Document:
    """Remove a run; its neighbour becomes the current one if it was that."""
    place = document.runs.index(document.run(run_id))
    runs = document.runs[:place] + document.runs[place + 1 :]
    current = document.current_run_id
    if current == run_id:
        current = runs[min(place, len(runs) - 1)].id if runs else None
    return replace(document, runs=runs, current_run_id=current)


def set_mask(document: Document, mask: str) -> Document:
    """Cut parts out another way."""
    return replace(document, mask=mask)

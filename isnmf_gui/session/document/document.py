"""The document: an immutable snapshot of a person's work, and the edits that make the next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from isnmf_gui.session.document.guidance import Stroke
from isnmf_gui.session.document.ids import new_ids
from isnmf_gui.session.runs.separation import Separation
from isnmf_gui.session.runs.settings import RULE_NAMES, bases_text
from isnmf_gui.session.runs.terms import Term
from isnmf_gui.session.sound_files.recording import Recording
from isnmf_gui.texts import tr

#: The id of the source that holds what belongs to no other.
UNASSIGNED = 0


@dataclass(frozen=True)
class Like:
    """The component of an earlier run that a component is the same sound as.

    Attributes
    ----------
    run_id : int
        Of the earlier run, which may be gone.
    number : int
        What it was called by there when the two were compared.
    """

    run_id: int
    number: int


@dataclass(frozen=True)
class Component:
    """An audible part: one basis with its activation, and its place in the mix.

    Attributes
    ----------
    id : int
        Never used again, not even after the component is gone.
    index : int
        Its place in arrays over the run's components: gains, energies, levels. That of one that
        is as it was fitted is its column of the basis.
    number : int
        What it is called by unless it has a title, from 1; no other of its run has it.
    title : str
        What the person calls it, or "".
    color : int
        Number of its colour; the same for matched components of two runs.
    gain_db : float
        Its level in the mix; at `mixing.LEAST_GAIN_DB` it is silent.
    is_muted, is_soloed : bool
        Muted components are not heard; once any is soloed, nor are those that are not.
    source_id : int
        The source that it belongs to; `UNASSIGNED` if none.
    terms : tuple of Term, or None
        What it is made of since it was edited, several terms if it was merged; None: it is as it
        was fitted.
    like : Like or None
        What it was matched with in an earlier run, if anything.
    is_placed : bool
        Whether a person put it where it is: strokes of other sources hardly move it.
    """

    id: int
    index: int
    number: int
    color: int
    title: str = ""
    gain_db: float = 0.0
    is_muted: bool = False
    is_soloed: bool = False
    source_id: int = UNASSIGNED
    terms: tuple[Term, ...] | None = None
    like: Like | None = None
    is_placed: bool = False

    @property
    def name(self) -> str:
        """Name shown to people."""
        return self.title or tr("Component {number}", number=self.number)


@dataclass(frozen=True)
class Source:
    """A named group of components, with a place of its own in the mix.

    Attributes
    ----------
    id : int
        Number within its run, from 1; `UNASSIGNED` for the group of what belongs to none.
    color : int
        Number of its colour.
    title : str
        What the person calls it, or "".
    gain_db, is_muted, is_soloed
        As of a component; both act together.
    is_locked : bool
        Whether it keeps what it has, whatever is painted.
    """

    id: int
    color: int = 0
    title: str = ""
    gain_db: float = 0.0
    is_muted: bool = False
    is_soloed: bool = False
    is_locked: bool = False

    @property
    def name(self) -> str:
        """Name shown to people."""
        if self.id == UNASSIGNED:
            return tr("Unassigned")
        return self.title or tr("Source {id}", id=self.id)


@dataclass(frozen=True, eq=False)
class Run:
    """One factorization with its settings, loss history and result, and what was made of it.

    Attributes
    ----------
    id : int
        Number within the document, from 1; never used again.
    separation : Separation
        Settings and result.
    components : tuple of Component
        Its parts: copies and halves stand beside what they were made of.
    sources : tuple of Source
        Groups of them, in the order they are shown.
    title : str
        What the person calls the run, or "".
    unassigned : Source
        The group of the components that belong to no source.
    model : tuple of Term, or None
        What shares the recording out among the parts; None: what was fitted. Deleting a
        component leaves it in here, so that its energy goes to the residual.
    strokes : tuple of Stroke
        What was painted, in the order it was: which places belong to which source.
    has_open_names : bool
        Whether sources were proposed and got their names without being heard: strokes tell which
        of them each group is.
    """

    id: int
    separation: Separation
    components: tuple[Component, ...]
    sources: tuple[Source, ...] = ()
    title: str = ""
    unassigned: Source = field(default_factory=lambda: Source(UNASSIGNED))
    model: tuple[Term, ...] | None = None
    strokes: tuple[Stroke, ...] = ()
    has_open_names: bool = False

    @property
    def name(self) -> str:
        """The title, or a short description: rule, p, number of bases, seed."""
        if self.title:
            return self.title
        settings = self.separation.settings
        rule = RULE_NAMES[settings.rule]
        return tr(
            "{id}: {rule}, p = {domain:g}, {bases}, seed {seed}",
            id=self.id,
            rule=rule,
            domain=settings.domain,
            bases=bases_text(settings.n_bases),
            seed=settings.seed,
        )

    @property
    def n_indices(self) -> int:
        """Length of arrays over the components."""
        return 1 + max((it.index for it in self.components), default=0)

    def component(self, index: int) -> Component:
        """Return the component with an index.

        Raises
        ------
        ValueError
            If the run has no such component.
        """
        for component in self.components:
            if component.index == index:
                return component
        raise ValueError(f"the run has no component {index}")

    def has_component(self, index: int | None) -> bool:
        """Tell whether there is a component with an index."""
        return any(it.index == index for it in self.components)

    def source(self, source_id: int) -> Source:
        """Return the source with an id, `UNASSIGNED` being one too.

        Raises
        ------
        ValueError
            If the run has no such source.
        """
        for source in self.all_sources:
            if source.id == source_id:
                return source
        raise ValueError(f"the run has no source {source_id}")

    def has_source(self, source_id: int | None) -> bool:
        """Tell whether there is a source with an id."""
        return any(it.id == source_id for it in self.all_sources)

    @property
    def all_sources(self) -> tuple[Source, ...]:
        """The sources, and last what is unassigned."""
        return (*self.sources, self.unassigned)

    def members(self, source_id: int) -> list[Component]:
        """Return the components of a source."""
        return [it for it in self.components if it.source_id == source_id]


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
    next_run_id : int
        The id that the next one gets.
    """

    recording: Recording | None = None
    runs: tuple[Run, ...] = ()
    current_run_id: int | None = None
    mask: str = "wiener"
    next_run_id: int = 1

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
    return Document(recording=recording, mask=document.mask)


def make_run(document: Document, separation: Separation) -> Run:
    """Return what a separation becomes when it is added to the document."""
    components = tuple(
        Component(component_id, index, number=index + 1, color=index)
        for index, component_id in enumerate(new_ids(separation.settings.n_bases))
    )
    return Run(document.next_run_id, separation, components)


def add_run(document: Document, run: Run) -> Document:
    """Add a run that `make_run` made, and make it the current one."""
    return replace(
        document,
        runs=(*document.runs, run),
        current_run_id=run.id,
        next_run_id=run.id + 1,
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


def named(run: Run, indices: Collection[int]) -> str:
    """Return the name of a component, or how many there are."""
    if len(indices) == 1:
        return run.component(next(iter(indices))).name
    return tr("%n component(s)", "", len(indices))

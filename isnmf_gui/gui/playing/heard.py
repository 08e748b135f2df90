"""What is heard at a moment: to go back to it, and to call it by its name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from isnmf_gui.session.document.document import Run, named
from isnmf_gui.session.document.guidance import Box
from isnmf_gui.session.document.source_shares import components_in
from isnmf_gui.texts import clock, number, tr


@dataclass(frozen=True)
class Heard:
    """What was heard at a moment.

    Attributes
    ----------
    run_id : int or None
        Of the run that was shown.
    audition : tuple of int
        Its components that were heard alone.
    source_id : int or None
        The source that they were heard as, if they were.
    plays_for_audition : bool
        Whether it played for their sake.
    is_playing, is_paused : bool
        Whether it played, or was to go on.
    position_s : float
        Where it was.
    """

    run_id: int | None
    audition: tuple[int, ...]
    source_id: int | None
    plays_for_audition: bool
    is_playing: bool
    is_paused: bool
    position_s: float


def is_there(run: Run, indices: Collection[int], source_id: int | None) -> bool:
    """Tell whether what was heard alone still is: components, or what a source has of them."""
    if not all(run.has_component(index) for index in indices):
        return False
    if source_id is None or not indices:
        return True
    return source_id in {source.id for source in run.all_sources} and bool(
        components_in(run, source_id)
    )


def name_of(run: Run, indices: Collection[int], source_id: int | None = None) -> str:
    """Return the name of a component, of a source that holds just these, or how many there are."""
    if source_id in [source.id for source in run.all_sources]:
        return run.source(source_id).name
    if len(indices) > 1:
        for source in run.sources:
            if {it.index for it in run.members(source.id)} == set(indices):
                return source.name
    return named(run, indices)


@dataclass(frozen=True)
class BoxHeard:
    """A box that is heard alone.

    Attributes
    ----------
    box : Box
        The place.
    source_id : int or None
        The source whose share of it is heard; None: the recording.
    before : Heard
        What was heard before.
    as_heard : bool
        Whether it is a place of what was heard before, whatever that is.
    """

    box: Box
    source_id: int | None
    before: Heard
    as_heard: bool = False

    def is_in(self, run: Run | None) -> bool:
        """Tell whether there is what it is a box of, where this run is shown."""
        ids = [source.id for source in run.all_sources] if run else []
        return self.source_id in (None, *ids)

    def name(self, run: Run | None) -> str:
        """Return what is heard, in words."""
        what = tr("What is heard") if self.as_heard else tr("Recording")
        if run is not None and self.source_id is not None:
            what = run.source(self.source_id).name
        return tr("{what}, {place}", what=what, place=place_text(self.box))


def place_text(box: Box) -> str:
    """Write where a box is: 0:01.2–0:01.6, 200–800 Hz."""
    start, stop = clock(max(0.0, box.start_s), 1), clock(box.stop_s, 1)
    low, high = (number(max(0.0, hz), ".0f") for hz in (box.low_hz, box.high_hz))
    return tr("{start}–{stop}, {low}–{high} Hz", start=start, stop=stop, low=low, high=high)

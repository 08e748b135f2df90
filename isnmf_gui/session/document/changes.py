"""What differs between two documents as they are shown: found once, for all who show something."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from isnmf_gui.session.document.document import Document, Run


@dataclass(frozen=True)
class Changes:
    """What differs since the last time something was shown.

    Snapshots share what an edit leaves alone, so most of it is told by comparing identities.

    Attributes
    ----------
    recording : bool
        Another recording is open.
    runs : bool
        There are other runs, one of them has another name or result, or another one is chosen.
    shown_run : bool
        Another run is shown, or none any more: all of it differs.
    parts : frozenset of int
        Indices of the components of the shown run that look and sound otherwise: new, gone, or
        with other factors.
    names : bool
        Components are called, numbered, coloured or ordered otherwise.
    mix : bool
        A gain, mute or solo of components or sources differs, or what a source holds.
    sources : bool
        There are other sources, they are called, coloured or ordered otherwise, or hold others.
    mask : bool
        Parts are cut out another way.
    guidance : bool
        Strokes were made, changed or taken away, or what they say counts otherwise.
    """

    recording: bool = False
    runs: bool = False
    shown_run: bool = False
    parts: frozenset[int] = frozenset()
    names: bool = False
    mix: bool = False
    sources: bool = False
    mask: bool = False
    guidance: bool = False

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return any(getattr(self, field.name) for field in fields(self))

    @property
    def looks(self) -> bool:
        """Whether a picture of the components, with their names, may differ."""
        return self.shown_run or bool(self.parts) or self.names

    @property
    def sound(self) -> bool:
        """Whether what is heard may differ."""
        return (
            self.recording
            or self.shown_run
            or bool(self.parts)
            or self.mix
            or self.mask
            or self.guidance
        )


#: For what is shown for the first time.
EVERYTHING = Changes(
    recording=True,
    runs=True,
    shown_run=True,
    names=True,
    mix=True,
    sources=True,
    mask=True,
    guidance=True,
)


def find_changes(
    before: Document, now: Document, shown_before: Run | None, shown: Run | None
) -> Changes:
    """Find what differs.

    Parameters
    ----------
    before, now : Document
        Two documents.
    shown_before, shown : Run or None
        The run that is seen and heard in each: one of its own, or a snapshot of one that goes on.

    Returns
    -------
    Changes
        False if nothing does.
    """
    return replace(
        find_run_changes(shown_before, shown),
        recording=before.recording is not now.recording,
        runs=_told_of_runs(before) != _told_of_runs(now),
        mask=before.mask != now.mask,
    )


def find_run_changes(before: Run | None, now: Run | None) -> Changes:
    """Find what differs between two runs, or two snapshots of one, that are shown."""
    if before is now:
        return Changes()
    if before is None or now is None or before.id != now.id:
        parts = _indices(before) | _indices(now)
        return Changes(
            shown_run=True, parts=parts, names=True, mix=True, sources=True, guidance=True
        )
    if _is_as(before, now):
        return Changes(parts=_parts(before, now), guidance=before.strokes != now.strokes)
    return Changes(
        parts=_parts(before, now),
        names=_names(before) != _names(now),
        mix=_mix(before) != _mix(now),
        sources=_sources(before) != _sources(now),
        guidance=_guidance(before) != _guidance(now),
    )


def _told_of_runs(document: Document) -> tuple[object, ...]:
    """Return what lists of runs say of them; results are the same only if they are identical."""
    runs = [(run.id, run.title, run.separation) for run in document.runs]
    return document.current_run_id, *runs


def _is_as(before: Run, now: Run) -> bool:
    """Tell whether two runs share all but their results."""
    return (
        before.components is now.components
        and before.sources is now.sources
        and before.unassigned is now.unassigned
    )


def _indices(run: Run | None) -> frozenset[int]:
    return frozenset(component.index for component in run.components) if run else frozenset()


def _parts(before: Run, now: Run) -> frozenset[int]:
    every = _indices(before) | _indices(now)
    if before.separation is not now.separation:
        return every
    then, terms = ({it.index: (it.terms,) for it in run.components} for run in (before, now))
    differ = frozenset(i for i in every if i not in then or then[i] != terms.get(i))
    return every if before.model is not now.model and not differ else differ


def _names(run: Run) -> list[tuple[object, ...]]:
    return [(it.index, it.number, it.title, it.color) for it in run.components]


def _mix(run: Run) -> list[tuple[object, ...]]:
    components = [
        (it.index, it.gain_db, it.is_muted, it.is_soloed, it.source_id) for it in run.components
    ]
    return [
        *components,
        *((it.id, it.gain_db, it.is_muted, it.is_soloed) for it in run.all_sources),
    ]


def _sources(run: Run) -> list[tuple[object, ...]]:
    held = [(it.index, it.source_id) for it in run.components]
    return [*held, *((it.id, it.title, it.color) for it in run.all_sources)]


def _guidance(run: Run) -> tuple[object, ...]:
    held = [(it.index, it.source_id, it.is_placed) for it in run.components]
    locked = [(it.id, it.is_locked) for it in run.all_sources]
    return run.strokes, held, locked, run.has_open_names

"""JSON and arrays as a document again: the way back from `encoding`, with every step checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, cast, get_args, get_type_hints

import numpy as np
from numpy.typing import DTypeLike, NDArray

from isnmf_gui.errors import SettingsError
from isnmf_gui.nmf.results import Checkpoint, Conditions, Ending, Factorization
from isnmf_gui.nmf.rules import Memory
from isnmf_gui.session.document.document import (
    UNASSIGNED,
    Component,
    Document,
    Like,
    Run,
    Source,
)
from isnmf_gui.session.document.guidance import MOST_STROKES, Stroke
from isnmf_gui.session.document.ids import note_used
from isnmf_gui.session.edits.mix_edits import LEAST_GAIN_DB, MOST_GAIN_DB
from isnmf_gui.session.project.fields import LARGEST, Damaged, Fields
from isnmf_gui.session.project.limits import (
    MOST_COUNTED_ID,
    MOST_INDEX,
    MOST_ITERATIONS,
    MOST_NUMBER,
    MOST_SECONDS,
)
from isnmf_gui.session.project.strokes import decode_stroke
from isnmf_gui.session.runs.part_energies import SHARE
from isnmf_gui.session.runs.separation import Separation, measured, region_frames, stft_of
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.runs.terms import Term
from isnmf_gui.session.sound_files.recording import Recording
from isnmf_gui.spectral import MASKS
from isnmf_gui.texts import tr

MOST_SEED = 2**32 - 1

#: Returns the array with a number if it has a shape (−1: of any length) and a type.
ReadArray = Callable[[int, tuple[int, ...], DTypeLike], NDArray[Any]]


def decode(project: Fields, recording: Recording | None, read_array: ReadArray) -> Document:
    """Return the document that `encode` was given.

    Parameters
    ----------
    project : Fields
        Of today's schema.
    recording : Recording or None
        Its recording.
    read_array : callable
        Reads its arrays.

    Returns
    -------
    Document
        With the ids, sources and edits that it had.

    Raises
    ------
    Damaged
        If anything in it is not as it should be.
    """
    entries = project.list_of_fields("runs")
    project.refuse_unless(recording is not None or not entries, "runs")
    runs = tuple(_Reader(recording, read_array).run(entry) for entry in entries if recording)
    ids = [run.id for run in runs]
    next_run_id = project.whole("next_run_id", 1 + max(ids, default=0))
    project.refuse_unless(len(set(ids)) == len(ids), "runs")
    current = project.whole("current_run_id") if project.has("current_run_id") else None
    project.refuse_unless(current is None or current in ids, "current_run_id")
    components = [component.id for run in runs for component in run.components]
    project.refuse_unless(len(set(components)) == len(components), "runs")
    note_used(max((it for it in components if it <= MOST_COUNTED_ID), default=0))
    return Document(recording, runs, current, project.choice("mask", MASKS), next_run_id)


class _Reader:
    """Reads the runs of a recording."""

    def __init__(self, recording: Recording | None, read_array: ReadArray) -> None:
        assert recording is not None  # where there is none, there are no runs to read
        self.recording = recording
        self.read_array = read_array

    def run(self, entry: Fields) -> Run:
        separation = self.separation(entry.fields("separation"))
        terms = self.terms(entry, separation.fitted)
        sources = tuple(map(_source, entry.list_of_fields("sources")))
        components = tuple(_component(it, terms) for it in entry.list_of_fields("components"))
        run = Run(
            id=entry.whole("id", 1),
            separation=separation,
            components=components,
            sources=sources,
            title=entry.text("title"),
            unassigned=_source(entry.fields("unassigned")),
            model=_chosen(entry, "model", terms),
            strokes=tuple(map(_stroke, entry.list_of_fields("strokes"))),
            # The first projects of schema 4 did not say.
            has_open_names=entry.has("has_open_names") and entry.flag("has_open_names"),
        )
        _check_references(entry, run)
        return run

    def terms(self, entry: Fields, fitted: tuple[Term, ...]) -> list[Term]:
        """Return the fitted terms, then those that edits made, which share what is null."""
        terms = list(fitted)
        for made in entry.list_of_fields("terms"):
            origin = None
            if made.has("origin"):
                origin = terms[made.whole("origin", 0, len(terms) - 1)]
                made.refuse_unless(origin.fitted is None, "origin")
            terms.append(self.term(made, origin, fitted[0]))
        return terms

    def term(self, entry: Fields, origin: Term | None, like: Term) -> Term:
        def factor(name: str) -> NDArray[np.float64]:
            if origin is not None and not entry.has(name):
                shared: NDArray[np.float64] = getattr(origin, name)
                return shared
            return self.array(entry, name, getattr(like, name).shape)

        energies = None
        if origin is None or entry.has("energies"):  # those of others are known of their origin
            kinds = entry.fields("energies")
            known = (*MASKS, SHARE) if kinds.has(SHARE) else MASKS
            energies = {kind: kinds.number(kind, 0, LARGEST) for kind in known}
        return Term(factor("basis"), factor("activation"), origin, energies)

    def separation(self, entry: Fields) -> Separation:
        settings = _settings(entry.fields("settings"))
        region_s = None
        if entry.has("region_s"):
            start, stop = entry.numbers("region_s", 2)
            entry.refuse_unless(max(abs(start), abs(stop)) <= MOST_SECONDS, "region_s")
            region_s = (start, stop)
        made = Separation(
            self.recording,
            settings,
            self.factorization(entry, settings, region_s),
            entry.number("seconds", 0, MOST_SECONDS),
            self.energies(entry, settings.n_bases),
            region_s,
        )
        is_older = entry.has("energies") and made.energies is None
        return measured(made) if is_older else made

    def energies(self, entry: Fields, n_bases: int) -> dict[str, NDArray[np.float64]] | None:
        """Return energies and shares; none if they are as older versions measured them."""
        if not entry.has("energies"):
            return None
        kinds = entry.fields("energies")
        energies = {kind: self.array(kinds, kind, (n_bases,)) for kind in MASKS}
        if not kinds.has(SHARE):
            return None
        return energies | {SHARE: self.array(kinds, SHARE, (n_bases,))}

    def factorization(
        self, entry: Fields, settings: Settings, region_s: tuple[float, float] | None
    ) -> Factorization:
        n_bins, n_bases = stft_of(settings).n_bins, settings.n_bases
        n_frames = stft_of(settings).n_frames(self.recording.n_samples)
        first, last = _frames(self.recording, settings, region_s)
        loss = self.array(entry, "loss", (-1,))
        entry.refuse_unless(0 < len(loss) <= MOST_ITERATIONS, "loss")
        checkpoint = None
        if entry.has("checkpoint"):
            checkpoint = self.checkpoint(entry.fields("checkpoint"), settings, last - first)
        return Factorization(
            self.array(entry, "basis", (n_bins, n_bases)),
            self.array(entry, "activation", (n_bases, n_frames)),
            loss,
            cast(Ending, entry.choice("stopped", get_args(Ending))),
            entry.whole("restarts", 0, MOST_ITERATIONS),
            checkpoint,
        )

    def checkpoint(self, entry: Fields, settings: Settings, n_frames: int) -> Checkpoint:
        n_bins, n_bases = stft_of(settings).n_bins, settings.n_bases
        dtype = np.dtype(settings.precision)
        conditions = Conditions(
            (n_frames, n_bins),
            entry.number("scale", 0, np.finfo(np.float64).max),
            entry.whole("fingerprint", 0, 2**32 - 1),
            settings.rule,
            2 / settings.domain,
            n_bases,
            settings.floor,
            dtype,
        )

        def factors(of: Fields, basis: str, activation: str) -> tuple[Any, Any]:
            return (
                self.array(of, basis, (n_bases, n_bins), dtype),
                self.array(of, activation, (n_frames, n_bases), dtype),
            )

        memory = None
        if entry.has("memory"):
            within = entry.fields("memory")
            memory = _memory(within, *factors(within, "T_plain", "V_before"))
            if within.has("best"):
                best = within.fields("best")
                loss = best.number("loss", -np.finfo(np.float64).max, np.finfo(np.float64).max)
                memory.best = (*factors(best, "T", "V"), loss)
        return Checkpoint(*factors(entry, "T", "V"), memory, conditions)

    def array(
        self, entry: Fields, name: str, shape: tuple[int, ...], dtype: DTypeLike = np.float64
    ) -> NDArray[Any]:
        return self.read_array(entry.whole(name), shape, dtype)


def _frames(
    recording: Recording, settings: Settings, region_s: tuple[float, float] | None
) -> tuple[int, int]:
    try:
        return region_frames(recording, settings, region_s)
    except SettingsError as error:
        raise Damaged(tr("the region of one of its runs lies outside of the recording")) from error


def _settings(entry: Fields) -> Settings:
    """Return settings whose values have the types that they are declared with."""
    values: dict[str, Any] = {}
    for name, kind in get_type_hints(Settings).items():
        if kind is str:
            values[name] = entry.text(name)
        elif kind is int:
            values[name] = entry.whole(name, 0, MOST_SEED)
        else:
            values[name] = entry.number(name, 0, MOST_NUMBER) if kind is float else _floor(entry)
    try:
        return Settings(**values)
    except SettingsError as error:
        raise Damaged(
            tr("the settings of a run are not possible ({reason})", reason=error.message[:-1])
        ) from error


def _floor(entry: Fields) -> float | Literal["absolute"]:
    try:
        return entry.number("floor", 0, 1)
    except Damaged:
        entry.choice("floor", ("absolute",))
        return "absolute"


def _memory(entry: Fields, basis: NDArray[Any], activation: NDArray[Any]) -> Memory:
    return Memory(
        basis,
        activation,
        age=entry.number("age", 0, MOST_NUMBER),
        extrapolation=entry.number("extrapolation", 0, 1),
        relaxation=entry.number("relaxation", 0, MOST_NUMBER),
        cautious=entry.whole("cautious", 0, MOST_ITERATIONS),
        fruitless=entry.whole("fruitless", 0, MOST_ITERATIONS),
        restarts=entry.whole("restarts", 0, MOST_ITERATIONS),
    )


def _component(entry: Fields, terms: list[Term]) -> Component:
    return Component(
        id=entry.whole("id", 1),
        index=entry.whole("index", 0, MOST_INDEX),
        number=entry.whole("number", 1),
        color=entry.whole("color"),
        source_id=entry.whole("source_id"),
        terms=_chosen(entry, "terms", terms),
        like=_like(entry.fields("like")) if entry.has("like") else None,
        is_placed=entry.flag("is_placed"),
        **_place_in_the_mix(entry),
    )


def _like(entry: Fields) -> Like:
    return Like(entry.whole("run", 1), entry.whole("number", 1))


def _source(entry: Fields) -> Source:
    return Source(
        entry.whole("id"),
        entry.whole("color"),
        is_locked=entry.flag("is_locked"),
        **_place_in_the_mix(entry),
    )


def _stroke(entry: Fields) -> Stroke:
    return decode_stroke(entry, entry.whole("id", 1), entry.whole("source"))


def _place_in_the_mix(entry: Fields) -> dict[str, Any]:
    return {
        "title": entry.text("title"),
        "gain_db": entry.number("gain_db", LEAST_GAIN_DB, MOST_GAIN_DB),
        "is_muted": entry.flag("is_muted"),
        "is_soloed": entry.flag("is_soloed"),
    }


def _chosen(entry: Fields, name: str, terms: list[Term]) -> tuple[Term, ...] | None:
    """Return the terms with the numbers in a list, at least one, or None for null."""
    if not entry.has(name):
        return None
    numbers = entry.wholes(name, len(terms) - 1)
    entry.refuse_unless(bool(numbers), name)
    return tuple(terms[number] for number in numbers)


def _check_references(entry: Fields, run: Run) -> None:
    """Refuse a run whose parts name what it does not have, or the same twice."""
    sources = [source.id for source in run.sources]
    entry.refuse_unless(len({UNASSIGNED, *sources}) == len(sources) + 1, "sources")
    entry.refuse_unless(run.unassigned.id == UNASSIGNED, "unassigned")
    indices = [component.index for component in run.components]
    entry.refuse_unless(len(set(indices)) == len(indices), "components")
    n_bases = run.separation.settings.n_bases
    for component in run.components:
        known = component.source_id in (UNASSIGNED, *sources)
        made = component.terms is not None or component.index < n_bases
        entry.refuse_unless(known and made, "components")
    strokes = [stroke.id for stroke in run.strokes]
    entry.refuse_unless(len(set(strokes)) == len(strokes) <= MOST_STROKES, "strokes")
    painted = all(stroke.source_id in (UNASSIGNED, *sources) for stroke in run.strokes)
    entry.refuse_unless(painted, "strokes")

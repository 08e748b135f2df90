"""A document as JSON and arrays.

`decoding` is the way back. Whatever changes here needs another schema and a migration.
"""

from __future__ import annotations

from typing import Any

from isnmf_gui import __version__
from isnmf_gui.nmf.results import Checkpoint
from isnmf_gui.nmf.rules import Memory
from isnmf_gui.session.document.document import Component, Document, Run, Source
from isnmf_gui.session.document.guidance import Stroke
from isnmf_gui.session.project.arrays import ArrayTable
from isnmf_gui.session.project.limits import MOST_LETTERS
from isnmf_gui.session.project.migrations import SCHEMA
from isnmf_gui.session.project.strokes import encode_stroke
from isnmf_gui.session.runs.separation import Separation
from isnmf_gui.session.runs.terms import Term
from isnmf_gui.session.sound_files.recording import Recording

FORMAT = "isnmf-project"


def encode(document: Document, table: ArrayTable, sound: str) -> dict[str, Any]:
    """Return a document, ready for JSON.

    Parameters
    ----------
    document : Document
        Whose runs are all of its recording.
    table : ArrayTable
        Takes the arrays; in the JSON stand their numbers.
    sound : str
        Where the recording's bytes are, beside the JSON.

    Returns
    -------
    dict
        Of today's schema.
    """
    recording = document.recording
    return {
        "format": FORMAT,
        "schema": SCHEMA,
        "program": f"isnmf-gui {__version__}",
        "recording": None if recording is None else _recording(recording, sound),
        "mask": document.mask,
        "current_run_id": document.current_run_id,
        "next_run_id": document.next_run_id,
        "runs": [_run(run, table) for run in document.runs],
    }


def _recording(recording: Recording, sound: str) -> dict[str, Any]:
    return {
        "name": recording.name,
        "file": sound,
        "sample_rate": recording.sample_rate,
        "n_samples": recording.n_samples,
        "n_channels": recording.n_channels,
    }


def _run(run: Run, table: ArrayTable) -> dict[str, Any]:
    terms = _Terms(run.separation.fitted, table)
    return {
        "id": run.id,
        "title": run.title[:MOST_LETTERS],
        "separation": _separation(run.separation, table),
        "model": None if run.model is None else terms.numbers(run.model),
        "components": [_component(component, terms) for component in run.components],
        "sources": [_source(source) for source in run.sources],
        "unassigned": _source(run.unassigned),
        "terms": terms.made,
        "strokes": [_stroke(stroke) for stroke in run.strokes],
        "has_open_names": run.has_open_names,
    }


def _component(component: Component, terms: _Terms) -> dict[str, Any]:
    return {
        "id": component.id,
        "index": component.index,
        "number": component.number,
        "color": component.color,
        "title": component.title[:MOST_LETTERS],
        "gain_db": component.gain_db,
        "is_muted": component.is_muted,
        "is_soloed": component.is_soloed,
        "source_id": component.source_id,
        "terms": None if component.terms is None else terms.numbers(component.terms),
        "is_placed": component.is_placed,
        "like": component.like and {"run": component.like.run_id, "number": component.like.number},
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "id": source.id,
        "color": source.color,
        "title": source.title[:MOST_LETTERS],
        "gain_db": source.gain_db,
        "is_muted": source.is_muted,
        "is_soloed": source.is_soloed,
        "is_locked": source.is_locked,
    }


def _stroke(stroke: Stroke) -> dict[str, Any]:
    return {"id": stroke.id, "source": stroke.source_id, **encode_stroke(stroke)}


class _Terms:
    """Numbers of a run's terms: first its fitted ones, then in `made` those that edits made."""

    def __init__(self, fitted: tuple[Term, ...], table: ArrayTable) -> None:
        self._table = table
        self._numbers = {term: number for number, term in enumerate(fitted)}
        self.made: list[dict[str, Any]] = []

    def numbers(self, terms: tuple[Term, ...]) -> list[int]:
        return [self._number(term) for term in terms]

    def _number(self, term: Term) -> int:
        if term not in self._numbers:
            entry = self._entry(term)  # its origin first
            self._numbers[term] = len(self._numbers)
            self.made.append(entry)
        return self._numbers[term]

    def _entry(self, term: Term) -> dict[str, Any]:
        """Return what tells a term from its origin: null is what they share."""
        origin = term.fitted
        factors = {"basis": term.basis, "activation": term.activation}
        entry: dict[str, Any] = {
            "origin": None if origin is None else self._number(origin),
            "energies": term.energies,
        }
        for name, array in factors.items():
            is_shared = origin is not None and array is getattr(origin, name)
            entry[name] = None if is_shared else self._table.number_of(array)
        return entry


def _separation(separation: Separation, table: ArrayTable) -> dict[str, Any]:
    result, energies = separation.factorization, separation.energies
    return {
        "settings": separation.settings.as_dict(),
        "region_s": None if separation.region_s is None else list(separation.region_s),
        "seconds": separation.seconds,
        "stopped": result.stopped,
        "restarts": result.restarts,
        "basis": table.number_of(result.basis),
        "activation": table.number_of(result.activation),
        "loss": table.number_of(result.loss),
        "energies": energies and {kind: table.number_of(array) for kind, array in energies.items()},
        "checkpoint": result.checkpoint and _checkpoint(result.checkpoint, table),
    }


def _checkpoint(checkpoint: Checkpoint, table: ArrayTable) -> dict[str, Any]:
    return {
        "T": table.number_of(checkpoint.T),
        "V": table.number_of(checkpoint.V),
        "scale": checkpoint.conditions.scale,
        "fingerprint": checkpoint.conditions.fingerprint,
        "memory": checkpoint.memory and _memory(checkpoint.memory, table),
    }


def _memory(memory: Memory, table: ArrayTable) -> dict[str, Any]:
    best = memory.best
    return {
        "T_plain": table.number_of(memory.T_plain),
        "V_before": table.number_of(memory.V_before),
        "age": memory.age,
        "extrapolation": memory.extrapolation,
        "relaxation": memory.relaxation,
        "cautious": memory.cautious,
        "fruitless": memory.fruitless,
        "restarts": memory.restarts,
        "best": best
        and {"T": table.number_of(best[0]), "V": table.number_of(best[1]), "loss": best[2]},
    }

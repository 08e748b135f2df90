"""Whatever a person did: what was saved comes back bit for bit."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isnmf_gui.session.document.document import Document, Run, rename_run, replace_run
from isnmf_gui.session.document.guidance import Box, Stroke
from isnmf_gui.session.document.guidance import Path as Brushed
from isnmf_gui.session.document.history import History
from isnmf_gui.session.edits import factor_edits, guidance_edits, mix_edits, source_edits
from isnmf_gui.session.project import open_project, save_project
from isnmf_gui.session.project.arrays import ArrayTable
from isnmf_gui.session.project.encoding import encode
from isnmf_gui.session.runs.terms import Term
from tests.session.comparing import difference

TITLES = st.text(max_size=8)
GAINS_DB = st.floats(-60, 12)
SECONDS = st.floats(0, 1)
SHAPES = st.builds(
    lambda start_s, low_hz: Box(start_s, start_s + 0.1, low_hz, 2 * low_hz),
    SECONDS,
    st.floats(50, 2000),
) | st.builds(
    Brushed,
    st.lists(st.tuples(SECONDS, st.floats(50, 3000)), min_size=1, max_size=4).map(tuple),
    st.floats(0.1, 2),
    st.integers(1, 8),
)
STROKES = st.builds(
    Stroke, st.just(0), st.just(0), SHAPES, st.lists(SHAPES, max_size=2).map(tuple), st.booleans()
)

Edit = Callable[[Run, list[int], Any], Run]


def replaced(run: Run, chosen: list[int], draw: Any) -> Run:
    """Split as a refit would: the model gets terms of its own in the place of one."""
    terms = factor_edits.terms_of(run, run.component(chosen[0]))
    energies = {"wiener": draw(st.floats(0, 1)), "ratio": 0.5}
    if draw(st.booleans()):  # which older versions did not know
        energies["share"] = 0.7
    halves = [
        Term(term.basis / 2, term.activation, energies=energies) for term in terms for _ in "ab"
    ]
    model = run.separation.fitted
    return factor_edits.replace_component(
        run, chosen[0], [tuple(halves[::2]), tuple(halves[1::2])], (*model[1:], *halves)
    )


EDITS: dict[str, Edit] = {
    "merge": lambda run, chosen, draw: factor_edits.merge(run, chosen) if chosen[1:] else run,
    "duplicate": lambda run, chosen, draw: factor_edits.duplicate(run, chosen),
    "delete": lambda run, chosen, draw: factor_edits.delete(run, chosen[:1]),
    "split": replaced,
    "scale": lambda run, chosen, draw: factor_edits.scale_stretch(
        run, chosen, tuple(sorted((draw(SECONDS), draw(SECONDS)))), draw(GAINS_DB)
    ),
    "draw": lambda run, chosen, draw: factor_edits.draw_activation(
        run, chosen[0], 2, np.array(draw(st.lists(st.floats(0, 1e30), min_size=1, max_size=5)))
    ),
    "smooth": lambda run, chosen, draw: factor_edits.smooth_activations(run, chosen, 0.1),
    "band": lambda run, chosen, draw: factor_edits.remove_band(run, chosen, 300.0, 700.0),
    "restore": lambda run, chosen, draw: factor_edits.restore(run, chosen),
    "group": lambda run, chosen, draw: source_edits.group(run, chosen, draw(TITLES)),
    "ungroup": lambda run, chosen, draw: source_edits.ungroup(run, chosen),
    "paint": lambda run, chosen, draw: guidance_edits.add_stroke(
        run, draw(st.sampled_from([it.id for it in run.all_sources])), draw(STROKES)
    ),
    "open names": lambda run, chosen, draw: replace(run, has_open_names=draw(st.booleans())),
    "lock": lambda run, chosen, draw: source_edits.lock_source(run, 0, draw(st.booleans())),
    "assign": lambda run, chosen, draw: source_edits.assign(
        run, chosen, draw(st.sampled_from([it.id for it in run.all_sources]))
    ),
    "source gain": lambda run, chosen, draw: source_edits.set_source_gain(run, 0, draw(GAINS_DB)),
    "gain": lambda run, chosen, draw: mix_edits.set_gain(run, chosen, draw(GAINS_DB)),
    "solo": lambda run, chosen, draw: mix_edits.set_soloed(run, chosen, draw(st.booleans())),
    "name": lambda run, chosen, draw: mix_edits.rename_component(run, chosen[0], draw(TITLES)),
}


def one_edit(document: Document, draw: Any) -> Document:
    run = document.run(draw(st.sampled_from([1, 2])))
    if not run.components:
        return rename_run(document, run.id, draw(TITLES))
    indices = [component.index for component in run.components]
    chosen = draw(st.lists(st.sampled_from(indices), min_size=1, max_size=3, unique=True))
    edit = EDITS[draw(st.sampled_from(sorted(EDITS)))]
    return replace_run(document, edit(run, chosen, draw))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("edits")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), n_edits=st.integers(1, 8))
def test_any_edits_come_back(document: Document, folder: Path, data: Any, n_edits: int) -> None:
    for _ in range(n_edits):
        document = one_edit(document, data.draw)
    opened = open_project(save_project(document, folder / "p.isnmf").path)
    assert difference(opened, document) == ""


def fingerprint(document: Document) -> str:
    """Return what the document is worth, to the last bit, and shares nothing with it."""
    digest = hashlib.sha256()
    table = ArrayTable()
    digest.update(
        json.dumps(encode(document, table, "recording/original"), sort_keys=True).encode()
    )
    for number in sorted(table.arrays):
        digest.update(table.arrays[number].tobytes())
    return digest.hexdigest()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), n_edits=st.integers(1, 8))
def test_any_edits_undone_and_redone_give_every_bit_back(
    document: Document, data: Any, n_edits: int
) -> None:
    """Not only are the old documents gone back to: no edit has written into what they share."""
    history, worth = History(document), [fingerprint(document)]
    for number in range(n_edits):
        history.push(one_edit(history.document, data.draw), f"Edit {number}")
        worth.append(fingerprint(history.document))
        if data.draw(st.booleans()) and history.can_undo:
            history.undo()
            assert fingerprint(history.document) == worth[-2]
            history.redo()
    for expected in reversed(worth[:-1]):
        assert fingerprint(history.undo()) == expected
    for expected in worth[1:]:
        assert fingerprint(history.redo()) == expected

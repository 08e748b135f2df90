"""Terms are named by their column, and their factors gathered once, whichever threads ask."""

import gc
import random
import weakref
from dataclasses import replace

import numpy as np
import pytest

from isnmf_gui.session.document.component_factors import column_of, factors_of, terms_of
from isnmf_gui.session.document.component_sounds import Sounds
from isnmf_gui.session.document.continuing import as_fitted
from isnmf_gui.session.document.document import Document, Run, add_run, make_run
from isnmf_gui.session.edits import factor_edits
from isnmf_gui.session.edits.splitting import put_in, split
from isnmf_gui.session.project import open_project, save_project
from isnmf_gui.session.runs import separation as separations
from isnmf_gui.session.runs.separation import Separation, stft_of
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.runs.terms import FactorsCache, Term, fitted_terms
from isnmf_gui.spectral import Factors, Stft
from tests.threads import at_once


@pytest.fixture
def confused(separation: Separation) -> Run:
    """A run whose edits were made with other objects for its columns than it has now.

    As when two threads asked for them at once, which Python's own properties allow.
    """
    other = replace(separation)
    run = factor_edits.merge(_run(other), [0, 1])
    run = factor_edits.remove_band(run, [2], 0, 500)
    return replace(run, separation=separation)


def _run(separation: Separation) -> Run:
    return make_run(Document(), separation)


def test_terms_of_one_column_are_equal_and_others_only_to_themselves(separation) -> None:
    ours, theirs = separation.fitted, replace(separation).fitted
    assert ours == theirs
    assert ours[0] is not theirs[0]
    assert len({*ours, *theirs}) == len(ours)
    assert ours[0] != ours[1]
    edited = [ours[0].edited(basis=2 * ours[0].basis) for _ in range(2)]
    assert edited[0] == edited[0]
    assert edited[0] != edited[1] != ours[0]
    assert Term(ours[0].basis, ours[0].activation) != ours[0]
    assert ours[0] != 0


def test_whose_terms_were_made_in_another_thread_is_still_one_run(confused: Run, tmp_path) -> None:
    assert [column_of(confused, it) for it in confused.components] == [None, 2]
    sounds = Sounds()
    sounds.take(confused, "wiener")
    assert np.isfinite(sounds.energies()).all()
    fresh = as_fitted(Document(), confused, 5)
    assert len(fresh.components) == 3
    halved = put_in(confused, split(confused, 2))
    assert halved is not None
    assert len(halved.model) == 4  # two of the three columns, and the halves
    path = tmp_path / "edited.isnmf"
    document = add_run(Document(confused.separation.recording), halved)
    save_project(document, path)
    (opened,) = open_project(path).runs
    for one, other in zip(opened.components, halved.components, strict=True):
        for mine, yours in zip(terms_of(opened, one), terms_of(halved, other), strict=True):
            np.testing.assert_array_equal(mine.basis, yours.basis)
            assert mine.origin.column == yours.origin.column


def test_fitted_terms_are_the_same_for_all_threads(separation: Separation) -> None:
    for _ in range(20):
        fresh = replace(separation)
        found = at_once(lambda fresh=fresh: (fresh.fitted, fresh.factors, fresh.edited_factors))
        assert len({tuple(map(id, it)) for it in found}) == 1


def test_factors_are_found_by_many_threads_at_once() -> None:
    terms = fitted_terms(np.ones((4, 40)), np.ones((40, 5)))
    cache, like = FactorsCache(), Factors.of(np.ones((4, 1)), np.ones((1, 5)), 2.0, np.float32)
    seeds = iter(range(8))

    def ask() -> None:
        chance = random.Random(next(seeds))
        for _ in range(2000):
            n = chance.randrange(1, 40)
            assert len(cache.get(terms[:n], None, None, like).basis) == n

    at_once(ask)


def test_factors_are_kept_while_somebody_has_them_and_the_newest(run: Run) -> None:
    edited = [factor_edits.merge(run, pair) for pair in ([0, 1], [1, 2], [0, 2])]
    held = factors_of(edited[0])
    second = weakref.ref(factors_of(edited[1]))
    gc.collect()
    assert second() is factors_of(edited[1])
    third = weakref.ref(factors_of(edited[2]))
    gc.collect()
    assert second() is None
    assert third() is not None
    assert factors_of(edited[0]) is held


def test_factors_of_a_model_that_is_gone_are_not_taken_for_anothers(run: Run) -> None:
    model = run.separation.fitted
    for n in range(200):  # a new model may lie where an old one lay
        scaled = tuple(term.edited(basis=term.basis * (n + 1)) for term in model)
        found = factors_of(replace(factor_edits.merge(run, [0, 1]), model=scaled))
        assert found.model is not None
        np.testing.assert_allclose(found.model.basis[0], (n + 1) * model[0].basis, rtol=1e-6)


def test_weighed_activations_that_are_not_edited_are_not_copied(separation) -> None:
    halved = replace(separation, settings=replace(separation.settings, domain=1.5))
    run = factor_edits.remove_band(_run(halved), [0], 0, 500)
    factors = factors_of(run)
    assert factors.weighed is not None
    assert factors.weighed[1] is factors.activation
    assert factors.weighed[0] is not factors.basis
    run = factor_edits.scale_stretch(_run(halved), [0], (0, 0.1), -6)
    factors = factors_of(run)
    assert factors.weighed is not None
    assert factors.weighed[0] is factors.basis
    expected = np.stack([term.weighed(1.5)[1] for _, term in _terms(run)], axis=1)
    np.testing.assert_allclose(factors.weighed[1], expected, rtol=1e-6)


def _terms(run: Run) -> list[tuple[int, Term]]:
    return [(it.index, term) for it in run.components for term in terms_of(run, it)]


def test_there_is_one_transform_for_all_threads() -> None:
    settings = Settings()
    for _ in range(20):
        separations._stft.cache_clear()
        found: list[Stft] = at_once(lambda: stft_of(settings))
        assert len({id(it) for it in found}) == 1


def test_columns_are_numbered() -> None:
    terms = fitted_terms(np.ones((4, 3)), np.ones((3, 5)))
    assert [term.column for term in terms] == [0, 1, 2]

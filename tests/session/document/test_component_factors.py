"""What components look like: as they were fitted, edited, and merged."""

import numpy as np
import pytest

from isnmf_gui.session.document.changes import find_run_changes
from isnmf_gui.session.document.component_factors import (
    column_of,
    factors_of_component,
    loudest_of,
    terms_of,
)
from isnmf_gui.session.document.document import Component, Run
from isnmf_gui.session.edits import factor_edits, mix_edits, source_edits


def model(run: Run, component: Component) -> np.ndarray:
    """Return the model of a component, shape (n_frames, n_bins): the sum of its terms."""
    outer = [np.outer(term.activation, term.basis) for term in terms_of(run, component)]
    return np.sum(outer, axis=0) ** (2 / run.separation.settings.domain)


def test_the_loudest_point_of_a_component_is_that_of_its_picture(run: Run) -> None:
    for component in run.components:
        assert loudest_of(run, component) == pytest.approx(model(run, component).max())


def test_a_merged_component_is_as_loud_as_its_terms_together(run: Run) -> None:
    alone = [loudest_of(run, component) for component in run.components[:2]]
    merged = factor_edits.merge(run, [0, 1])
    whole = merged.component(0)
    loudest = model(merged, whole).max()
    assert max(alone) <= loudest_of(merged, whole) <= loudest * (1 + 1e-9)
    assert loudest_of(merged, whole) > loudest / 2


def test_a_component_is_looked_at_with_all_its_terms(run: Run) -> None:
    merged = factor_edits.merge(factor_edits.remove_band(run, [1], 500.0, 2000.0), [0, 1])
    factors = factors_of_component(merged, merged.component(0))
    seen = (factors.activation @ factors.basis) ** (2 / factors.domain)
    np.testing.assert_allclose(seen, model(merged, merged.component(0)), rtol=1e-5)


def test_gains_names_and_sources_make_no_other_parts(run: Run) -> None:
    mixed = mix_edits.rename_component(mix_edits.set_gain(run, [0], -6), 1, "Bell")
    assert not find_run_changes(run, source_edits.group(mixed, [0, 1])).parts
    smoothed = factor_edits.smooth_activations(run, [0], 0.1)
    assert find_run_changes(run, smoothed).parts == {0}
    assert find_run_changes(run, factor_edits.delete(run, [0])).parts == {0}


def test_a_component_knows_the_column_that_it_was_made_of(run: Run) -> None:
    edited = factor_edits.duplicate(factor_edits.remove_band(run, [2], 300.0, 700.0), [2])
    assert [column_of(edited, it) for it in edited.components] == [0, 1, 2, 2]
    merged = factor_edits.merge(run, [0, 1])
    assert [column_of(merged, it) for it in merged.components] == [None, 2]

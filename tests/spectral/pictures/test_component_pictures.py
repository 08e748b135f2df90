"""Pictures of many components at once are those of each alone; outlines lose no extreme."""

import numpy as np
import pytest

from isnmf_gui.spectral.pictures.component_pictures import component_levels
from isnmf_gui.spectral.pictures.grid import Span, component_picture, to_levels
from isnmf_gui.spectral.pictures.outlines import outline


@pytest.mark.parametrize("domain", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("logarithmic", [False, True])
def test_all_at_once_as_each_alone(domain: float, logarithmic: bool) -> None:
    generator = np.random.default_rng(1)
    basis, activation = generator.gamma(0.2, size=(129, 7)), generator.gamma(0.2, size=(7, 300))
    time, frequency = Span(0, 299, 50), Span(2, 128, 40, logarithmic)
    chosen = [5, 0, 3]
    found = component_levels(basis[:, chosen], activation[chosen], domain, time, frequency, 80.0)
    assert found.shape == (3, 40, 50)
    for picture, index in zip(found, chosen, strict=True):
        t, v = basis[:, index], activation[index]
        loudest = (t.max() * v.max()) ** (2 / domain)
        alone = component_picture(t, v, domain, time, frequency, loudest)
        expected = to_levels(alone, -80.0, 0.0)[::-1]
        assert np.abs(picture.astype(int) - expected).max() <= 1  # of 255: by rounding


def test_silence_is_dark() -> None:
    basis, activation = np.full((33, 2), 1e-15), np.full((2, 20), 1e-15)
    spans = Span(0, 19, 10), Span(0, 32, 10)
    assert not component_levels(basis, activation, 2.0, *spans, 80.0, True).any()
    zeros = component_levels(basis * 0, activation * 0, 2.0, *spans, 80.0)
    assert zeros.shape == (2, 10, 10)


@pytest.mark.parametrize("logarithmic", [False, True])
@pytest.mark.parametrize(("start", "stop"), [(0, 999), (100, 900), (-5, 2000), (998.5, 999)])
def test_outlines_keep_extremes(start: float, stop: float, logarithmic: bool) -> None:
    values = np.random.default_rng(2).standard_normal((3, 1000))
    positions, points = outline(values, start, stop, 60, logarithmic)
    first, last = max(0, int(start)), min(1000, int(np.ceil(stop)) + 1)
    if logarithmic and first == 0 and last - first > 120:
        first = 1  # nothing stands at 0 on such an axis
    assert points.shape == (3, len(positions))
    assert len(positions) <= 120
    assert (np.diff(positions) >= 0).all()
    np.testing.assert_allclose(points.max(axis=1), values[:, first:last].max(axis=1))
    np.testing.assert_allclose(points.min(axis=1), values[:, first:last].min(axis=1))

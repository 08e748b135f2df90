import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isnmf_gui.spectral import Stft
from isnmf_gui.spectral.pictures.colormap import MAPS, color_table
from isnmf_gui.spectral.pictures.grid import (
    Grid,
    Span,
    component_picture,
    decibels,
    pool,
    to_levels,
)
from isnmf_gui.spectral.pictures.power_pictures import (
    LEVEL_FRAMES,
    STEP_DB,
    PowerPictures,
    codes_of,
    whole_picture,
)

GRID = Grid(0.01, 20.0)


def pictures_of(power: np.ndarray) -> PowerPictures:
    return PowerPictures(codes_of(power), GRID)


often = settings(derandomize=True, deadline=None, max_examples=150)


def items_under_pixels(span: Span, length: int) -> list[range]:
    """The items of each pixel by the definition: item i covers i − 0.5 to i + 0.5."""
    spaced = np.geomspace if span.logarithmic else np.linspace
    edges = spaced(span.start, span.stop, span.pixels + 1)
    items = []
    for pixel in range(span.pixels):
        first = min(max(int(np.floor(edges[pixel] + 0.5)), 0), length - 1)
        if pixel + 1 < span.pixels:
            stop = int(np.floor(edges[pixel + 1] + 0.5))
        else:
            stop = int(np.ceil(edges[-1] + 0.5))
        items.append(range(first, min(max(stop, first + 1), length)))
    return items


def pooled_directly(values: np.ndarray, time: Span, frequency: Span) -> np.ndarray:
    rows = items_under_pixels(frequency, values.shape[1])
    columns = items_under_pixels(time, values.shape[0])
    return np.array([[values[np.ix_(c, r)].max() for c in columns] for r in rows])


@st.composite
def spans(draw: st.DrawFn, length: int) -> Span:
    start, stop = sorted(
        draw(st.lists(st.integers(-2, 2 * length), min_size=2, max_size=2, unique=True))
    )
    # Quarters only, so that rounding decides nothing.
    return Span(start / 2 - 0.25, stop / 2 - 0.25, draw(st.sampled_from([1, 2, 4, 8, 64])))


@often
@given(st.integers(1, 40), st.data())
def test_pixels_show_the_largest_value_under_them(length, data) -> None:
    span = data.draw(spans(length))
    values = np.random.RandomState(length).permutation(length).astype(float)
    expected = [values[list(items)].max() for items in items_under_pixels(span, length)]
    np.testing.assert_array_equal(pool(values, span, 0), expected)


@pytest.mark.parametrize("pixels", [1, 2, 3, 7, 50])
@pytest.mark.parametrize("length", [1, 2, 9, 10, 49, 50, 51, 1000])
def test_no_item_of_the_whole_axis_is_left_out(length, pixels) -> None:
    for item in {0, length // 2, length - 1}:
        values = np.zeros(length)
        values[item] = 1
        assert pool(values, Span(-0.5, length - 0.5, pixels), 0).max() == 1


def test_values_repeat_where_there_are_more_pixels() -> None:
    values = np.arange(3.0)
    expected = np.repeat(values, 4)
    np.testing.assert_array_equal(pool(values, Span(-0.5, 2.5, 12), 0), expected)


def test_beyond_the_ends_the_last_values_go_on() -> None:
    result = pool(np.arange(3.0), Span(-4.5, 7.5, 12), 0)
    np.testing.assert_array_equal(result, [0, 0, 0, 0, 0, 1, 2, 2, 2, 2, 2, 2])


@pytest.mark.parametrize("logarithmic", [False, True])
@pytest.mark.parametrize("pixels", [(1, 1), (7, 5), (40, 30), (200, 100)])
def test_pictures_are_those_made_directly(logarithmic, pixels) -> None:
    power = np.random.RandomState(0).standard_exponential((60, 33)).astype(np.float32)
    time = Span(3.2, 51.7, pixels[0])
    frequency = Span(1.3, 32.4, pixels[1], logarithmic)
    expected = 10 * np.log10(pooled_directly(power, time, frequency) / power.max())
    result = pictures_of(power).render(time, frequency)
    assert result.shape == pixels[::-1]
    np.testing.assert_allclose(result, expected, atol=1.01 * STEP_DB)


def test_logarithmic_spans_give_each_pixel_the_same_ratio() -> None:
    edges = Span(1, 1024, 10, logarithmic=True).edges(2000)
    np.testing.assert_array_equal(edges, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512])
    # An octave per pixel: the tone in bin 100 lies between 64 and 128.
    spectrum = np.zeros(2000)
    spectrum[100] = 1
    picture = pool(spectrum, Span(1, 1024, 10, logarithmic=True), 0)
    np.testing.assert_array_equal(np.flatnonzero(picture), [6])


def test_a_grid_places_seconds_and_hertz() -> None:
    grid = Grid(frame_s=0.01, bin_hz=20.0)
    time = grid.time(0.5, 2.5, 100)
    assert (time.start, time.stop, time.pixels) == pytest.approx((50, 250, 100))
    band = grid.frequency(100, 4000, 30, logarithmic=True)
    assert (band.start, band.stop, band.pixels) == pytest.approx((5, 200, 30))
    assert band.logarithmic


@pytest.mark.parametrize("n_frames", [1, 255, 256, 257, 5000, 40_001])
def test_levels_keep_the_maximum(n_frames) -> None:
    power = np.random.RandomState(0).standard_exponential((n_frames, 3)).astype(np.float32)
    pictures = pictures_of(power)
    assert len(pictures.levels[-1]) <= 4 * LEVEL_FRAMES**2
    assert pictures.largest_db == pytest.approx(10 * np.log10(power.max()), abs=STEP_DB)
    for scale, level in enumerate(pictures.levels):
        frames = LEVEL_FRAMES**scale
        expected = [power[i : i + frames].max(axis=0) for i in range(0, n_frames, frames)]
        np.testing.assert_array_equal(level, codes_of(np.array(expected)))


@pytest.mark.parametrize("pixels", [1, 3, 50, 625])
@pytest.mark.parametrize("n_frames", [5000, 5003, 40_001])
def test_every_click_is_seen_from_afar(pixels, n_frames) -> None:
    time, frequency = Span(-0.5, n_frames - 0.5, pixels), Span(-0.5, 2.5, 3)
    frames_per_pixel = n_frames / pixels
    for click in (0, 1, n_frames // 3, n_frames - 2, n_frames - 1):
        power = np.zeros((n_frames, 3), np.float32)
        power[click, 1] = 1
        picture = pictures_of(power).render(time, frequency)
        (row,), (column,) = np.nonzero(picture == 0)
        assert row == 1
        # A coarse level may shift it by a pixel, never more.
        assert abs(column - int(click / frames_per_pixel)) <= 1


def test_a_level_shows_what_the_full_resolution_shows() -> None:
    power = np.random.RandomState(0).standard_exponential((8192, 4)).astype(np.float32)
    frequency = Span(-0.5, 3.5, 4)
    for pixels in (16, 64, 128):
        time = Span(-0.5, 8191.5, pixels)
        pictures = pictures_of(power)
        assert len(pictures.levels) > 2
        expected = decibels(pooled_directly(power, time, frequency), power.max())
        np.testing.assert_allclose(pictures.render(time, frequency), expected, atol=1.01 * STEP_DB)


@pytest.mark.parametrize("domain", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("logarithmic", [False, True])
@pytest.mark.parametrize("pixels", [(9, 7), (60, 32), (300, 200)])
def test_a_component_is_pictured_as_the_power_of_its_product(domain, logarithmic, pixels) -> None:
    random = np.random.RandomState(0)
    basis, activation = random.standard_exponential(33), random.standard_exponential(60)
    time, frequency = Span(-0.5, 59.5, pixels[0]), Span(0.5, 32.5, pixels[1], logarithmic)
    power = np.outer(activation, basis) ** (2 / domain)
    reference = power.max()
    expected = 10 * np.log10(pooled_directly(power, time, frequency) / reference)
    result = component_picture(basis, activation, domain, time, frequency, reference)
    np.testing.assert_allclose(result, expected, atol=1e-9)
    assert result.shape == pixels[::-1]


def test_silence_is_pictured_finite() -> None:
    time, frequency = Span(-0.5, 19.5, 7), Span(-0.5, 8.5, 5)
    silent = pictures_of(np.zeros((20, 9), np.float32)).render(time, frequency)
    assert np.isfinite(silent).all()
    component = component_picture(np.zeros(9), np.zeros(20), 1.0, time, frequency, 1.0)
    assert np.isfinite(component).all()
    assert component.max() < -200


@pytest.mark.parametrize("power", [0.0, 1e-45, 1e-30, 1.0, 1e30])
def test_decibels_are_finite(power) -> None:
    result = decibels(np.array([0.0, power], np.float32), power or 1.0)
    assert np.isfinite(result).all()
    assert result[1] == pytest.approx(0 if power else -300, abs=1e-4)


def test_levels_span_the_color_table() -> None:
    picture = np.array([[-200.0, -80, -40, 0, 50]])
    np.testing.assert_array_equal(to_levels(picture, -80, 0), [[0, 0, 127, 255, 255]])
    assert to_levels(picture, -80, 0).dtype == np.uint8


def lightness(srgb: np.ndarray) -> np.ndarray:
    """CIE L* of sRGB bytes."""
    encoded = srgb / 255
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    luminance = linear @ [0.2126, 0.7152, 0.0722]
    cube = np.cbrt(luminance)
    return np.where(luminance > 216 / 24389, 116 * cube - 16, luminance * 24389 / 27)


def test_louder_is_always_lighter() -> None:
    table = color_table()
    assert table.shape == (256, 3)
    assert table.dtype == np.uint8
    light = lightness(table)
    assert np.all(np.diff(light) > 0)
    assert light[0] < 5
    assert light[-1] > 90


def test_equal_steps_in_level_look_about_equal() -> None:
    # The measures of lightness disagree about what is nearly black.
    steps = np.diff(lightness(color_table())[32::16])
    assert steps.max() < 1.5 * steps.min()


@pytest.mark.parametrize("name", MAPS)
def test_every_map_is_even_and_readable_without_colour(name: str) -> None:
    steps = np.diff(lightness(color_table(name))[::16])
    assert np.all(steps > 0) or np.all(steps < 0)
    assert abs(steps.sum()) > 70
    even = np.abs(steps[3:-3])
    assert even.max() < 1.8 * even.min()
    assert MAPS[name].label


@pytest.mark.parametrize("n_samples", [1, 4_000, 60_000, 400_000])
def test_the_picture_of_a_whole_sound_is_that_of_all_its_frames(n_samples: int) -> None:
    rng = np.random.default_rng(4)
    samples = rng.standard_normal((n_samples, 2)).astype(np.float32)
    samples *= np.linspace(0, 1, n_samples, dtype=np.float32)[:, None]
    stft = Stft(256, 64)
    kept = PowerPictures.of(samples, 8_000, stft)
    octaves = kept.grid.frequency(50, 4_000, 60, True)
    time = Span(-0.5, kept.n_frames - 0.5, 100)
    made = whole_picture(samples, stft, 100, octaves)
    np.testing.assert_array_equal(made, kept.render(time, octaves))

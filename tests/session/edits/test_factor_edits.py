"""Edits of the parts: what is heard of each, and that everything still adds up."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from isnmf_gui.errors import SettingsError
from isnmf_gui.playback import Mix, MixSource, render
from isnmf_gui.session.document.component_factors import factors_of, shape_of, terms_of
from isnmf_gui.session.document.document import Document, Like, Run, make_run
from isnmf_gui.session.edits import factor_edits, source_edits
from isnmf_gui.session.edits.mix_edits import alone, linear_gains, set_gain
from isnmf_gui.session.runs.separation import Parts, Separation, separate, stft_of
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import Recording

RATE = 8_000
DOMAINS = [1.0, 1.5, 2.0]
MASKS = ["wiener", "ratio"]


@pytest.fixture(scope="module")
def recording(tmp_path_factory) -> Recording:
    rng = np.random.default_rng(1)
    time_s = np.arange(2 * RATE) / RATE
    tones = [np.sin(2 * np.pi * hertz * time_s) * (time_s % period < 0.2) for hertz, period in (
        (300, 0.5), (700, 0.4), (1500, 0.7),
    )]  # fmt: skip
    samples = 0.2 * np.sum(tones, axis=0) + 0.01 * rng.standard_normal(len(time_s))
    return Recording(
        np.stack([samples, samples[::-1]], axis=1).astype(np.float32), RATE, "tones.wav"
    )


@pytest.fixture(scope="module", params=DOMAINS)
def separation(recording: Recording, request) -> Separation:
    settings = Settings(
        n_bases=4, n_iterations=15, domain=request.param, window_samples=512, hop_samples=128
    )
    return separate(recording, settings, n_threads=1)


def heard(run: Run, output: str = "mix", gains=None, mask: str = "wiener") -> np.ndarray:
    separation = run.separation
    gains = linear_gains(run) if gains is None else gains
    mix = Mix(output, stft_of(separation.settings), factors_of(run), gains, mask)
    return render_all(separation.recording, mix)


def render_all(recording: Recording, mix: Mix) -> np.ndarray:
    source = MixSource(recording.samples, recording.sample_rate)
    source.mix = mix
    return render(source)


def solo(run: Run, index: int, mask: str = "wiener") -> np.ndarray:
    return heard(run, gains=alone(run, index), mask=mask)


def difference_db(one: np.ndarray, other: np.ndarray, reference: np.ndarray) -> float:
    energies = [float((it.astype(np.float64) ** 2).sum()) for it in (one - other, reference)]
    return 10 * np.log10(max(energies[0], 1e-300) / energies[1])


EDITS: dict[str, Callable[[Run], Run]] = {
    "merged": lambda run: factor_edits.merge(run, [1, 3]),
    "duplicated": lambda run: factor_edits.duplicate(run, [0, 2]),
    "deleted": lambda run: factor_edits.delete(run, [2]),
    "all deleted": lambda run: factor_edits.delete(run, range(4)),
    "scaled": lambda run: factor_edits.scale_stretch(run, [0, 1], (0.5, 1.0), -12.0),
    "muted": lambda run: factor_edits.scale_stretch(run, [3], (0.5, 1.0), -np.inf),
    "raised": lambda run: factor_edits.scale_stretch(run, [3], (0.5, 1.0), 6.0),
    "drawn": lambda run: factor_edits.draw_activation(run, 1, 10, np.linspace(0, 3, 30)),
    "smoothed": lambda run: factor_edits.smooth_activations(run, [0, 1, 2, 3], 0.2),
    "without a band": lambda run: factor_edits.remove_band(run, [0, 1], 200.0, 400.0),
}


@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_mix_and_residual_add_up_to_the_recording(run, recording, edit, mask: str) -> None:
    edited = edit(run)
    total = heard(edited, mask=mask) + heard(edited, "residual", mask=mask)
    assert difference_db(total, recording.samples, recording.samples) < -120


@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_solos_add_up_to_the_mix_and_parts_are_exported_as_they_are_heard(
    run, recording, edit, mask: str
) -> None:
    edited = edit(run)
    parts = Parts(edited.separation, mask, factors_of(edited))
    total = np.zeros_like(recording.samples)
    for component in edited.components:
        alone_ = solo(edited, component.index, mask)
        total = total + alone_
        blocks = list(parts.resynthesis.blocks(parts.mask([component.index])))
        assert difference_db(np.concatenate(blocks), alone_, recording.samples) < -120
    assert difference_db(total, heard(edited, mask=mask), recording.samples) < -120


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_parts_that_were_not_edited_sound_as_before(run: Run, recording, edit) -> None:
    edited = edit(run)
    for component in edited.components:
        if component in run.components:
            before, after = solo(run, component.index), solo(edited, component.index)
            assert difference_db(after, before, recording.samples) < -120
    assert len(run.components) == 4  # the run itself is as it was
    assert all(component.terms is None for component in run.components)


@pytest.mark.parametrize("mask", MASKS)
def test_merged_parts_sound_as_they_do_together(run: Run, recording, mask: str) -> None:
    merged = factor_edits.merge(run, [1, 3])
    assert [it.index for it in merged.components] == [0, 1, 2]
    assert merged.components[1].id not in {it.id for it in run.components}
    together = solo(run, 1, mask) + solo(run, 3, mask)
    assert difference_db(solo(merged, 1, mask), together, recording.samples) < -120
    more = factor_edits.merge(merged, [0, 1])
    assert len(terms_of(more, more.component(0))) == 3
    assert difference_db(heard(more), recording.samples, recording.samples) < -120
    with pytest.raises(SettingsError, match="two"):
        factor_edits.merge(run, [1])


def test_a_merged_part_is_shown_by_its_sums(run: Run) -> None:
    merged = factor_edits.merge(run, [0, 2])
    basis, activation = shape_of(merged, merged.component(0))
    product = sum(np.outer(t.basis, t.activation) for t in terms_of(merged, merged.component(0)))
    np.testing.assert_allclose(np.outer(basis, activation).sum(0), product.sum(0))
    np.testing.assert_allclose(np.outer(basis, activation).sum(1), product.sum(1))


def test_what_is_deleted_is_left_to_the_residual(run: Run, recording) -> None:
    edited = factor_edits.delete(run, [2])
    assert difference_db(heard(edited, "residual"), solo(run, 2), recording.samples) < -120
    nothing = factor_edits.delete(run, range(4))
    assert not heard(nothing).any()


def test_a_copy_sounds_as_its_original_and_has_a_place_of_its_own(run: Run, recording) -> None:
    edited = factor_edits.duplicate(factor_edits.delete(run, [1]), [3])
    copy = edited.components[-1]
    assert (copy.index, copy.title) == (1, "Component 4 copy")  # the place that was free
    assert difference_db(solo(edited, 1), solo(edited, 3), recording.samples) < -120
    quieter = set_gain(edited, [1], -20)
    wanted = 1.1 * solo(run, 3) + solo(run, 0) + solo(run, 2)
    assert difference_db(heard(quieter), wanted, recording.samples) < -120


@pytest.mark.parametrize("mask", MASKS)
def test_a_stretch_is_heard_as_much_quieter_as_it_was_made(run, recording, mask: str) -> None:
    edited = factor_edits.scale_stretch(run, [0], (0.5, 1.0), -12.0)
    before, after = solo(run, 0, mask), solo(edited, 0, mask)
    inside, outside = slice(int(0.6 * RATE), int(0.9 * RATE)), slice(int(1.1 * RATE), None)
    wanted = 10 ** (-12 / 20) * before
    assert difference_db(after[inside], wanted[inside], recording.samples) < -100
    assert difference_db(after[outside], before[outside], recording.samples) < -120


def test_what_is_drawn_is_there(run: Run) -> None:
    before_all = shape_of(run, run.component(1))[1]
    drawn = factor_edits.draw_activation(run, 1, 10, np.arange(20.0))
    np.testing.assert_array_equal(shape_of(drawn, drawn.component(1))[1][10:30], np.arange(20.0))
    beyond = factor_edits.draw_activation(run, 1, len(before_all) - 5, np.arange(20.0))
    np.testing.assert_array_equal(shape_of(beyond, beyond.component(1))[1][-5:], np.arange(5.0))
    merged = factor_edits.merge(run, [0, 1])
    before = shape_of(merged, merged.component(0))[1]
    halved = factor_edits.draw_activation(merged, 0, 10, before[10:30] / 2)
    after = shape_of(halved, halved.component(0))[1]
    np.testing.assert_allclose(after[10:30], before[10:30] / 2)
    np.testing.assert_allclose(after[:10], before[:10])


@pytest.mark.parametrize("stretch_s", [(0.5, 1.0), (0.0, 9.0)], ids=["a stretch", "all"])
def test_the_pencil_fills_silence_of_merged_parts(run: Run, stretch_s) -> None:
    merged = factor_edits.merge(run, [0, 2])
    silenced = factor_edits.scale_stretch(merged, [0], stretch_s, -np.inf)
    drawn = factor_edits.draw_activation(silenced, 0, 25, np.full(80, 50.0))
    activation = shape_of(drawn, drawn.component(0))[1]
    np.testing.assert_allclose(activation[25:105], 50.0)
    assert all(term.activation[35:60].any() for term in drawn.component(0).terms)
    assert np.isfinite(heard(drawn)).all()


def test_smoothing_evens_out_and_keeps_the_sum_of_what_lies_inside(run: Run) -> None:
    before = shape_of(run, run.component(0))[1]
    after = shape_of(
        smoothed := factor_edits.smooth_activations(run, [0], 0.3), smoothed.component(0)
    )[1]
    assert np.abs(np.diff(after)).max() < 0.5 * np.abs(np.diff(before)).max()
    assert after.sum() == pytest.approx(before.sum(), rel=0.1)


def test_what_is_smoothed_is_no_louder_than_its_model(run: Run, recording: Recording) -> None:
    loud = (np.arange(len(recording.samples)) % 4000 < 1500)[:, None]
    faint = replace(recording, samples=recording.samples * np.where(loud, 1, 1e-3).astype("f4"))
    made = make_run(Document(), separate(faint, run.separation.settings, n_threads=1))
    smoothed = factor_edits.smooth_activations(made, [0, 1, 2, 3], 0.05)
    for index in range(4):
        of_model = solo(smoothed, index, "ratio")
        assert difference_db(solo(smoothed, index), np.zeros(1), of_model) < 3


def test_a_removed_band_is_gone_and_comes_back(run: Run) -> None:
    edited = factor_edits.remove_band(run, [0], 200.0, 400.0)
    basis = shape_of(edited, edited.component(0))[0]
    hertz = np.arange(len(basis)) * RATE / 512
    inside = (hertz >= 200) & (hertz <= 400)
    assert not basis[inside].any()
    original = shape_of(run, run.component(0))[0]
    np.testing.assert_array_equal(basis[~inside], original[~inside])
    back = factor_edits.restore(factor_edits.scale_stretch(edited, [0], (0, 1), -6), [0])
    np.testing.assert_array_equal(shape_of(back, back.component(0))[0], original)


def test_edited_parts_still_belong_to_their_sources(run: Run, recording) -> None:
    grouped = source_edits.group(run, [1, 3], "Low")
    merged = factor_edits.merge(grouped, [1, 3])
    assert [it.index for it in merged.members(1)] == [1]
    soloed = source_edits.set_source_soloed(merged, 1, True)
    assert difference_db(heard(soloed), solo(merged, 1), recording.samples) < -120


def test_what_is_made_anew_gets_the_lowest_free_number_and_is_like_nothing(run: Run) -> None:
    like = Like(1, 9)
    known = replace(run, components=tuple(replace(it, like=like) for it in run.components))
    merged = factor_edits.merge(known, [1, 2])
    assert [(it.number, it.like) for it in merged.components] == [(1, like), (2, None), (4, like)]
    copied = factor_edits.duplicate(merged, [3])
    copy = next(it for it in copied.components if it.name.endswith("copy"))
    assert (copy.number, copy.like) == (3, like)
    terms = terms_of(run, run.component(0))
    halves = factor_edits.replace_component(copied, 0, [terms, terms], None).components[:2]
    assert [(it.number, it.like) for it in halves] == [(1, None), (5, None)]

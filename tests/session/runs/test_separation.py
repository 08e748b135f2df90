"""Separations: parts that add up whatever is recorded, settings in range, a pure document."""

from dataclasses import FrozenInstanceError, fields, replace
from pathlib import Path

import numpy as np
import pytest

from isnmf_gui.errors import SettingsError
from isnmf_gui.nmf import RULES, Progress
from isnmf_gui.session.document.document import (
    Document,
    add_run,
    choose_run,
    make_run,
    open_recording,
)
from isnmf_gui.session.runs.separation import Parts, Separation, separate, stft_of
from isnmf_gui.session.runs.settings import (
    CHOICES,
    LABELS,
    LIMITS,
    PRESETS,
    RULE_NAMES,
    Settings,
    hop_limits,
    preset,
    window_for,
)
from isnmf_gui.session.sound_files.recording import LARGEST_SAMPLE, Recording, load_recording
from isnmf_gui.texts import signed
from tests.recordings import TEST_SET

RATES_HZ = (8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 88_200, 96_000, 192_000)
QUICK = {"n_bases": 3, "n_iterations": 3}


def loaded(path: Path) -> Recording:
    recording = load_recording(path)
    assert recording is not None
    return recording


def rendered(parts: Parts, component: int) -> np.ndarray:
    mask = parts.mask([component])
    return np.concatenate(list(parts.resynthesis.blocks(mask)))


# -- parts ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TEST_SET)
@pytest.mark.parametrize("preset_name", ["fast", "quality"])
def test_wiener_parts_add_up_to_every_recording(
    name: str, preset_name: str, paths: dict[str, Path]
) -> None:
    recording = loaded(paths[name])
    settings = replace(preset(preset_name, recording.sample_rate), **QUICK)
    separation = separate(recording, settings)
    factorization = separation.factorization
    assert np.isfinite(factorization.loss).all()
    assert len(factorization.loss) == factorization.n_iterations == 3
    parts = Parts(separation)
    total = np.zeros(recording.samples.shape)
    for component in range(settings.n_bases):
        part = rendered(parts, component)
        assert part.shape == recording.samples.shape
        assert np.isfinite(part).all()
        total += part
    residual = np.sum((total - recording.samples) ** 2)
    assert residual <= 1e-12 * np.sum(recording.samples.astype(float) ** 2)


@pytest.mark.parametrize("name", TEST_SET)
def test_the_published_example_works_on_every_recording(name: str, paths: dict[str, Path]) -> None:
    separation = separate(loaded(paths[name]), replace(PRESETS["notebook"], **QUICK))
    assert np.isfinite(separation.factorization.loss).all()
    part = rendered(Parts(separation), 1)
    assert part.shape == separation.recording.samples.shape
    assert np.isfinite(part).all()


@pytest.mark.parametrize("peak", [1e-12, LARGEST_SAMPLE])
def test_the_quietest_and_the_loudest_add_up_too(peak: float, recording: Recording) -> None:
    samples = recording.samples * np.float32(peak / np.abs(recording.samples).max())
    settings = Settings(n_bases=3, n_iterations=3, window_samples=65_536, hop_samples=16_384)
    parts = Parts(separate(Recording(samples, 44_100, recording.path), settings))
    total = sum(rendered(parts, component).astype(float) for component in range(3))
    assert np.sum((total - samples) ** 2) <= 1e-12 * np.sum(samples.astype(float) ** 2)


def test_silence_separates_to_silence(paths: dict[str, Path]) -> None:
    recording = loaded(paths["silence.wav"])
    parts = Parts(separate(recording, Settings(n_bases=3, n_iterations=3)))
    assert not any(rendered(parts, component).any() for component in range(3))


def test_components_together_are_their_sum(separation: Separation) -> None:
    parts = Parts(separation)
    both = np.concatenate(list(parts.resynthesis.blocks(parts.mask([0, 2]))))
    assert np.allclose(both, rendered(parts, 0) + rendered(parts, 2), atol=1e-6)


@pytest.mark.parametrize("name", ["float.wav", "over full scale.wav", "quiet.wav"])
def test_the_loss_does_not_depend_on_the_gain(name: str, paths: dict[str, Path]) -> None:
    recording = loaded(paths[name])
    # By a power of two, so that no sample is rounded.
    louder = Recording(recording.samples * np.float32(1024), recording.sample_rate, recording.path)
    settings = replace(preset("quality", recording.sample_rate), **QUICK)
    losses = [separate(sound, settings).factorization.loss for sound in (recording, louder)]
    assert np.allclose(losses[0], losses[1], rtol=1e-5)


def test_a_separation_can_be_stopped_and_keeps_what_it_has(recording: Recording) -> None:
    def until_four(progress: Progress) -> bool:
        return progress.iteration < 4

    settings = Settings(n_bases=3, n_iterations=50)
    stopped = separate(recording, settings, until_four)
    assert stopped.factorization.stopped == "cancelled"
    assert 3 <= stopped.factorization.n_iterations <= 5
    assert len(stopped.factorization.loss) == stopped.factorization.n_iterations
    assert stopped.seconds > 0
    assert len(rendered(Parts(stopped), 0)) == recording.n_samples


def test_a_separation_goes_on_where_it_ended(recording: Recording) -> None:
    settings = Settings(n_bases=3, n_iterations=12, rule="fast", start="tempered")
    whole = separate(recording, settings)
    part = separate(recording, replace(settings, n_iterations=5))
    rest = separate(recording, replace(settings, n_iterations=7), continue_from=part)
    np.testing.assert_array_equal(rest.factorization.loss, whole.factorization.loss)
    np.testing.assert_array_equal(rest.factorization.basis, whole.factorization.basis)
    assert rest.seconds > part.seconds
    with pytest.raises(SettingsError, match="continued"):
        separate(recording, replace(settings, domain=1.0), continue_from=part)


# -- settings ---------------------------------------------------------------------------------


def with_value(name: str, value: object) -> Settings:
    """Make settings with one value, and others that suit it."""
    settings = {name: value}
    if name == "hop_samples":
        settings["window_samples"] = 65_536 if value > 64 else 64
    if name == "window_samples":
        settings["hop_samples"] = max(1, value // 4)
    return Settings(**settings)


@pytest.mark.parametrize("name", LIMITS)
def test_settings_at_their_limits_are_accepted(name: str) -> None:
    for value in LIMITS[name]:
        assert getattr(with_value(name, value), name) == value


@pytest.mark.parametrize("name", LIMITS)
def test_settings_beyond_their_limits_are_refused(name: str) -> None:
    least, most = LIMITS[name]
    step = 1 if isinstance(least, int) else 1e-6
    for value in (least - step, most + step, float("nan"), float("inf"), -float("inf")):
        with pytest.raises(SettingsError) as caught:
            Settings(**{name: value})
        assert f"The {LABELS[name]} must lie between {signed(least, 'g')} and" in str(caught.value)
        assert signed(value) in str(caught.value)


@pytest.mark.parametrize("name", CHOICES)
def test_unknown_choices_are_refused(name: str) -> None:
    for choice in CHOICES[name]:
        assert getattr(Settings(**{name: choice}), name) == choice
    for wrong in ("", "wrong", CHOICES[name][0].upper()):
        with pytest.raises(SettingsError, match=f"The {LABELS[name]} must be one of"):
            Settings(**{name: wrong})


@pytest.mark.parametrize("window", [16, 17, 1024, 1500, 32_768])
def test_hops_follow_the_window(window: int) -> None:
    least, most = hop_limits(window)
    for hop in (least, most):
        assert stft_of(Settings(window_samples=window, hop_samples=hop)).hop_samples == hop
    for hop in {max(1, least - 1), most + 1} - {least}:
        with pytest.raises(SettingsError, match=f"With a window of {window} samples the hop"):
            Settings(window_samples=window, hop_samples=hop)


@pytest.mark.parametrize("rate", RATES_HZ)
def test_presets_suit_every_sample_rate(rate: int) -> None:
    for name in PRESETS:
        settings = preset(name, rate)
        assert settings.hop_samples * 4 == settings.window_samples
    assert 0.6 * 0.046 < window_for(rate) / rate < 1.5 * 0.046
    assert preset("notebook", rate).window_samples == 1024


def test_an_unknown_preset_is_refused() -> None:
    with pytest.raises(SettingsError, match="must be one of fast, quality, notebook, not best"):
        preset("best", 44_100)


def test_settings_as_a_dictionary_make_the_same_settings() -> None:
    for settings in PRESETS.values():
        assert Settings(**settings.as_dict()) == settings
        assert list(settings.as_dict()) == [field.name for field in fields(Settings)]


# -- the document -----------------------------------------------------------------------------


def snapshot(document: Document) -> tuple:
    return tuple(getattr(document, field.name) for field in fields(Document))


def with_run(document: Document, separation: Separation) -> Document:
    return add_run(document, make_run(document, separation))


def test_edits_leave_the_old_snapshot_as_it_was(
    recording: Recording, separation: Separation
) -> None:
    empty = Document()
    opened = open_recording(empty, recording)
    first = with_run(opened, separation)
    second = with_run(first, separation)
    before = [snapshot(document) for document in (empty, opened, first, second)]
    back = choose_run(second, 1)
    open_recording(second, recording)
    assert [snapshot(document) for document in (empty, opened, first, second)] == before
    assert (empty.current_run, opened.current_run) == (None, None)
    assert (first.current_run, second.current_run) == (first.runs[0], second.runs[1])
    assert back.current_run is first.runs[0]
    assert back.runs is second.runs
    assert second.runs[0] is first.runs[0]
    with pytest.raises(FrozenInstanceError):
        first.current_run_id = 7


def test_component_ids_are_never_used_again(recording: Recording, separation: Separation) -> None:
    document = open_recording(Document(), recording)
    seen: list[int] = []
    for _ in range(3):
        for _ in range(2):
            document = with_run(document, separation)
            run = document.current_run
            assert run is not None
            assert [component.index for component in run.components] == [0, 1, 2]
            seen += [component.id for component in run.components]
        document = open_recording(document, recording)
        assert document.runs == ()
        assert document.current_run is None
    assert len(set(seen)) == 18


def test_every_rule_has_a_name() -> None:
    assert set(RULE_NAMES) == set(RULES)


def test_names_count_from_one(recording: Recording, separation: Separation) -> None:
    document = with_run(with_run(open_recording(Document(), recording), separation), separation)
    assert [run.name for run in document.runs] == [
        "1: ME, p = 2, 3 bases, seed 1",
        "2: ME, p = 2, 3 bases, seed 1",
    ]
    assert [part.name for part in document.runs[1].components] == [
        "Component 1",
        "Component 2",
        "Component 3",
    ]


@pytest.mark.parametrize("run_id", [0, 2, -1])
def test_only_runs_that_exist_can_be_chosen(
    run_id: int, recording: Recording, separation: Separation
) -> None:
    document = with_run(open_recording(Document(), recording), separation)
    with pytest.raises(ValueError, match=f"has no run {run_id}"):
        choose_run(document, run_id)

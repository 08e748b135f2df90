"""Separating a stretch of a recording alone."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from isnmf_gui.errors import SettingsError
from isnmf_gui.nmf import Progress
from isnmf_gui.session.document.document import Document, make_run
from isnmf_gui.session.export.export_order import ExportOrder, carry_out_export
from isnmf_gui.session.export.stems.stems import component_stems, residual_stem
from isnmf_gui.session.grouping.suggesting import channel_shares
from isnmf_gui.session.runs.separation import Parts, Separation, region_frames, separate
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import Recording

SETTINGS = Settings(n_bases=3, n_iterations=4, window_samples=512, hop_samples=128)
RATE = 8000
REGION_S = (0.5, 1.25)
INSIDE = slice(4000, 10_000)


@pytest.fixture(scope="module")
def recording() -> Recording:
    rng = np.random.default_rng(2)
    samples = rng.standard_normal((2 * RATE, 2)).astype(np.float32) * 0.1
    return Recording(samples, RATE, Path("noise.wav"))


@pytest.fixture(scope="module", params=["wiener", "ratio"])
def separation(recording: Recording, request: pytest.FixtureRequest) -> Separation:
    return separate(recording, replace(SETTINGS, mask=request.param), region_s=REGION_S)


def rendered(separation: Separation, component: int) -> np.ndarray:
    parts = Parts(separation)
    return np.concatenate(list(parts.resynthesis.blocks(parts.mask([component]))))


def test_only_the_region_is_factorized(recording, separation) -> None:
    first, last = region_frames(recording, SETTINGS, REGION_S)
    activation = separation.factorization.activation
    assert activation.shape == (3, 126)
    assert not activation[:, :first].any()
    assert not activation[:, last:].any()
    assert (activation[:, first:last] > 0).all()
    # The factors are those of the stretch cut out: nothing outside has mattered.
    other = recording.samples.copy()
    other[: 4000 - 512] *= 9
    changed = separate(
        Recording(other, RATE, recording.path), separation.settings, region_s=REGION_S
    )
    np.testing.assert_array_equal(changed.factorization.basis, separation.factorization.basis)


def test_the_balance_of_channels_is_that_of_the_region(recording, separation) -> None:
    """However loud the rest is, whose frames no part is in."""
    louder = recording.samples.copy()
    louder[: 4000 - 512] *= 1e9
    other = separate(
        Recording(louder, RATE, recording.path), separation.settings, region_s=REGION_S
    )
    shares = channel_shares(separation)
    assert shares is not None
    np.testing.assert_allclose(shares.sum(axis=1), 1)
    np.testing.assert_allclose(channel_shares(other), shares, rtol=1e-6)


def test_parts_are_silent_outside_and_add_up_inside(recording, separation) -> None:
    parts = [rendered(separation, component) for component in range(3)]
    for part in parts:
        assert part.shape == recording.samples.shape
        assert not part[: INSIDE.start - 512].any()
        assert not part[INSIDE.stop + 512 :].any()
        assert part[INSIDE].any()
    if separation.settings.mask == "wiener":
        difference = sum(parts)[INSIDE] - recording.samples[INSIDE]
        assert np.abs(difference).max() < 1e-6


def test_the_null_test_is_of_the_region(separation, tmp_path) -> None:
    run = make_run(Document(), separation)
    order = ExportOrder(run, separation.settings.mask, tmp_path, tuple(component_stems(run)))
    exported = carry_out_export(order, lambda share: True).exported
    if separation.settings.mask == "wiener":
        assert exported.null_test_db < -120
    else:
        assert exported.null_test_db > -60


def test_with_the_residual_the_null_test_is_of_all(separation, tmp_path) -> None:
    run = make_run(Document(), separation)
    stems = (*component_stems(run), residual_stem(run))
    order = ExportOrder(run, separation.settings.mask, tmp_path, stems, pattern="{kind}-{number}")
    exported = carry_out_export(order, lambda share: True).exported
    assert [it.stem.kind for it in exported.stems][-1] == "residual"
    assert exported.null_test_db < -120
    samples = separation.recording.samples
    rest = soundfile.read(tmp_path / "residual.wav", always_2d=True)[0]
    assert np.abs(rest[:3000] - samples[:3000]).max() < 1e-6  # before the region, all of it


def test_snapshots_are_of_the_whole_recording(recording) -> None:
    shapes = []

    def watch(progress: Progress) -> bool:
        shapes.append(progress.snapshot()[1].shape)
        return True

    separate(recording, SETTINGS, watch, region_s=REGION_S)
    assert set(shapes) == {(3, 126)}


def test_a_region_goes_on_where_it_ended(recording) -> None:
    whole = separate(recording, replace(SETTINGS, n_iterations=6), region_s=REGION_S)
    part = separate(recording, SETTINGS, region_s=REGION_S)
    rest = separate(recording, replace(SETTINGS, n_iterations=2), continue_from=part)
    assert rest.region_s == REGION_S
    np.testing.assert_array_equal(rest.factorization.loss, whole.factorization.loss)
    np.testing.assert_array_equal(rest.factorization.activation, whole.factorization.activation)


@pytest.mark.parametrize("region_s", [(3.0, 4.0), (1.0, 1.0), (-2.0, 0.0)])
def test_a_region_without_sound_is_refused(recording, region_s) -> None:
    with pytest.raises(SettingsError, match="holds nothing of the recording"):
        separate(recording, SETTINGS, region_s=region_s)


def test_a_region_may_reach_beyond_the_ends(recording) -> None:
    beyond = separate(recording, SETTINGS, region_s=(-1.0, 9.0))
    whole = separate(recording, SETTINGS)
    np.testing.assert_array_equal(beyond.factorization.basis, whole.factorization.basis)

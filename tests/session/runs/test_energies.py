"""What is said of energies while a run goes on is near what its end says."""

from pathlib import Path

import numpy as np
import pytest

from isnmf_gui.session.runs.energies import SampledEnergies
from isnmf_gui.session.runs.separation import Separation, separate
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import Recording
from isnmf_gui.spectral import MASKS
from tests.mixtures.evaluation import evaluation_mixture

#: Parts that are weaker than this are written as 0.0 %.
LEAST_SHARE = 1e-3
#: Ratio masks leave less of a spectrogram, now more, now less, and few frames are rendered.
FURTHEST = {"wiener": 1.3, "share": 1.3, "ratio": 1.7}


def recording_of(name: str) -> Recording:
    mixture = evaluation_mixture(name)
    return Recording(mixture.samples, mixture.sample_rate, Path(f"{name}.wav"))


def estimated(separation: Separation) -> dict[str, np.ndarray]:
    sampled = SampledEnergies(separation.recording, separation.settings, separation.region_s)
    result = separation.factorization
    return sampled.of(result.basis, result.activation)


def furthest(separation: Separation, kind: str) -> float:
    """Return the factor by which the worst estimate is off."""
    assert separation.energies is not None
    true, found = separation.energies[kind], estimated(separation)[kind]
    ratios = (found / true)[true > LEAST_SHARE]
    return float(np.maximum(ratios, 1 / ratios).max())


@pytest.mark.parametrize("name", ["demo", "trio", "chapel"])
def test_estimates_are_near_the_end_s_in_music(name: str) -> None:
    settings = Settings(n_bases=16, n_iterations=40, window_samples=1024, hop_samples=256)
    separation = separate(recording_of(name), settings)
    for kind, bound in FURTHEST.items():
        assert furthest(separation, kind) < bound


@pytest.mark.parametrize("domain", [1.0, 1.5])
@pytest.mark.parametrize("region_s", [None, (1.0, 7.5)])
def test_regions_and_domains(domain: float, region_s: tuple[float, float] | None) -> None:
    settings = Settings(
        n_bases=8, n_iterations=20, domain=domain, window_samples=512, hop_samples=128
    )
    separation = separate(recording_of("trio"), settings, region_s=region_s)
    for kind, bound in FURTHEST.items():
        assert furthest(separation, kind) < bound


def test_of_a_short_recording_every_frame_is_looked_at(separation: Separation) -> None:
    assert separation.energies is not None
    found = estimated(separation)
    np.testing.assert_allclose(found["share"], separation.energies["share"], rtol=1e-4)
    for kind in MASKS:  # few of them are rendered
        np.testing.assert_allclose(found[kind], separation.energies[kind], rtol=0.4)


def test_silence_has_none() -> None:
    silent = Recording(np.zeros((60_000, 1), np.float32), 8000, Path("silent.wav"))
    for hop_samples in (1024, 64):
        settings = Settings(n_bases=2, window_samples=2048, hop_samples=hop_samples)
        separation = separate(silent, settings, lambda progress: progress.iteration < 1)
        assert all((it == 0).all() for it in estimated(separation).values())

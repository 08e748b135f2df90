"""Tests of the evaluation: its arithmetic, its memory, and the page it writes."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from isnmf_gui.nmf import RULES, STARTS
from isnmf_gui.session.runs.separation import Parts, separate
from isnmf_gui.session.runs.settings import PRESETS, Settings
from tests.benchmarks import separation_quality
from tests.benchmarks.quality import designs, trials
from tests.benchmarks.quality.designs import Combination
from tests.benchmarks.quality.page import NO_CHOICE, Page
from tests.benchmarks.quality.records import Store, carry_out
from tests.benchmarks.quality.summaries import Estimate, ranked_combinations, summarise
from tests.benchmarks.quality.trials import Record, Reference, Trial
from tests.metrics import oracle_si_sdr_improvement
from tests.mixtures.evaluation import Mixture, evaluation_mixture

SMALL = Settings(n_bases=5, n_iterations=3, window_samples=256, hop_samples=64)
BEST = Combination("me", 1.0, "tempered", 1e-4, 16)
OTHER = Combination("mm", 2.0, "random", 1e-9, 16)


def short_mixture(n_samples: int = 20_000) -> Mixture:
    trio = evaluation_mixture("trio")
    stems = {name: stem[40_000 : 40_000 + n_samples].copy() for name, stem in trio.stems.items()}
    return replace(trio, samples=sum(stems.values()), stems=stems)


def record(
    combination: Combination, mean_db: float, mixture: str = "trio", seed: int = 1, **others: object
) -> Record:
    settings = designs.settings_of(combination, 16_000, seed).as_dict()
    fields = {"preset": None, "loss": 1.0, "factorization_s": 0.5, "other_s": 0.1, **others}
    figures = {"improvement_db": {"a": mean_db}, "suggested_db": {"a": mean_db - 1.0}}
    return Record(mixture, settings=settings, **figures, **fields)


@pytest.mark.parametrize("mask", ["wiener", "ratio"])
def test_block_by_block_gives_what_whole_parts_give(
    mask: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trials, "BLOCK_SAMPLES", 3000)
    mixture = short_mixture()
    material = Reference.of(mixture)
    separation = separate(material.recording, replace(SMALL, mask=mask))
    parts = Parts(separation)
    rendered = np.stack(
        [
            parts.resynthesis.render(0, len(mixture.samples), parts.mask([component]))
            for component in range(SMALL.n_bases)
        ]
    )
    expected = oracle_si_sdr_improvement(rendered, list(mixture.stems.values()), mixture.samples)
    products = trials.Products.of(separation, material)
    assert products.oracle_si_sdr() - material.before_db == pytest.approx(expected, abs=1e-3)


def test_a_trial_records_what_it_did(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trials, "reference", lambda name: Reference.of(short_mixture()))
    trial = Trial("trio", SMALL)
    found = trials.run(trial)
    assert found.key == trial.key
    assert list(found.improvement_db) == list(found.suggested_db) == ["guitar", "bass", "drums"]
    assert all(np.isfinite(value) for value in found.suggested_db.values())
    assert found.mean_db == np.mean(list(found.improvement_db.values()))
    assert found.loss > 0
    assert found.factorization_s > 0
    assert found.other_s > 0


def test_designs_try_everything_there_is() -> None:
    full = set(designs.DESIGNS["full"])
    assert len(full) == len(RULES) * 3 * len(STARTS) * 3 * 4
    for design in designs.DESIGNS.values():
        assert full >= set(design)
    assert set(RULES) <= set(designs.ITERATIONS)
    names = [trial.preset for trial in designs.preset_trials(["trio"], [1, 2])]
    assert sorted(names) == sorted([*PRESETS] * 2)


def test_windows_follow_the_sample_rate() -> None:
    low, high = designs.grid_trials([BEST], ["trio", "demo"], [4])
    assert (low.settings.window_samples, low.settings.hop_samples) == (512, 128)
    assert (high.settings.window_samples, high.settings.hop_samples) == (2048, 512)
    assert (low.settings.rule, low.settings.n_iterations, low.settings.seed) == ("me", 100, 4)


def test_the_best_of_every_rule_and_domain_get_other_bases() -> None:
    ranked = [BEST, OTHER._replace(rule="me"), OTHER, BEST._replace(domain=1.5)]
    chosen = designs.best_of_each(ranked)
    assert chosen == [BEST, OTHER, OTHER._replace(rule="me"), BEST._replace(domain=1.5)]
    assert {one.n_bases for one in designs.with_other_bases(chosen)} == {8, 12, 24}


def test_means_and_spreads() -> None:
    records = [
        record(BEST, value, mixture, seed)
        for (mixture, seed), value in {
            ("trio", 1): 1.0, ("trio", 2): 3.0, ("kit", 1): 5.0, ("kit", 2): 5.0,
        }.items()
    ]  # fmt: skip
    summary = summarise(records, ["trio", "kit"], [1, 2])
    assert summary is not None
    assert summary.by_mixture == {
        "trio": Estimate(2.0, pytest.approx(2**0.5)),
        "kit": Estimate(5.0, 0.0),
    }
    assert summary.overall == Estimate(3.5, pytest.approx(0.5**0.5))
    assert summary.seconds == 0.5
    assert str(summary.overall) == "3.5 ± 0.7"
    assert str(Estimate.of([2.0])) == "2.0"


def test_combinations_are_compared_on_the_same_recordings_only() -> None:
    records = [record(OTHER, 1.0), record(OTHER, 2.0, "kit"), record(BEST, 9.0)]
    assert ranked_combinations(records, ["trio", "kit"], [1]) == [OTHER]
    assert ranked_combinations(records, ["trio"], [1]) == [BEST, OTHER]


def test_records_outlive_the_process(tmp_path: Path) -> None:
    path = tmp_path / "new" / "records.json"
    store = Store(path)
    store.add(record(BEST, 1.5))
    store.save()
    again = Store(path)
    (trial,) = designs.grid_trials([BEST], ["trio"], [1])
    assert trial in again
    assert again.of([trial]) == [record(BEST, 1.5)]
    assert designs.grid_trials([OTHER], ["trio"], [1])[0] not in again
    # Nothing is missing, so no process is started, which this trial could not survive.
    carry_out([trial], again, 0, "")
    assert [entry.name for entry in path.parent.iterdir()] == ["records.json"]


def test_the_page_keeps_what_was_said_about_the_choice(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    records = [record(BEST, 2.0), record(OTHER, 1.0), record(OTHER, 3.0, preset="fast")]
    Page(records, ["trio"], [1]).write(path)
    text = path.read_text()
    assert text.index("| me | 1 | tempered | 1e-4 | **2.0** | 2.0 | 0.50 |") < text.index(
        "| mm | 2 | random | 1e-9 | **1.0** | 1.0 | 0.50 |"
    )
    assert "| fast | an oracle | **3.0** | 3.0 | 0.50 |" in text
    assert "|  | the program | **2.0** | 2.0 | 0.50 |" in text
    assert "|  | *difference* | **1.0** | 1.0 | 0.50 |" in text
    path.write_text(text.replace(NO_CHOICE, "It was this one,\nbecause."))
    Page(records[:1], ["trio"], [1]).write(path)
    assert "<!-- choice -->\nIt was this one,\nbecause.\n<!-- end of choice -->" in path.read_text()
    assert "| mm |" not in path.read_text()


def test_the_command_evaluates_stops_and_resumes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(designs, "ITERATIONS", dict.fromkeys(RULES, 2))
    monkeypatch.setitem(designs.DESIGNS, "reduced", [BEST, OTHER])
    results, page = tmp_path / "results.json", tmp_path / "page.md"
    command = ["--mixtures", "trio", "--seeds", "1", "--jobs", "1"]
    command += ["--json", str(results), "--page", str(page)]
    assert separation_quality.main(command) == 0
    assert len(list(Store(results))) == 2 + 2 * 3
    assert "## The number of bases" in page.read_text()
    with pytest.raises(SystemExit) as stopped:
        separation_quality.main(command)
    assert stopped.value.code == 2
    assert "--resume" in capsys.readouterr().err
    written = results.read_bytes()
    assert separation_quality.main([*command, "--resume"]) == 0
    assert results.read_bytes() == written

"""That the benchmarks measure what they say; how fast anything is, no test asks."""

import json
import os
import re
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from isnmf_gui.gui.widgets.small_picture import SmallPicture
from isnmf_gui.nmf import DEFAULT_FLOOR
from tests.benchmarks import (
    busy,
    edits,
    engine,
    export,
    machine,
    memory,
    others,
    pictures,
    problems,
    projects,
    published,
    run_memory,
    runner,
    sound,
    splitting,
    start,
    stretches,
    strokes,
    tiles,
    window_load,
)
from tests.benchmarks.figures import Bound, Figure, as_json
from tests.benchmarks.problems import Effort, Size, make_problem

REFERENCE = Path(__file__).parents[1] / "nmf" / "reference.npz"
TINY, OTHER_TINY = Size(24, 30, 3), Size(24, 30, 8)
SPEED_KEYS = {"iteration_ratio", "time_to_loss_ratio", "limit_ratio", "threads_ratio"}


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> Effort:
    """Hardly any effort at all, in place of that of --quick."""
    effort = Effort(
        (TINY, OTHER_TINY),
        (TINY,),
        TINY,
        n_rounds=1,
        stretch_s=0.001,
        zoom_s=3.0,
        open_s=1.0,
        project_s=1.0,
        split_s=1.0,
        underruns_s=1.0,
    )
    monkeypatch.setattr(problems, "QUICK", effort)
    monkeypatch.setattr(stretches, "CALM_S", 0)
    monkeypatch.setattr(stretches, "PRODUCT_SIDE", 50)
    return effort


@pytest.fixture(params=[TINY, Size(60, 200, 5)], ids=str)
def problem(request: pytest.FixtureRequest) -> problems.Problem:
    return make_problem(request.param)


# -- the matrices and the published loop ------------------------------------------------------


def test_matrices_are_the_same_every_time(problem) -> None:
    again = make_problem(problem.size)
    for name in ("power", "basis", "activation"):
        np.testing.assert_array_equal(getattr(problem, name), getattr(again, name))


def test_no_floor_matters_for_the_matrices(problem) -> None:
    power = problem.power
    assert power.shape == (problem.size.n_bins, problem.size.n_frames)
    assert power.dtype == np.float32
    assert power.flags.c_contiguous
    assert power.mean() == pytest.approx(1, rel=1e-5)
    assert power.min() > 2 * DEFAULT_FLOOR


def test_the_published_loop_is_that_of_the_reference() -> None:
    with np.load(REFERENCE) as file:
        given = dict(file)
    start = (given["power"], given["basis0"], given["activation0"])
    result = published.iterate(*start, len(given["mm_p2_loss"]))
    np.testing.assert_allclose(result.loss, given["mm_p2_loss"], rtol=1e-8)
    for name in ("basis", "activation"):
        expected = given[f"mm_p2_{name}"]
        found = getattr(result, name)
        np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-12 * expected.max())


def test_the_published_loop_leaves_its_start_alone(problem) -> None:
    basis, activation = problem.basis.copy(), problem.activation.copy()
    published.iterate(problem.power.astype(float), problem.basis, problem.activation, 2)
    np.testing.assert_array_equal(problem.basis, basis)
    np.testing.assert_array_equal(problem.activation, activation)


# -- time to a loss ---------------------------------------------------------------------------


def test_the_published_loss_and_the_exact_one_are_on_one_footing(problem) -> None:
    start = (problem.power.astype(float), problem.basis, problem.activation)
    result = published.iterate(*start, engine.PUBLISHED_ITERATIONS)
    assert engine.published_loss(problem) == pytest.approx(result.loss[-1], rel=1e-6)


def test_ours_is_as_good_as_the_published_loop_when_its_time_is_taken(problem) -> None:
    target = engine.published_loss(problem)
    result = engine.run_to_loss(problem, engine.goal_loss(problem, target))
    assert engine.exact_loss(problem, result.basis, result.activation) <= target
    assert 1 < result.n_iterations < engine.PUBLISHED_ITERATIONS


def test_a_loss_below_all_reach_is_given_up(problem, monkeypatch) -> None:
    monkeypatch.setattr(engine, "MOST_ITERATIONS", 5)
    assert engine.goal_loss(problem, 0.0) is None
    assert engine.time_to_loss_s(problem, 0.0) is None


# -- the figures ------------------------------------------------------------------------------


def test_the_engine_is_measured_at_every_size(tiny, tmp_path, capsys) -> None:
    path = tmp_path / "figures.json"
    assert runner.main(["--quick", "--only", "engine", "--json", str(path)]) == 0
    found = json.loads(path.read_text())
    assert set(found) == SPEED_KEYS | {"machine"}
    for key in SPEED_KEYS:
        assert set(found[key]) == {"24x30_k3", "24x30_k8"}
        assert all(value > 0 for value in found[key].values())
    assert {"cpu", "cores", "python", "numpy", "blas", "kernel"} <= set(found["machine"])
    printed = capsys.readouterr().out
    for key in SPEED_KEYS:
        assert len([line for line in printed.splitlines() if line.startswith(key)]) == 2
    assert "at least 10" in printed


def test_a_library_that_is_missing_is_null(tiny, tmp_path, monkeypatch, capsys) -> None:
    names = dict.fromkeys(others.LIBRARIES, ("no.such.library", None))
    monkeypatch.setattr(others, "LIBRARIES", names)
    path = tmp_path / "figures.json"
    assert runner.main(["--quick", "--only", "libraries", "--json", str(path)]) == 0
    found = json.loads(path.read_text())
    assert found["sklearn_ratio"] is None
    assert found["torchnmf_ratio"] is None
    assert capsys.readouterr().out.count("not installed") == 2


def test_a_library_is_measured_by_the_difference_of_two_fits(tiny, monkeypatch) -> None:
    fits: list[int] = []

    def fit(n_iterations: int) -> None:
        fits.append(n_iterations)
        time.sleep(2e-4 * n_iterations)  # a fit of no time has no measurable difference

    monkeypatch.setattr(others, "LIBRARIES", {"json": ("json", lambda problem: fit)})
    figures = list(others.figures(tiny))
    assert [(it.key, it.size) for it in figures] == [("json_ratio", size) for size in tiny.sizes]
    assert set(fits) >= {others.SHORT_FIT, others.SHORT_FIT + others.STEP}


def test_memory_is_measured_in_processes_of_their_own(tiny) -> None:
    (figure,) = memory.figures(tiny)
    assert figure.key == "peak_bytes_over_power"
    assert figure.size is None
    assert figure.value >= 1  # the engine's own copy of the power at the least


def test_the_memory_of_whole_runs_is_compared_with_the_estimate(tiny, monkeypatch) -> None:
    monkeypatch.setattr(run_memory, "RUNS", run_memory.RUNS[:1])
    figures = list(run_memory.figures(tiny))
    assert [it.key for it in figures] == ["run_bytes_over_estimate", "estimate_over_run_bytes"]
    assert all(it.value > 0 for it in figures)


def test_a_split_is_measured_in_processes_of_their_own(tiny) -> None:
    found = {it.key: it.value for it in splitting.figures(tiny)}
    assert set(found) == {"split_s", "split_peak_mb"}
    assert 0 < found["split_s"] < 30
    assert 0 < found["split_peak_mb"] < 100


@pytest.mark.parametrize("meter", memory.usable_meters())
def test_a_meter_sees_what_was_allocated(meter: str) -> None:
    n_bytes = 50_000_000
    found = memory.METERS[meter](lambda: np.ones(n_bytes // 8))
    assert found == pytest.approx(n_bytes, rel=0.05)


def test_a_busy_machine_is_left_as_it_was(tiny, monkeypatch) -> None:
    monkeypatch.setattr(busy, "START_S", 0)
    with busy.every_core_spinning() as spinning:
        assert all(process.poll() is None for process in spinning)
    assert all(process.poll() is not None for process in spinning)
    (figure,) = busy.figures(tiny)
    assert figure.key == "busy_ratio"


def test_tiles_are_measured_until_the_last_is_painted(qtbot, monkeypatch) -> None:
    painted = []
    paint = SmallPicture.paintEvent
    monkeypatch.setattr(
        SmallPicture, "paintEvent", lambda it, ev: (painted.append(it), paint(it, ev))
    )
    monkeypatch.setattr(tiles, "N_FRAMES", 300)
    redraw = tiles.Redraw()
    painted.clear()
    pictures = [tile.parts.picture for tile in redraw.panel.tiles]
    before = [picture._bytes for picture in pictures]
    assert redraw.measure_s() > 0
    redraw.close()
    assert len(set(painted)) == tiles.N_TILES
    assert not set(before) & {picture._bytes for picture in pictures}


def test_the_export_that_is_measured_writes_all_sources_and_leaves_none(
    tiny, monkeypatch, tmp_path
) -> None:
    done = []
    carry_out = export.carry_out_export

    def keep(*arguments):
        done.append(carry_out(*arguments))
        assert len(list(done[-1].order.folder.iterdir())) == export.N_SOURCES
        return done[-1]

    monkeypatch.setattr(export, "DURATION_S", 0.5)
    monkeypatch.setattr(export, "carry_out_export", keep)
    (figure,) = export.figures(tiny)
    assert (figure.key, str(figure.bound)) == ("export_4_sources_5min_s", "at most 5")
    (outcome,) = done
    assert outcome.exported.null_test_db < -120
    assert not outcome.order.folder.exists()


def test_edits_are_measured_until_they_are_seen(tiny: Effort, qapp, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(edits, "N_STEPS", 20)
    monkeypatch.setattr(edits, "VIEWS", edits.VIEWS[:1])
    seen, mixed, late = edits.figures(tiny)
    assert (seen.key, mixed.key) == ("edit_to_picture_ms", "edit_to_mix_ms")
    assert 0 < mixed.value < seen.value
    assert (late.key, str(late.bound)) == ("fader_after_1000_steps_ms", "at most 5")


def test_strokes_are_measured_until_they_are_seen(
    tiny: Effort, qapp, monkeypatch, tmp_path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(strokes, "N_STROKES", 3)
    monkeypatch.setattr(strokes, "N_MANY", 20)
    found = list(strokes.figures(tiny))
    assert [it.key for it in found] == [
        "stroke_to_mix_ms",
        "stroke_to_picture_ms",
        "stroke_to_mix_after_20_ms",
        "stroke_to_picture_after_20_ms",
    ]
    assert 0 < found[0].value < found[1].value


def test_work_for_others_is_told_from_own_work(monkeypatch) -> None:
    times_s = iter([(10.0, 1.0), (20.0, 6.0)])
    monkeypatch.setattr(machine.Neighbours, "_times_s", staticmethod(lambda: next(times_s)))
    assert machine.Neighbours().cores() == 0.5


def test_the_system_tells_of_work_for_others(monkeypatch, tmp_path) -> None:
    ticks = os.sysconf("SC_CLK_TCK")
    path = tmp_path / "stat"
    monkeypatch.setattr(machine, "CPU_TIMES", path)
    assert machine.Neighbours().cores() is None
    path.write_text("cpu  0 0 0 0 0 0 0 0 0 0\ncpu0 0\n")
    neighbours = machine.Neighbours()
    path.write_text(f"cpu  {10**6 * ticks} 0 0 {10**9} {10**9} 0 0 0 {10**9} 0\ncpu0 0\n")
    neighbours._began = (neighbours._began[0] - 1e6, neighbours._began[1])
    assert neighbours.cores() == pytest.approx(1, abs=0.01)


@pytest.mark.usefixtures("qapp")
def test_pictures_are_measured(tiny, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("isnmf_gui.gui.app.keep_blas_to_one_thread", lambda: None)
    monkeypatch.setattr(pictures, "ZOOMS", (1.0, 0.01))
    monkeypatch.setattr(pictures, "FRAMES_PER_ZOOM", 3)
    path = tmp_path / "figures.json"
    assert runner.main(["--quick", "--only", "pictures", "--json", str(path)]) == 0
    found = json.loads(path.read_text())
    assert 0 < found["zoom_frame_ms"] < 1000
    assert 0 < found["open_180s_stereo_s"] < 30


def test_sound_is_measured(tiny, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(sound, "MIXED_S", 3.0)
    monkeypatch.setattr(sound, "FADER_MOVES", 3)
    path = tmp_path / "figures.json"
    assert runner.main(["--quick", "--only", "sound", "--json", str(path)]) == 0
    found = json.loads(path.read_text())
    assert found["mixer_realtime_factor_k32"] > 1
    assert 0 < found["fader_to_sound_ms"] < 1000


def test_the_window_is_measured_under_load(tiny, tmp_path, capsys) -> None:
    path = tmp_path / "figures.json"
    assert runner.main(["--quick", "--only", "window", "--json", str(path)]) == 0
    found = json.loads(path.read_text())
    assert found["gui_longest_stall_ms"] > window_load.BEAT_MS
    assert found["underruns_60s"] >= 0
    acts, snapshots = re.search(r"(\d+) acts, (\d+) snapshots", capsys.readouterr().out).groups()
    assert int(acts) > 10
    assert int(snapshots) > 0


def test_the_start_is_measured(tiny) -> None:
    (figure,) = start.figures(tiny)
    assert (figure.key, str(figure.bound)) == ("start_to_window_s", "at most 1.5")
    assert 0.05 < figure.value < 30


def test_a_start_that_fails_is_no_figure(monkeypatch) -> None:
    monkeypatch.setattr(start, "COMMAND", [sys.executable, "-c", "print('answered'); exit(3)"])
    with pytest.raises(RuntimeError, match="did not answer"):
        start.start_s(dict(os.environ))
    monkeypatch.setattr(start, "COMMAND", [sys.executable, "-c", "import time; time.sleep(60)"])
    monkeypatch.setattr(start, "MOST_WAIT_S", 0.1)
    with pytest.raises(RuntimeError, match="did not answer"):
        start.start_s(dict(os.environ))


def test_a_stall_is_seen(qtbot) -> None:
    heart = window_load.Heart()
    heart.start()
    qtbot.wait(20)
    heart.acted = "sleeping"
    time.sleep(0.2)
    qtbot.wait(20)
    heart.stop()
    assert 0.2 <= heart.longest_s < 1
    assert heart.act == "sleeping"


def test_projects_are_measured(tiny) -> None:
    found = as_json(projects.figures(tiny))
    assert set(found) == {"project_save_s", "project_open_s"}
    assert 0 < found["project_save_s"] < 30
    assert 0 < found["project_open_s"] < 30


def test_a_fader_is_found_where_the_mix_changes() -> None:
    device = sound.open_simulated(2, 1000, lambda out, underrun: None, keeps=True)
    old, new = np.full((60, 2), 0.5, np.float32), np.full((60, 2), 0.2, np.float32)
    played = np.concatenate([np.zeros((10, 2), np.float32), old[:25], new[25:]])
    device.buffers = list(played.reshape(-1, 5, 2))
    device.times_s = [i * 0.005 for i in range(len(device.buffers))]
    # Sample 35 of what was taken is the first of the new mix, in the buffer taken at 35 ms.
    assert sound._longest_s(device, [old, new], [0.02]) == pytest.approx(0.015)


# -- table, file, arguments -------------------------------------------------------------------


def test_what_takes_long_is_measured_where_it_is_asked_for_alone(monkeypatch, capsys) -> None:
    done: list[str] = []

    def measured(name: str):
        return lambda effort: done.append(name) or iter(())

    monkeypatch.setattr(
        runner, "BENCHMARKS", {name: measured(name) for name in ("engine", "guidance")}
    )
    assert runner.main(["--quick"]) == 0
    assert done == ["engine"]
    assert runner.main(["--quick", "--only", "guidance"]) == 0
    assert done == ["engine", "guidance"]


def test_every_key_of_the_file_comes_from_one_benchmark() -> None:
    figures = [
        Figure("ratio", 1.23456, TINY),
        Figure("ratio", None, OTHER_TINY),
        Figure("whole", 2.0),
    ]
    expected = {"ratio": {"24x30_k3": 1.2346, "24x30_k8": None}, "whole": 2.0}
    assert as_json(figures) == expected


@pytest.mark.parametrize(
    ("bound", "value", "verdict"),
    [
        (Bound("at least", 10), 10.0, "met"),
        (Bound("at least", 10), 9.9, "NOT MET"),
        (Bound("at most", 1.3), 1.3, "met"),
        (Bound("at most", 1.3), 1.4, "NOT MET"),
        (Bound("at most", 1.3), None, ""),
        (None, 5.0, ""),
    ],
)
def test_the_table_says_whether_a_bound_is_met(bound, value, verdict: str) -> None:
    row = Figure("ratio", value, TINY, bound).row
    assert row.rstrip().endswith(verdict)
    assert ("MET" in row.upper()) == bool(verdict)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--only", "nonsense"], "invalid choice"),
        (["--json", "no/such/folder/a.json"], "there is no folder"),
        (["--fast"], "unrecognized arguments"),
    ],
)
def test_wrong_arguments_are_refused_before_anything_is_measured(
    arguments: list[str], complaint: str, capsys
) -> None:
    with pytest.raises(SystemExit) as refusal:
        runner.main(arguments)
    assert refusal.value.code == 2
    assert complaint in capsys.readouterr().err

"""What is no longer open does not stay in memory: an hour of stereo is 1.2 GB."""

import gc
import weakref
from pathlib import Path

import numpy as np
import pytest
import soundfile

from isnmf_gui.gui.files import recovery_desk
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.session.export.export_order import ExportOrder
from isnmf_gui.session.export.extras.extras import EXTRAS
from isnmf_gui.session.export.stems.stems import component_stems, residual_stem
from tests.gui.conftest import _delete_later

DEPTH = 6


@pytest.fixture(autouse=True)
def soon(monkeypatch) -> None:
    """Copies are kept after a moment, not after seconds."""
    monkeypatch.setattr(recovery_desk, "DELAY_MS", 50)


@pytest.fixture
def other_file(tmp_path: Path) -> Path:
    path = tmp_path / "other.wav"
    soundfile.write(path, np.random.default_rng(0).uniform(-0.1, 0.1, 8_000), 8_000)
    return path


def open_file(window: MainWindow, wait, path: Path) -> None:
    before = window.controller.document.recording
    window.files._open(path)
    wait(lambda: window.controller.document.recording is not before)
    wait(lambda: not window.controller.is_busy("open"))


def watched(window: MainWindow) -> dict[str, weakref.ref]:
    """Return weak references to everything large that belongs to the document, by what it is."""
    controller = window.controller
    recording = controller.document.recording
    things = {
        "recording": recording,
        "samples": recording.samples,
        "pictures": controller.pictures,
        "envelope": controller.envelope,
        "document": controller.document,
    }
    for step in controller.history.steps:
        for run in step.document.runs:
            separation, name = run.separation, f"run {run.id} of step {step.number}"
            things[f"{name}: separation"] = separation
            things[f"{name}: T"] = separation.factorization.basis
            things[f"{name}: V"] = separation.factorization.activation
            things[f"{name}: V of the masks"] = separation.factors.activation
            for component in run.components:
                for n, term in enumerate(component.terms or ()):
                    things[f"{name}: {component.index}, {n}"] = term
    return {name: weakref.ref(thing) for name, thing in things.items()}


def alive(things: dict[str, weakref.ref]) -> list[str]:
    _delete_later()
    return [name for name, thing in things.items() if thing() is not None]


def held(things: dict[str, weakref.ref]) -> str:
    """Describe what holds things, for the message of a test that fails: the ways to the root."""
    layer = [[name, thing()] for name, thing in things.items() if thing() is not None]
    said, seen = [", ".join(name for name, _ in layer)], {id(it) for it in layer}
    for _ in range(DEPTH):
        upper: list[list] = []
        seen |= {id(layer), id(upper)}
        for path, thing in layer:
            for it in gc.get_referrers(thing):
                kind = type(it).__name__
                if kind in ("frame", "list_iterator") or id(it) in seen:
                    continue
                key = next((k for k, v in it.items() if v is thing), "") if kind == "dict" else ""
                upper.append([f"{path} < {kind} {key}", it])
                seen |= {id(it), id(upper[-1])}
        layer = upper
        said += [path for path, _ in layer]
    return "\n".join(said[:1] + said[-40:])


def work(window: MainWindow, wait, qtbot, tmp_path: Path) -> None:
    """Do everything that a person does with a recording."""
    controller, panes = window.controller, window.panes
    window.selection.select([1], 1)
    window.factor_desk._split()
    wait(lambda: not controller.is_busy("split"))
    window.actions_["merge"].trigger()
    window.actions_["undo"].trigger()
    window.factor_desk._scale(-6.0)
    window.selection.select([0, 2], 0)
    window.actions_["group"].trigger()
    panes.components.mute_selection()
    for view in ("model", "component", "heard", "recording", "component"):
        window.scenes.choose(view)
        qtbot.wait(30)
    run = controller.document.current_run
    stems = (*component_stems(run), residual_stem(run))
    controller.export(ExportOrder(run, "wiener", tmp_path / "parts", stems, extras=tuple(EXTRAS)))
    wait(lambda: not controller.is_busy("export"))
    wait(lambda: window.recovery._kept is controller.document)
    window.files._save(tmp_path / "work.isnmf")
    wait(lambda: not controller.is_busy("save") and not window.files.is_unsaved)
    panes.components.mute_selection()
    wait(lambda: window.recovery._kept is controller.document)
    window.actions_["undo"].trigger()
    window.actions_["redo"].trigger()


def test_a_recording_that_was_worked_on_is_gone_when_another_is_opened(
    separated, wait, qtbot, tmp_path, other_file
) -> None:
    window = separated
    window.runs.compare()
    wait(lambda: not window.controller.is_busy("run") and not window.controller.running.waiting)
    work(window, wait, qtbot, tmp_path)
    things = watched(window)
    assert len(things) > 20
    open_file(window, wait, other_file)
    qtbot.wait(200)
    left = alive(things)
    assert not left, held(things)


def test_what_was_heard_is_gone_too(
    separated, sound_output, wait, qtbot, tmp_path, other_file
) -> None:
    window = separated
    window.listening.play_or_pause()
    wait(lambda: window.listening._levels._measure is not None)
    window.listening.toggle_audition(1)
    wait(lambda: window.controller.player.position_s > 0.2)
    things = watched(window)
    open_file(window, wait, other_file)
    left = alive(things)
    assert not left, held(things)


def test_a_run_that_was_cancelled_by_opening_another_file_is_gone(
    opened, wait, qtbot, tmp_path, other_file
) -> None:
    window = opened
    window.panes.settings._fields["n_iterations"].setValue(2000)
    window.runs.separate()
    wait(lambda: window.controller.live is not None)
    things = {
        "recording": weakref.ref(window.controller.document.recording),
        "live": weakref.ref(window.controller.live),
        "live V": weakref.ref(window.controller.live.separation.factorization.activation),
    }
    open_file(window, wait, other_file)
    wait(lambda: not window.controller.is_busy("run"))
    left = alive(things)
    assert not left, held(things)


def test_dialogs_hold_nothing(separated, wait, qtbot, tmp_path, other_file) -> None:
    window = separated
    window.selection.select([1], 1)
    dialogs = [window.factor_desk.ask_for_band(), window.files.ask_where_to_save()]
    dialogs.append(window.source_desk.suggest())
    for dialog in dialogs:
        if dialog is not None:
            dialog.reject()
    del dialog, dialogs
    wait(lambda: not window.controller.is_busy("suggest"))
    things = watched(window)
    open_file(window, wait, other_file)
    left = alive(things)
    assert not left, held(things)

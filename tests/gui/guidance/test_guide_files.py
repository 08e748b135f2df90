"""Guidance is saved, and loaded into another run in one step; what means nothing there is said."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox

from isnmf_gui.session.edits import guidance_edits
from isnmf_gui.session.project.guides import guide_of, read_guide
from tests.gui.guidance.conftest import LOW
from tests.gui.guidance.test_guidance_panel import label, run_of, strokes_of

LEFT = Qt.MouseButton.LeftButton
ACCEPTED, REJECTED = QFileDialog.DialogCode.Accepted, QFileDialog.DialogCode.Rejected


@pytest.fixture
def choose(monkeypatch):
    """Return what lets the next file dialog end with a path, or with none; the dialogs."""
    seen: list[QFileDialog] = []

    def chosen(path) -> list[QFileDialog]:
        def execute(dialog: QFileDialog):
            seen.append(dialog)
            if path is not None:
                dialog.selectFile(str(path))
            return REJECTED if path is None else ACCEPTED

        monkeypatch.setattr(QFileDialog, "exec", execute)
        return seen

    return chosen


def rest(window, wait) -> None:
    wait(lambda: not window.controller.is_busy("guide"))


def save(window, qtbot, wait, path, choose) -> None:
    choose(path)
    qtbot.mouseClick(window.panes.guidance.save_button, LEFT)
    rest(window, wait)


def load(window, qtbot, wait, path, choose) -> None:
    choose(path)
    qtbot.mouseClick(window.panes.guidance.load_button, LEFT)
    rest(window, wait)


def test_what_was_saved_is_loaded_in_one_step(painted, qtbot, wait, tmp_path, choose) -> None:
    path = tmp_path / "guide.json"
    save(painted, qtbot, wait, path, choose)
    said = guide_of(run_of(painted))
    assert read_guide(path) == said
    assert painted.status.text == "Guidance saved as guide.json."
    painted.guidance_desk.delete([1, 2, 3, 4])
    n_steps = len(painted.controller.history.steps)
    load(painted, qtbot, wait, path, choose)
    assert [it.shape for it in strokes_of(painted)] == [it.shape for it in said.strokes]
    assert label(painted) == "Load guidance: guide.json"
    assert len(painted.controller.history.steps) == n_steps + 1
    assert painted.status.text == (
        "4 strokes loaded from guide.json. Outside of this recording, and without effect: 1 stroke."
    )
    painted.history.undo()
    assert strokes_of(painted) == ()


def test_a_run_without_sources_gets_those_of_the_guide(
    separated, qtbot, wait, tmp_path, choose
) -> None:
    path, panel = tmp_path / "guide.json", separated.panes.guidance
    separated.panes.left.setCurrentWidget(panel)
    told = {
        "sources": ["A", "B"],
        "strokes": [{"source": "B", "start_s": 0, "stop_s": 1, "low_hz": 100, "high_hz": 900}],
        "components": [{"component": 9, "source": "A"}],
    }
    path.write_text(json.dumps(told))
    load(separated, qtbot, wait, path, choose)
    run = run_of(separated)
    assert sorted(it.name for it in run.sources) == ["A", "B"]
    assert run.source(run.strokes[0].source_id).name == "B"
    assert "This run has no component 9." in separated.status.text


def test_a_damaged_guide_gets_a_sentence_and_costs_nothing(
    painted, qtbot, wait, tmp_path, choose, subtests
) -> None:
    path, before = tmp_path / "bad.json", painted.controller.document
    strangers = b'{"sources": ["A"], "strokes": [{"source": "B"}]}'
    for n_told, content in enumerate((b"", b"{", b'{"sources": []}', strangers), 1):
        with subtests.test(content=content):
            path.write_bytes(content)
            load(painted, qtbot, wait, path, choose)
            wait(lambda n=n_told: len(painted.findChildren(QMessageBox)) == n)
            box = painted.findChildren(QMessageBox)[-1]
            assert "“bad.json” makes no sense" in box.text()
            assert painted.controller.document is before
            box.hide()


def test_a_place_that_cannot_be_written_gets_a_sentence(
    painted, qtbot, wait, tmp_path, choose
) -> None:
    painted.guides.save(tmp_path / "not there" / "guide.json")
    rest(painted, wait)
    wait(lambda: painted.findChildren(QMessageBox))
    assert "“guide.json” cannot be written" in painted.findChildren(QMessageBox)[0].text()


def test_strokes_of_what_is_unassigned_are_said_to_stay_out(
    painted, qtbot, wait, tmp_path, choose
) -> None:
    painted.guidance_desk.add(LOW, 0)
    save(painted, qtbot, wait, tmp_path / "guide.json", choose)
    assert "1 stroke of what is unassigned stayed out" in painted.status.text


def test_nothing_happens_where_the_dialog_is_left(painted, qtbot, wait, choose) -> None:
    before = painted.controller.document
    seen = choose(None)
    qtbot.mouseClick(painted.panes.guidance.save_button, LEFT)
    qtbot.mouseClick(painted.panes.guidance.load_button, LEFT)
    assert [it.acceptMode() for it in seen] == [
        QFileDialog.AcceptMode.AcceptSave, QFileDialog.AcceptMode.AcceptOpen,
    ]  # fmt: skip
    assert painted.controller.document is before
    assert not painted.controller.is_busy("guide")


def test_a_run_that_was_changed_meanwhile_is_left_alone(painted, qtbot, wait, tmp_path) -> None:
    path = tmp_path / "guide.json"
    painted.guides.save(path)
    rest(painted, wait)
    painted.guides.load(path)
    painted.guidance_desk.delete([1])
    rest(painted, wait)
    assert len(strokes_of(painted)) == 3
    assert "the run was changed meanwhile" in painted.status.text


def test_what_finds_no_room_is_said(painted, wait, tmp_path, monkeypatch) -> None:
    path = tmp_path / "guide.json"
    painted.guides.save(path)
    rest(painted, wait)
    monkeypatch.setattr(guidance_edits, "MOST_STROKES", 6)
    painted.guides.load(path)
    rest(painted, wait)
    assert len(strokes_of(painted)) == 6
    assert "2 strokes found no room any more." in painted.status.text

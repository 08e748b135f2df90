"""The list of steps: the same lines whatever was shown before, and only what differs is touched."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isnmf_gui.gui.history.history_panel import HistoryPanel
from isnmf_gui.session.document import history as history_module
from isnmf_gui.session.document.document import Document
from isnmf_gui.session.document.history import History

ACTS = ("push", "move fader", "go", "save", "open another")


@pytest.fixture
def panel(qtbot, theme) -> Iterator[HistoryPanel]:
    panel = HistoryPanel(theme)
    yield panel
    panel.close()
    panel.deleteLater()


def lines(panel: HistoryPanel) -> list[tuple[str, str, bool]]:
    items = [panel.list.item(row) for row in range(panel.list.count())]
    return [(item.text(), item.toolTip(), item.font().italic()) for item in items]


@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 6)), max_size=40))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_lines_say_the_steps_whatever_was_done(panel, theme, monkeypatch, acts) -> None:
    monkeypatch.setattr(history_module, "MOST_STEPS", 6)
    history = History(Document())
    for n, (act, choice) in enumerate(acts):
        if act == "push":
            history.push(Document(), f"Step {n}")
        elif act == "move fader":
            history.push(Document(), f"Gain {n}", key="fader")
        elif act == "go":
            history.go(choice % len(history.steps))
        elif act == "save":
            history.mark_saved(history.steps[choice % len(history.steps)])
        else:
            history = History(Document(), f"Opened {n}", is_saved=bool(choice % 2))
        panel.show_history(history)
        fresh = HistoryPanel(theme)
        fresh.show_history(history)
        expected = lines(fresh)
        fresh.deleteLater()
        assert lines(panel) == expected
        assert panel.list.currentRow() == history.place
        saved = [row for row, (text, *_) in enumerate(expected) if text.endswith("saved here")]
        assert saved == ([] if history.saved_place is None else [history.saved_place])
        assert [italic for *_, italic in expected] == [
            row > history.place for row in range(len(history.steps))
        ]


def test_a_step_of_a_fader_touches_one_line_of_a_thousand(panel, monkeypatch) -> None:
    history = History(Document())
    for n in range(1000):
        history.push(Document(), f"Step {n}")
    history.begin_gesture()
    history.push(Document(), "Gain −1 dB", key="fader")
    panel.show_history(history)
    written = []
    write = panel._write
    monkeypatch.setattr(panel, "_write", lambda row: (written.append(row), write(row)))
    history.push(Document(), "Gain −2 dB", key="fader")
    panel.show_history(history)
    assert written == [999]
    assert panel.list.item(999).text() == "Gain −2 dB"
    history.push(Document(), "Mute")  # and the oldest is forgotten
    panel.show_history(history)
    assert written == [999, 999]
    assert panel.list.item(0).text() == history.steps[0].label == "Step 2"

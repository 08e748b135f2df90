"""The list of devices: what is known is there at once, the rest when it was found."""

import textwrap
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from isnmf_gui.gui.playing.device_box import DEFAULT, LOOKING
from isnmf_gui.playback.device import device, device_scan

FOUND = ["Speakers", "Headphones"]


def texts(box) -> list[str]:
    return [box.itemText(place) for place in range(box.count())]


@pytest.fixture
def gate(tmp_path: Path, monkeypatch) -> Path:
    """A scan that waits until this file is there."""
    gate = tmp_path / "found"
    code = f"""
        import json, pathlib, time
        while not pathlib.Path({str(gate)!r}).exists():
            time.sleep(0.01)
        print(json.dumps([
            dict(name=name, host_api="", n_channels=2, default_sample_rate=44100, is_default=False)
            for name in {FOUND}
        ]))
    """
    monkeypatch.setattr(device_scan, "CODE", textwrap.dedent(code))
    monkeypatch.setattr(device, "_found", None)
    return gate


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # the offscreen one
def test_the_list_opens_at_once_and_is_completed(window, gate, wait, qtbot) -> None:
    box, player = window.panes.transport.devices, window.controller.player
    box.choose("Old")
    box.showPopup()  # the scan goes on: nothing waits for it
    assert player.is_looking
    assert box.view().isVisible()
    assert texts(box) == [str(DEFAULT), "Old", str(LOOKING)]
    assert not box.model().item(2).isEnabled()
    qtbot.keyClick(box.view(), Qt.Key.Key_Up)
    assert box.view().currentIndex().row() == 0
    gate.touch()
    wait(lambda: not player.is_looking)
    assert texts(box) == [str(DEFAULT), *FOUND, "Old"]
    assert box.view().isVisible()
    assert box.view().currentIndex().row() == 0  # where the person was
    assert box.currentText() == "Old"
    qtbot.keyClick(box.view(), Qt.Key.Key_Down)
    qtbot.keyClick(box.view(), Qt.Key.Key_Return)
    assert box.device == "Speakers"
    assert not box.view().isVisible()
    gate.unlink()
    box.showPopup()
    assert texts(box) == [str(DEFAULT), *FOUND, str(LOOKING)]  # what is known
    box.hidePopup()
    window.files.close_now()  # stops the scan


def test_a_scan_that_fails_is_said_and_leaves_what_is_known(window, wait, monkeypatch) -> None:
    monkeypatch.setattr(device_scan, "CODE", "raise SystemExit(1)")
    box, player = window.panes.transport.devices, window.controller.player
    player.device_names = FOUND
    box.list_wanted.emit()
    wait(lambda: not player.is_looking)
    assert texts(box) == [str(DEFAULT), *FOUND]
    assert any("does not answer" in it.text() for it in window.findChildren(QMessageBox))

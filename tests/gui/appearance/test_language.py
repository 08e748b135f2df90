"""The window in the language that was chosen."""

import html
import json
import os
import re
import subprocess
import sys

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QDialogButtonBox, QMenu

from isnmf_gui.gui.appearance.language import SYSTEM, chosen_language, install_language
from isnmf_gui.gui.appearance.store import open_store
from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.paths import PACKAGE, demo_recording
from isnmf_gui.texts import install, number, tr

#: What Japanese texts keep in Latin letters: names of things, units, keys, files and formats,
#: and of the recording.
LATIN = re.compile(
    r"isnmf-gui|IS-NMF|Fast|[\w.-]+\.(?:flac|isnmf|wav|html|png|csv|npz|json)|\{\w+\}|ITU-R|LUFS|"
    r"Ctrl|Shift|Enter|Space|Delete|Home|Vorbis|FLAC|English|Language|dBFS|MIT|/[\w/.-]+|"
    r"[\w-]*component[\w.-]*|\bdemo - "
)
TAG = re.compile(r"<[^>]*>")
#: Entries of a menu of pyqtgraph that the plots' own menus replace.
UNSEEN = {"Export", "Export..."}
CANCEL = QDialogButtonBox.StandardButton.Cancel


@pytest.fixture(scope="module")
def japanese(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    folder = tmp_path_factory.mktemp("japanese")
    homes = {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("STATE", "DATA", "CACHE")}
    program = [sys.executable, "-m", "tests.gui.japanese_window", folder, demo_recording()]
    done = subprocess.run(
        program,
        cwd=PACKAGE.parent,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **homes},
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_no_english_is_left_in_the_japanese_window(japanese: dict[str, list[str]]) -> None:
    shown = [html.unescape(TAG.sub("", text)) for text in japanese["met"]]
    english = [text for text in shown if re.search(r"[A-Za-z]{4,}", LATIN.sub("", text))]
    assert not set(english) - UNSEEN
    for text in (
        "分離(&S)",
        "残差",
        "ファイル(&F)",
        "キャンセル",
        "音源を提案",
        "成分 1",
        "録音を開く…",
    ):
        assert any(text in it for it in japanese["met"]), text


def test_nothing_is_cut_off_in_a_small_japanese_window(japanese: dict[str, list[str]]) -> None:
    assert not japanese["cut"]


def test_modules_may_be_imported_before_the_language_is_known(
    japanese: dict[str, list[str]],
) -> None:
    """What their constants say is in the language that was installed afterwards."""
    for module, text in {
        "gui.window.main_window": "表示(&V)",
        "gui.actions.action_entries": "成分 &3",  # with its number
        "gui.runs.settings_texts": "0.01 % を下回ったら",
        "gui.plots.time_axis": "時間 (s)",  # of an axis, which takes any object
        "session.sound_files.formats": "WAV、32 ビット浮動小数点",
    }.items():
        assert f"isnmf_gui.{module}" in japanese["imported"]
        assert text in japanese["met"]


@pytest.fixture
def restored_language(qapp):
    before = QLocale()
    yield
    install_language(qapp, "en")
    QLocale.setDefault(before)
    install()


@pytest.mark.usefixtures("restored_language")
def test_a_language_brings_its_texts_and_numbers(qapp) -> None:
    install_language(qapp, "ja")
    assert tr("Residual") == "残差"
    assert number(1234567.5, ",.1f") == "1,234,567.5"
    assert QLocale().language() == QLocale.Language.Japanese
    assert QDialogButtonBox(CANCEL).button(CANCEL).text() == "キャンセル"  # one of Qt's own texts
    install_language(qapp, "en")
    assert tr("Residual") == "Residual"
    assert QDialogButtonBox(CANCEL).button(CANCEL).text() == "Cancel"


@pytest.mark.usefixtures("restored_language")
def test_numbers_follow_the_desktop_where_its_language_is_not_known(qapp, monkeypatch) -> None:
    german = QLocale("de_DE")
    monkeypatch.setattr(QLocale, "system", staticmethod(lambda: german))
    install_language(qapp, SYSTEM)
    assert tr("{x:.1f} dB", x=1.5) == "1,5 dB"
    assert tr("Residual") == "Residual"


@pytest.mark.usefixtures("restored_language")
def test_the_desktops_language_is_taken_where_none_was_chosen(qapp, monkeypatch) -> None:
    monkeypatch.setattr(QLocale, "system", staticmethod(lambda: QLocale("ja_JP")))
    install_language(qapp, SYSTEM)
    assert tr("Residual") == "残差"


def test_the_language_is_chosen_in_the_menu(window) -> None:
    menu = next(it for it in window.menuBar().findChildren(QMenu) if it.title() == "Lan&guage")
    labels = [action.text() for action in menu.actions()]
    assert labels == ["As the des&ktop", "English", "日本語"]
    assert [action.isChecked() for action in menu.actions()] == [True, False, False]
    menu.actions()[2].trigger()
    assert Preferences().language == "ja"
    assert "started again" in window.status.text
    menu.actions()[0].trigger()
    assert Preferences().language == SYSTEM


@pytest.mark.parametrize("garbage", ["", "klingon", ["ja", "en"], 7, b"\xff", None])
def test_a_wrong_language_is_the_desktops(garbage: object) -> None:
    store = open_store()
    store.setValue("language", garbage)
    store.sync()
    assert chosen_language(open_store()) == SYSTEM
    assert Preferences().language == SYSTEM

"""Fields for numbers: every digit that is typed stays, and limits are said aloud."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QWidget

from isnmf_gui.gui.export.export_boxes import SoundBox
from isnmf_gui.gui.factors.band_dialog import BandDialog
from isnmf_gui.gui.sources.suggest_dialog import SuggestDialog
from isnmf_gui.gui.widgets.number_box import DecimalBox, LimitNote, NumberBox
from isnmf_gui.session.export.choices import ExportChoices
from tests.gui.made_runs import some_run


def note_of(box: QAbstractSpinBox) -> str:
    return "".join(it.text() for it in box.window().findChildren(LimitNote) if it.isVisible())


def type_into(qtbot, box: QAbstractSpinBox, text: str) -> None:
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, text)


@pytest.fixture
def whole(qtbot) -> Iterator[NumberBox]:
    window = QWidget()
    window.resize(400, 100)
    box = NumberBox()
    box.setParent(window)
    box.setRange(16, 10_000)
    box.setValue(200)
    box.setSuffix(" samples")
    window.show()
    qtbot.waitExposed(window)
    yield box
    window.close()
    window.deleteLater()


@pytest.fixture
def decimal(qtbot) -> Iterator[DecimalBox]:
    window = QWidget()
    window.resize(400, 100)
    box = DecimalBox()
    box.setParent(window)
    box.setRange(-60.0, 0.5)
    box.setDecimals(1)
    window.show()
    qtbot.waitExposed(window)
    yield box
    window.close()
    window.deleteLater()


@pytest.mark.parametrize("tracking", [True, False])
def test_too_much_is_not_cut_to_fewer_digits(whole, qtbot, tracking) -> None:
    whole.setKeyboardTracking(tracking)
    type_into(qtbot, whole, "20000")
    assert whole.lineEdit().text() == "20000 samples"
    assert note_of(whole) == "At most 10000 samples."
    qtbot.keyClick(whole, Qt.Key.Key_Return)
    assert (whole.value(), whole.text()) == (10_000, "10000 samples")
    assert note_of(whole) == "At most 10000 samples. It is that now, not 20000."


def test_too_little_is_said_once_it_stands(whole, qtbot) -> None:
    type_into(qtbot, whole, "1")
    assert note_of(whole) == ""  # it may become 1024
    qtbot.keyClick(whole, Qt.Key.Key_Return)
    assert whole.value() == 16
    assert note_of(whole) == "At least 16 samples. It is that now, not 1."
    type_into(qtbot, whole, "1024")
    assert note_of(whole) == ""
    qtbot.keyClick(whole, Qt.Key.Key_Return)
    assert (whole.value(), note_of(whole)) == (1024, "")


def test_more_than_fits_into_a_number_of_qt(whole, qtbot) -> None:
    type_into(qtbot, whole, "99999999999999999999")
    whole.interpretText()
    assert whole.value() == 10_000


def test_letters_are_no_number(whole, qtbot) -> None:
    type_into(qtbot, whole, "3x0")
    whole.interpretText()
    assert whole.value() == 30


@pytest.mark.parametrize("language", [QLocale.Language.English, QLocale.Language.German])
@pytest.mark.parametrize("typed", ["-99,5", "-99.5"])
def test_negative_numbers_and_either_decimal_mark(decimal, qtbot, language, typed) -> None:
    decimal.setLocale(QLocale(language))
    type_into(qtbot, decimal, typed)
    assert note_of(decimal).startswith("At least -60")
    qtbot.keyClick(decimal, Qt.Key.Key_Return)
    assert decimal.value() == -60.0
    type_into(qtbot, decimal, typed.replace("99", "9"))
    qtbot.keyClick(decimal, Qt.Key.Key_Return)
    assert (decimal.value(), note_of(decimal)) == (-9.5, "")


def test_the_note_goes_with_the_field(whole, qtbot) -> None:
    type_into(qtbot, whole, "20000")
    assert note_of(whole)
    whole.hide()
    assert not note_of(whole)


def test_every_field_of_the_window_says_its_limits(window, theme) -> None:
    """Qt's own boxes, which cut numbers short, are nowhere."""
    run = some_run(3)
    places = [window, BandDialog(1000, window), SuggestDialog(run, theme, window)]
    places.append(SoundBox(run, ExportChoices()))
    found = [it for place in places for it in place.findChildren(QAbstractSpinBox)]
    assert len(found) >= 8
    assert all(isinstance(box, NumberBox | DecimalBox) for box in found)
    for place in places[1:]:
        place.deleteLater()


def test_iterations_beyond_the_limit_are_run_up_to_it(opened, qtbot) -> None:
    panel = opened.panes.settings
    type_into(qtbot, panel._fields["n_iterations"], "20000")
    qtbot.keyClick(panel._fields["n_iterations"], Qt.Key.Key_Tab)
    assert panel.settings().n_iterations == 10_000
    assert note_of(panel._fields["n_iterations"]).endswith("It is that now, not 20000.")

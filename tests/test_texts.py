"""Texts as they are shown: translated, with their fields filled in."""

from collections.abc import Iterator

import numpy as np
import pytest

from isnmf_gui import texts
from isnmf_gui.texts import N_, clock, filled, moment, number, plain, signed, tr, without_mnemonic

GERMAN = {"Open": "Öffnen", "{gain:.1f} dB": "{gain:.1f} dB", "%n file(s)": "%n Datei(en)"}


@pytest.fixture
def german() -> Iterator[None]:
    texts.install(lambda text, comment, n: GERMAN.get(text + comment), ",", ".")
    yield
    texts.install()


def test_english_is_shown_without_a_translator() -> None:
    assert tr("Open") == "Open"
    assert tr("Open", "a verb") == "Open"
    assert tr("{name} is {share:.0f} % done", name="a.wav", share=12.34) == "a.wav is 12 % done"


def test_braces_are_left_alone_where_nothing_is_filled_in() -> None:
    assert tr("{what} alone") == "{what} alone"
    assert filled(tr("{what} alone"), "Component {1}") == "Component {1} alone"


@pytest.mark.parametrize(("n", "text"), [(0, "0 files"), (1, "1 file"), (2, "2 files")])
def test_plurals_are_resolved_in_english(n: int, text: str) -> None:
    assert tr("%n file(s)", "", n) == text
    assert tr("%n file(s) in {folder}", "", n, folder="(s) %n") == f"{text} in (s) %n"


@pytest.mark.usefixtures("german")
def test_the_translator_is_asked() -> None:
    assert tr("Open") == "Öffnen"
    assert tr("Open", "not known") == "Open"
    assert tr("Close") == "Close"


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize("gain", [-3.25, np.float64(-3.25), np.float32(-3.25)])
def test_numbers_are_written_by_the_locale(gain: float) -> None:
    assert tr("{gain:.1f} dB", gain=gain) == "−3,2 dB"
    assert number(12345.678, ",.1f") == "12.345,7"
    assert tr("{name}", name="a.wav, 1.5") == "a.wav, 1.5"  # no number


def test_only_numbers_have_a_minus_sign() -> None:
    """Names keep their hyphens, wherever they stand."""
    said = tr("{name}: {level_db:.1f} dB, {n:+d}", name="a -b - c", level_db=-18.94, n=-3)
    assert said == "a -b - c: −18.9 dB, −3"
    assert signed(-1.5) == "−1.5"


@pytest.mark.parametrize(
    ("text", "without", "bare"),
    [
        ("&Open…", "Open…", "Open"),
        ("Save &as…", "Save as…", "Save as"),
        ("開く(&O)…", "開く…", "開く"),
        ("音源(&S)（3 個）", "音源（3 個）", "音源（3 個）"),
        ("Plain (text)", "Plain (text)", "Plain (text)"),
    ],
)
def test_mnemonics_are_taken_out(text: str, without: str, bare: str) -> None:
    assert without_mnemonic(text) == without
    assert plain(text) == bare


def test_marked_texts_are_translated_when_they_are_shown() -> None:
    opened, gain = N_("Open"), N_("{gain:.1f} dB")
    assert (str(opened), gain.filled(gain=1.5)) == ("Open", "1.5 dB")
    texts.install(lambda text, comment, n: GERMAN.get(text + comment), ",", ".")
    try:
        assert (str(opened), gain.filled(gain=1.5)) == ("Öffnen", "1,5 dB")
        assert f"{opened}: a.wav" == "Öffnen: a.wav"
    finally:
        texts.install()
    assert str(opened) == "Open"


@pytest.mark.usefixtures("german")
def test_marked_texts_may_know_what_their_fields_hold() -> None:
    gain = N_("{gain:.1f} dB", gain=1.5)
    assert (str(gain), gain.filled(gain=-3)) == ("1,5 dB", "−3,0 dB")
    assert N_("{gain:.1f} dB of {name}", gain=2).filled(name="{x}") == "2,0 dB of {x}"


def test_equal_marked_texts_are_the_same_key() -> None:
    """As menus are found by."""
    found = {N_("&File"): 1, N_("Open", "a verb"): 2, N_("The &{place}.", place=1): 3}
    assert found[N_("&File")] == 1
    assert found[N_("Open", "a verb")] == 2
    assert found[N_("The &{place}.", place=1)] == 3
    assert not found.keys() & {N_("Open"), N_("The &{place}."), N_("The &{place}.", place=2)}


@pytest.mark.parametrize(
    ("seconds", "decimals", "clocked", "said"),
    [
        (-0.2, 1, "0:00.0", "-0.2 s"),
        (7.25, 2, "0:07.25", "7.25 s"),
        (59.94, 1, "0:59.9", "59.9 s"),
        (59.96, 1, "1:00.0", "1:00.0"),
        (119.9996, 3, "2:00.000", "2:00.000"),
        (754.2, 0, "12:34", "12:34"),
        (3599.96, 1, "1:00:00.0", "1:00:00.0"),
        (90_061.5, 1, "25:01:01.5", "25:01:01.5"),
    ],
)
def test_times_are_written_as_a_clock_has_them(seconds, decimals, clocked, said) -> None:
    assert clock(seconds, decimals) == clocked
    assert moment(seconds, decimals) == said


@pytest.mark.usefixtures("german")
def test_times_have_the_decimal_sign_of_the_locale() -> None:
    assert clock(63.25, 2) == "1:03,25"
    assert clock(63.25, 0, hours=True) == "0:01:03"

"""What can be written, and what its files are called."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isnmf_gui.errors import ExportError
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.edits.mix_edits import set_gain, set_muted
from isnmf_gui.session.edits.source_edits import add_source, group, set_source_muted
from isnmf_gui.session.export.file_names import DEFAULT_PATTERN, file_stems
from isnmf_gui.session.export.stems.stems import (
    Stem,
    component_stems,
    is_complete,
    mix_stem,
    residual_stem,
    source_stems,
    stems_to_come,
)
from isnmf_gui.session.files.safe_names import LONGEST_BYTES, safe


def names(stems: list[Stem], pattern: str = DEFAULT_PATTERN) -> list[str]:
    return file_stems(stems, pattern, "My song")


# -- stems ------------------------------------------------------------------------------------


def test_components_are_alone_and_as_they_lie(run: Run) -> None:
    stems = component_stems(set_muted(set_gain(run, [1], -20), [0], True))
    assert np.array_equal([it.gains for it in stems], np.eye(3))
    assert names(stems) == [f"My song - Component 0{number}" for number in (1, 2, 3)]
    assert [it.index for it in component_stems(run, [2, 0])] == [0, 2]


def test_sources_and_the_rest(run: Run) -> None:
    assert [it.kind for it in source_stems(run)] == ["unassigned"]
    grouped = set_source_muted(group(run, [0, 2], "Guitar"), 1, True)
    stems = source_stems(add_source(grouped))  # the new one holds nothing: it is left out
    assert [list(it.gains) for it in stems] == [[1, 0, 1], [0, 1, 0]]
    assert names(stems) == ["My song - Guitar", "My song - Unassigned"]
    assert [it.name for it in stems] == ["Guitar", "Unassigned"]
    everything = source_stems(group(run, [0, 1, 2]))
    assert [it.kind for it in everything] == ["source"]


def test_the_mix_is_as_the_faders_say(run: Run) -> None:
    mix = mix_stem(set_muted(set_gain(run, [1], -20), [0], True))
    assert list(mix.gains) == pytest.approx([0, 0.1, 1])
    assert names([mix, residual_stem(run)]) == ["My song - Mix", "My song - Residual"]


def test_what_is_complete(run: Run) -> None:
    stems = component_stems(run)
    assert is_complete(stems, run)
    assert is_complete(source_stems(group(run, [0])), run)
    assert is_complete([mix_stem(run)], run)
    assert not is_complete(stems[:2], run)
    assert not is_complete([], run)
    assert not is_complete([mix_stem(set_gain(run, [1], -1))], run)


# -- names ------------------------------------------------------------------------------------


def test_patterns(run: Run) -> None:
    stems = [*component_stems(run, [1]), mix_stem(run)]
    assert names(stems, "{recording} - {number} - {name}") == [
        "My song - 02 - Component 02",
        "My song - Mix",
    ]
    assert names(stems, "{number}_{kind}") == ["02_component", "mix"]
    assert names(stems, "{recording}") == ["My song", "My song (2)"]
    assert names(stems, "") == ["_", "_ (2)"]


@pytest.mark.parametrize(
    "pattern", ["{title}", "{0}", "{number:03d}", "{name!r}", "{", "a}b", "{}"]
)
def test_a_pattern_with_other_braces_gets_a_sentence(pattern: str, run: Run) -> None:
    with pytest.raises(ExportError, match=r"fields \{recording\}, \{number\}, \{name\}, \{kind\}"):
        names(component_stems(run), pattern)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a/b\\c:d", "a_b_c_d"),
        ("../../etc", "_.._etc"),
        ("CON", "_CON"),
        ("com1.take", "_com1.take"),
        ("console", "console"),
        ("con .wav", "_con .wav"),
        ("foo ", "foo"),
        ("ends.. . ", "ends"),
        ("...", "_"),
        ("tab\there\n", "tab_here_"),
        ("ギター", "ギター"),
        ("e\u0301", "é"),
        ("\udce9", "_"),
    ],
)
def test_names_are_safe(name: str, expected: str) -> None:
    assert safe(name) == expected


def test_names_of_what_is_yet_to_be_made_are_those_that_it_gets(run: Run) -> None:
    assert names(stems_to_come("component", 3)) == names(component_stems(run))
    grouped = add_source(group(run, [0, 1, 2]))
    assert names(stems_to_come("source", 1)) == names(source_stems(grouped))


def test_unnamed_parts_are_in_their_order_however_many() -> None:
    made = names(stems_to_come("component", 120))
    assert made == sorted(made)
    assert (made[0], made[-1]) == ("My song - Component 001", "My song - Component 120")


def test_a_long_name_of_the_recording_leaves_room_for_that_of_the_part() -> None:
    stems = [Stem("mix", "Mix", np.ones(1)), *stems_to_come("source", 2)]
    made = file_stems(stems, DEFAULT_PATTERN, "歌" * 90)
    assert [name.split(" - ")[1] for name in made] == ["Mix", "Source 01", "Source 02"]
    assert max(len(name.encode()) for name in made) <= LONGEST_BYTES


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_any_names_are_safe_and_different(titles: list[str]) -> None:
    stems = [Stem("source", title, np.ones(1), 1, title=title) for title in titles]
    made = file_stems(stems, "{name}", "x")
    assert len({name.casefold() for name in made}) == len(titles)
    for name in made:
        assert name == name.strip(" .")
        assert name
        assert not set(name) & set('/\\:*?"<>|\0\n')
        assert len(name.encode()) <= LONGEST_BYTES + len(" (5)")


def test_braces_in_titles_are_no_fields(run: Run) -> None:
    stem = replace(component_stems(run)[0], title="{kind}")
    assert names([stem], "{name}") == ["{kind}"]

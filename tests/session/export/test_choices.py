"""What was chosen when exporting, as it is stored and read again."""

import json
from dataclasses import asdict, replace

import pytest

from isnmf_gui.session.export.choices import ExportChoices
from isnmf_gui.session.export.file_names import DEFAULT_PATTERN

CHOSEN = replace(ExportChoices(), format_name="flac", pattern="{number} {name}", extras=("loss",))


@pytest.mark.parametrize(
    "choices", [ExportChoices(), CHOSEN, replace(CHOSEN, pattern="{kind}-{number}")]
)
def test_what_is_stored_is_read(choices: ExportChoices) -> None:
    assert ExportChoices.from_text(choices.as_text()) == choices


def test_who_never_chose_a_pattern_gets_the_new_one() -> None:
    """It used to be stored with everything else."""
    before = json.dumps(asdict(replace(CHOSEN, pattern="{kind}-{number}")))
    assert ExportChoices.from_text(before) == replace(CHOSEN, pattern=DEFAULT_PATTERN)
    assert ExportChoices.from_text(json.dumps(asdict(CHOSEN))) == CHOSEN  # a choice is kept


@pytest.mark.parametrize("version", [None, "2", [], 7])
def test_a_version_that_is_none_does_no_harm(version: object) -> None:
    text = json.dumps({"version": version, "format_name": "ogg"})
    assert ExportChoices.from_text(text).format_name == "ogg"

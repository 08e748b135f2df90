"""What is spoiled: sounds in every form that libsndfile writes, and small projects."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import soundfile

from isnmf_gui.session.document.document import Document
from isnmf_gui.session.project import save_project
from tests.fuzz.mutations import ANYWHERE, OF_SOUNDS, mutated
from tests.fuzz.odd_json import with_odd_values
from tests.recordings import TEST_SET, music
from tests.session.projects import everything, loaded, members_of

#: Encodings that are not the usual one of their form.
MORE = {
    "WAV": ("ULAW", "ALAW", "IMA_ADPCM", "MS_ADPCM", "GSM610", "G721_32", "NMS_ADPCM_24"),
    "AIFF": ("ULAW", "DWVW_12", "DWVW_24", "GSM610", "IMA_ADPCM"),
    "AU": ("G721_32", "G723_24", "ULAW"),
    "CAF": ("ALAC_16", "ALAC_24", "ULAW", "PCM_24"),
    "W64": ("IMA_ADPCM", "FLOAT"),
}
#: These have no header, or it lies in a file of its own.
LEFT_OUT = ("RAW", "SD2")
RATE, LENGTH_S = 16_000, 0.2


class Originals:
    """Bytes of files, by name; each is good until it is spoiled.

    Parameters
    ----------
    folder : Path
        Where they may be made.
    """

    def __init__(self, folder: Path) -> None:
        self.sounds = {**_test_set(folder), **_other_forms()}
        self.projects = _projects(folder)

    def spoiled(self, dice: random.Random) -> tuple[str, bytes]:
        """Return the name of a spoiled file, and what it holds."""
        if dice.random() < 0.3:
            name = dice.choice(sorted(self.projects))
            return name, _spoiled_project(self.projects[name], dice)
        name = dice.choice(sorted(self.sounds))
        return name, mutated(self.sounds[name], dice, OF_SOUNDS)


def _test_set(folder: Path) -> dict[str, bytes]:
    """Return the files of the test set that are small enough for thousands of them."""
    content = {name: it.write(folder).read_bytes() for name, it in TEST_SET.items()}
    return {name: it for name, it in content.items() if len(it) < 400_000}


def _other_forms() -> dict[str, bytes]:
    files = {}
    for form in sorted(set(soundfile.available_formats()) - set(LEFT_OUT)):
        for subtype in (soundfile.default_subtype(form), *MORE.get(form, ())):
            content = _written(form, subtype) if subtype else None
            if content is not None:
                files[f"{subtype}.{form.lower()}"] = content
    return files


def _written(form: str, subtype: str) -> bytes | None:
    """Return a file, mono where two channels are too many; None if libsndfile cannot."""
    for n_channels in (2, 1):
        for rate in (RATE, 44_100, 8_000):
            file = io.BytesIO()
            try:
                soundfile.write(file, music(rate, n_channels, LENGTH_S), rate, subtype, format=form)
            except (soundfile.LibsndfileError, ValueError):
                continue
            return file.getvalue()
    return None


def _projects(folder: Path) -> dict[str, bytes]:
    recording = loaded(TEST_SET["8 kHz mono.wav"].write(folder))
    full = save_project(everything(recording), folder / "full.isnmf").path
    plain = save_project(Document(recording), folder / "plain.isnmf").path
    return {path.name: path.read_bytes() for path in (full, plain)}


def _spoiled_project(content: bytes, dice: random.Random) -> bytes:
    """Spoil the file, or what lies in it with checksums that are right again."""
    if dice.random() < 0.3:
        return mutated(content, dice, ANYWHERE)
    members = members_of(io.BytesIO(content))
    name, other = dice.sample(sorted(members), 2)
    way = dice.random()
    if way < 0.5:
        members["project.json"] = with_odd_values(members["project.json"], dice)
    elif way < 0.9:
        members[name] = mutated(members[name], dice, OF_SOUNDS)
    else:
        members[name], members[other] = members[other], members[name]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, it in members.items():
            archive.writestr(name, it)
    return file.getvalue()

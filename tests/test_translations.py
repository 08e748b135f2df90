"""Every text for people can be translated, and every translation is complete."""

import ast
import re
import shutil
import string
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QTranslator

from isnmf_gui.gui.actions.action_entries import NAMED
from isnmf_gui.paths import PACKAGE, resources
from tests.programs import load

LANGUAGES = ("ja",)
#: Layers whose texts are shown to people; the engine and the transforms are for programmers.
SHOWN = ("gui", "session", "playback", "spectral/pictures/colormap.py", "spectral/hearing/notes.py")
#: Names of programs, formats, rules, and parts of files: the same in every language.
SAME_EVERYWHERE = {
    "Fast": "name of an update rule",
    "English": "a language by its own name",
    "MemAvailable:": "entry of /proc/meminfo",
    "Linux": "name of a system",
    "can't start new thread": "what Python says",
    "OGG Vorbis": "name of a format",
    "Component {}": "picture files: Pillow's font has Latin letters only",
    "time in s": "picture files: Pillow's font has Latin letters only",
    "frequency in Hz": "picture files: Pillow's font has Latin letters only",
    "Iteration": "column of a CSV file, which programs read",
    "Loss of {}": "column of a CSV file, which programs read",
    "Time (s)": "column of a CSV file, which programs read",
    "Frequency (Hz)": "column of a CSV file, which programs read",
    "{} Hz (dB)": "column of a CSV file, which programs read",
    "{} labels are needed, not {}.": "error for programmers",
    "isnmf-gui {}": "name and version of the program, in files",
    "{} kHz": "a number and its unit",
    "{}: {}, {}, {} kHz.": "a name, translated words, a number and its unit",
    "source gain": "key of an edit",
    "Range": "part of the name of an argument of pyqtgraph",
    "a file is shorter than what was written": "details of a fault of the disk",
    "from isnmf_gui.playback.device.device_scan import tell_devices; tell_devices()": "code",
    "exit code {}\n{}": "details of a fault of the sound system",
    "no answer in {} s": "details of a fault of the sound system",
    "ALSA's configuration defines no pcm": "details of an error, for engineers",
    "{} channels at {} Hz: {}": "details of an error, for engineers",
    "alive: {}, last call {} s ago": "details of an error, for engineers",
    "libsndfile error {}, {}": "details of an error, for engineers",
    "a MIDI sample dump": "details of an error, for engineers",
}
#: What is given to these is for programs or programmers.
NOT_SHOWN = {
    *("setObjectName", "setProperty", "property", "findChild", "getLogger", "Formatter"),
    *("debug", "info", "warning", "error", "exception", "compile", "sub", "write"),
    *("ValueError", "TypeError", "KeyError", "RuntimeError", "NotImplementedError"),
}
#: Constants that hold names, a style sheet, code that is run, and what libsndfile says.
NO_TEXTS = {"__all__", "STYLE", "SCAN", "BEGINNINGS", "OGG_PACKETS", "WAV_TAGS", "TRUNCATED"}
#: Whole files that hold HTML, style sheets or SVG, or write nothing for people.
MARKUP = {"gui/plots/svg.py", "gui/appearance/theme.py", "gui/app.py"}
WORDS = re.compile(
    r"[A-Za-z]{2,}[,.:;…]* \(?[A-Za-z]{2,}|^&?[A-Z][a-z]+|^[A-Z][A-Za-z&]*…?$"
    r"|\{\} [A-Za-z]{3,}|[A-Za-z]{3,} \{\}"
)
TAG = re.compile(r'<[^>]*>|<[a-z]+ [^>]*="$')  # the last: its value follows bit by bit
KEYS = re.compile(r"(Ctrl|Alt|Shift)\+|F\d+$|[A-Z0-9_]+$|Del$|Esc$|Space$")


def messages(ts: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Yield source, comment and translations (several of a plural) of each text."""
    for message in ElementTree.parse(ts).iter("message"):
        translation = message.find("translation")
        assert translation is not None
        assert translation.get("type") is None, f"unfinished or obsolete: {message[0].text}"
        forms = [form.text or "" for form in translation] or [translation.text or ""]
        yield message.findtext("source", ""), message.findtext("comment", ""), forms


def file_of(language: str, suffix: str = "ts") -> Path:
    return resources() / "translations" / f"isnmf_{language}.{suffix}"


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return request.param


# -- the files that translators work on ------------------------------------------------------


def test_translations_know_exactly_the_texts_that_there_are(language: str, tmp_path: Path) -> None:
    ts = tmp_path / file_of(language).name
    shutil.copy(file_of(language), ts)
    _, *arguments = load(PACKAGE.parent / "run.py").update_command(ts)
    command = [str(Path(sys.executable).with_name("pyside6-lupdate")), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    assert ts.read_text("utf-8") == file_of(language).read_text("utf-8"), (
        "texts were changed: python3 run.py translate, then translate what is new"
    )


def test_lupdate_sees_every_call_of_tr(language: str) -> None:
    """Not those inside of f-strings, say."""
    known = {source for source, _, _ in messages(file_of(language))}
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if is_call_of(node, "tr") or is_call_of(node, "N_"):
                assert isinstance(node, ast.Call)
                text = node.args[0]
                assert isinstance(text, ast.Constant), f"no literal: {path}:{node.lineno}"
                assert text.value in known, f"{path}:{node.lineno}: {text.value}"


def test_every_translation_is_whole(language: str) -> None:
    for source, _, forms in messages(file_of(language)):
        for text in forms:
            assert text.strip(), source
            assert fields(text) == fields(source), source
            assert ("%n" in text) == ("%n" in source), source
            assert has_mnemonic(text) == has_mnemonic(source), source
            assert ends(text) == ends(source), source
            assert text.count("\t") == source.count("\t"), source


def test_menus_have_the_mnemonics_that_they_have_in_english(language: str) -> None:
    texts = {(source, comment): forms[0] for source, comment, forms in messages(file_of(language))}
    for menu in {entry.menu for entry in NAMED}:
        english = [entry.text.text for entry in NAMED if entry.menu == menu]
        keys = [re.findall(r"&(\w)", texts[text, ""])[0] for text in english]
        before = [re.findall(r"&(\w)", text)[0].upper() for text in english]
        assert keys == before, menu


def test_the_program_reads_what_translators_wrote(language: str) -> None:
    translator = QTranslator()
    assert translator.load(str(file_of(language, "qm")))
    for source, comment, forms in messages(file_of(language)):
        n = 2 if "%n" in source else -1
        read = translator.translate("", source, comment, n)
        assert read.replace("2", "%n", n == 2) in forms, "python3 run.py translate"


def fields(text: str) -> list[tuple[str, str]]:
    parsed = string.Formatter().parse(text)
    return sorted((name, spec or "") for _, name, spec, _ in parsed if name is not None)


def has_mnemonic(text: str) -> bool:
    return re.search(r"&\w", text) is not None


def ends(text: str) -> tuple[bool, bool, bool]:
    return text.startswith(" "), text.endswith(" "), text.split("\t")[0].endswith("…")


# -- the sources -----------------------------------------------------------------------------

#: Imports the modules that it is told; a translator notes what asks for it meanwhile.
IMPORTING = """
import importlib, sys
from isnmf_gui import texts
asked = []
texts.install(lambda text, comment, n: asked.append(text) or "")
for name in sys.argv[1:]:
    importlib.import_module(name)
    for text in asked:
        print(f"{name}, or what it imports: {text}")
    asked.clear()
"""


def test_nothing_is_translated_while_modules_are_imported() -> None:
    """Neither in constants, classes and defaults, nor by what is called to fill them."""
    parts = [path.relative_to(PACKAGE.parent).with_suffix("").parts for path in modules()]
    names = [".".join(it) for it in parts if it[-1] not in ("__init__", "__main__")]
    assert len(names) > 200
    program = [sys.executable, "-c", IMPORTING, *names]
    done = subprocess.run(program, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    assert not done.stdout, "mark with N_(...), translate with str(...): " + done.stdout


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def shown_files() -> list[Path]:
    files: list[Path] = []
    for name in SHOWN:
        path = PACKAGE / name
        files += sorted(path.rglob("*.py")) if path.is_dir() else [path]
    return [path for path in files if path.relative_to(PACKAGE).as_posix() not in MARKUP]


def test_nothing_is_allowed_that_is_not_there() -> None:
    """The list of texts that are not translated holds no more than it needs."""
    there = {text for path in shown_files() for _, text in untranslated_in(path)}
    assert sorted(SAME_EVERYWHERE.keys() - there) == []


@pytest.mark.parametrize("path", shown_files(), ids=lambda it: it.relative_to(PACKAGE).as_posix())
def test_no_text_for_people_is_left_in_english(path: Path) -> None:
    found = [
        f"{line}: {text!r}" for line, text in untranslated_in(path) if text not in SAME_EVERYWHERE
    ]
    assert not found, "wrap in tr(...): " + "; ".join(found)


def test_the_check_finds_texts() -> None:
    code = 'label = QLabel("Open a file")\nother = f"{n} components"\nbox = Box("&Save")\n'
    found = {text for _, text in untranslated(ast.parse(code))}
    assert found == {"Open a file", "{} components", "&Save"}
    assert not list(untranslated(ast.parse('a = QLabel(tr("Open a file"))\nlog.info("It is")')))


@cache
def untranslated_in(path: Path) -> tuple[tuple[int, str], ...]:
    return tuple(untranslated(ast.parse(path.read_text("utf-8"))))


def untranslated(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and text of literals that look like words and are not given to tr."""
    ignored = {id(part) for node in ast.walk(tree) for part in ignored_parts(node)}
    for node in ast.walk(tree):
        text = literal(node)
        if id(node) not in ignored and WORDS.search(TAG.sub("", text)) and not KEYS.match(text):
            yield node.lineno, text  # type: ignore[attr-defined]


def literal(node: ast.AST) -> str:
    """Return a string, or an f-string with {} for its values; "" for what is neither."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(literal(it) if isinstance(it, ast.Constant) else "{}" for it in node.values)
    return ""


def ignored_parts(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the literals within a node that are no texts, or are translated."""
    if isinstance(node, ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in ("tr", "N_") or name in NOT_SHOWN:
            for argument in node.args:
                yield from ast.walk(argument)
    elif isinstance(node, ast.JoinedStr):
        yield from node.values
    elif isinstance(node, ast.Expr):  # a docstring
        yield node.value
    elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in NO_TEXTS:
        yield from ast.walk(node.value)
    for name in ("annotation", "returns"):
        part = getattr(node, name, None)
        if isinstance(part, ast.AST):
            yield from ast.walk(part)


def is_call_of(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == name

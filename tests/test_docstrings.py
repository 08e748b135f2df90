"""Public docstrings say what signatures do not: parameters, shapes, what is returned and raised.

All of `isnmf_gui` but the window. A line or two are enough for a function of up to three parameters
none of which is an array; whatever sections there are have to agree with the code.
"""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
FILES = [
    path
    for path in sorted((ROOT / "isnmf_gui").rglob("*.py"))
    if "gui" not in path.relative_to(ROOT / "isnmf_gui").parts[:1]
]
MOST_UNEXPLAINED = 3
ARRAY = re.compile(r"\b(NDArray|ArrayLike|Array|Samples|Values|Codes)\b")
SHAPE = re.compile(r"\bshapes?\b|\(n_\w+,|\blike\b")
SECTION = re.compile(r"^(\w[\w ]*)\n-+$", re.MULTILINE)


class Thing(NamedTuple):
    """A public class, function or method, and its docstring, its own or its base's."""

    name: str
    node: ast.FunctionDef | ast.ClassDef
    doc: str

    @property
    def decorators(self) -> str:
        return " ".join(ast.unparse(it) for it in self.node.decorator_list)

    def section(self, title: str) -> str | None:
        parts = SECTION.split(self.doc)
        return dict(zip(parts[1::2], parts[2::2], strict=True)).get(title)

    def names_in(self, title: str) -> list[str]:
        """Return what a section explains: `a, b : int` are two."""
        lines = re.findall(r"^(\S.*)$", self.section(title) or "", re.MULTILINE)
        return [name.strip("* ") for line in lines for name in line.split(" :")[0].split(",")]

    def has_doc(self) -> bool:
        return bool(self.doc.strip())


def things(path: Path) -> Iterator[Thing]:
    module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    yield from _things(ast.parse(path.read_text(encoding="utf-8")), module, "")


def _things(tree: ast.Module | ast.ClassDef, owner: object, prefix: str) -> Iterator[Thing]:
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        item = getattr(owner, node.name)
        doc = ast.get_docstring(node) or inspect.getdoc(item) or ""
        yield Thing(prefix + node.name, node, doc)
        if isinstance(node, ast.ClassDef):
            yield from _things(node, item, f"{prefix}{node.name}.")


def fields(thing: Thing) -> list[str]:
    """Return the public fields of a dataclass."""
    if "dataclass" not in thing.decorators:
        return []
    targets = [it.target for it in thing.node.body if isinstance(it, ast.AnnAssign)]
    return [it.id for it in targets if isinstance(it, ast.Name) and it.id[0] != "_"]


def arguments(thing: Thing) -> list[ast.arg]:
    """Return the parameters of a function, or of a class's `__init__`, but `self`."""
    node = thing.node
    if isinstance(node, ast.ClassDef):
        found = [it for it in node.body if getattr(it, "name", "") == "__init__"]
        if not found:
            return []
        node = found[0]
    of = node.args
    every = [*of.posonlyargs, *of.args, of.vararg, *of.kwonlyargs, of.kwarg]
    return [it for it in every if it is not None and it.arg not in ("self", "cls")]


def is_array(annotation: ast.expr | None) -> bool:
    return annotation is not None and bool(ARRAY.search(ast.unparse(annotation)))


def is_property(thing: Thing) -> bool:
    return "property" in thing.decorators or ".setter" in thing.decorators


def wrong_parameters(thing: Thing) -> str:
    names = [it.arg for it in arguments(thing)] or fields(thing)
    if thing.section("Parameters") is not None:
        explained = thing.names_in("Parameters")
        return "" if explained == names else f"explains {explained}, but takes {names}"
    if len(arguments(thing)) > MOST_UNEXPLAINED:
        return f"explains none of {names}"
    if any(is_array(it.annotation) for it in arguments(thing)) and not SHAPE.search(thing.doc):
        return "takes an array and says nothing of its shape"
    return ""


def wrong_attributes(thing: Thing) -> str:
    explained = {*thing.names_in("Attributes"), *thing.names_in("Parameters")}
    missing = [name for name in fields(thing) if name not in explained]
    return f"does not explain {missing}" if missing else ""


def wrong_returns(thing: Thing) -> str:
    if not isinstance(thing.node, ast.FunctionDef):
        return ""
    returns = thing.node.returns
    gives = returns is not None and ast.unparse(returns) not in ("None", "NoReturn")
    has_section = thing.section("Returns") or thing.section("Yields")
    if gives and not is_property(thing) and thing.section("Parameters") and not has_section:
        return "explains its parameters, but not what it returns"
    if gives and is_array(returns) and not SHAPE.search(thing.doc):
        return "returns an array and says nothing of its shape"
    return ""


def wrong_raises(thing: Thing) -> str:
    if not isinstance(thing.node, ast.FunctionDef):
        return ""
    calls = [it.exc for it in ast.walk(thing.node) if isinstance(it, ast.Raise)]
    names = {
        it.func.id for it in calls if isinstance(it, ast.Call) and isinstance(it.func, ast.Name)
    }
    raised = {name for name in names if name[0].isupper() and name != "NotImplementedError"}
    missing = raised - {*thing.names_in("Raises")}
    return f"does not say that it raises {sorted(missing)}" if missing else ""


CHECKS = (wrong_parameters, wrong_attributes, wrong_returns, wrong_raises)


def faults(path: Path) -> Iterator[str]:
    for thing in things(path):
        if not thing.has_doc():
            yield f"{thing.name} has no docstring"
        yield from (f"{thing.name} {fault}" for check in CHECKS if (fault := check(thing)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT / "isnmf_gui")))
def test_docstrings_agree_with_the_code(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert list(faults(path)) == []


def thing_of(code: str) -> Thing:
    node = ast.parse(code).body[0]
    assert isinstance(node, ast.FunctionDef | ast.ClassDef)
    return Thing(node.name, node, ast.get_docstring(node) or "")


DOC = '"""Do it.\n\n    Parameters\n    ----------\n    a, b : int\n        Two.\n    """'


@pytest.mark.parametrize(
    ("code", "check"),
    [
        (f"def f(a, c):\n    {DOC}", wrong_parameters),
        ('def f(a, b, c, d):\n    """Do."""', wrong_parameters),
        ('def f(a: NDArray):\n    """Do."""', wrong_parameters),
        (f"def f(a, b) -> int:\n    {DOC}", wrong_returns),
        ('def f() -> Array:\n    """Do."""', wrong_returns),
        ('def f():\n    """Do."""\n    raise ValueError("no")', wrong_raises),
        ('@dataclass\nclass F:\n    """Do."""\n    a: int', wrong_attributes),
    ],
)
def test_the_checks_find_what_they_look_for(code, check) -> None:
    assert check(thing_of(code))


def test_the_checks_let_pass_what_is_complete() -> None:
    thing = thing_of(f"def f(a: NDArray, b):\n    {DOC}")
    assert not any(check(thing) for check in CHECKS)
    assert thing.names_in("Parameters") == ["a", "b"]

"""Finds every sentence that a person may read: the window's in gui/, the errors' in core/ and providers/.

The window's are the literals given to `tr`, `translate` and `QT_TRANSLATE_NOOP`. The core knows no Qt; there
it is whatever is given to `Text(…)`, and to any parameter called `what` or `remedy`: the errors' and those of
the functions that make them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CORE = "core"
_TRANSLATE = frozenset({"translate", "_translate", "QT_TRANSLATE_NOOP"})
_SENTENCES = frozenset({"what", "remedy"})


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """`counted`: it says how many of something, and needs a form for one and a form for more."""

    context: str
    source: str
    counted: bool = False


def translatable(root: Path) -> set[Found]:
    """All of the program's, in the folder that holds gui/ and core/."""
    window = {found for tree in _trees(root / "gui") for found in _in_window(tree)}
    core = [tree for folder in ("core", "providers") for tree in _trees(root / folder)]
    takers = _takers(core)
    return window | {Found(CORE, source) for tree in core for source in _in_core(tree, takers)}


def _trees(folder: Path) -> list[ast.Module]:
    return [ast.parse(file.read_text(encoding="utf-8")) for file in sorted(folder.rglob("*.py"))]


def _in_window(node: ast.AST, context: str = "") -> Iterator[Found]:
    """`tr` goes by the class around it, as in Qt."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            name = _name(child.func)
            if name == "tr":
                counted = len(child.args) > 2 or any(given.arg == "n" for given in child.keywords)
                yield from (Found(context, source, counted) for source in _literals(child.args[0]))
            elif name in _TRANSLATE and len(child.args) > 1:
                counted = len(child.args) > 3 or any(given.arg == "n" for given in child.keywords)
                contexts = list(_literals(child.args[0]))
                for source in _literals(child.args[1]):
                    yield Found(contexts[0], source, counted)
        yield from _in_window(child, child.name if isinstance(child, ast.ClassDef) else context)


Places = list[tuple[int, str]]  # where a callable takes sentences: the argument's number and its name
Takers = dict[str, Places]


def _takers(trees: list[ast.Module]) -> Takers:
    """By bare name, for what a call calls can't be known here; functions of one name add up."""
    nodes = [node for tree in trees for node in ast.walk(tree)]
    classes = {node.name: node for node in nodes if isinstance(node, ast.ClassDef)}
    takers: Takers = {name: _made_with(node, classes) for name, node in classes.items()}
    for node in nodes:
        if isinstance(node, ast.FunctionDef):
            takers.setdefault(node.name, []).extend(_sentences_of(node))
    return takers | {"Text": [(0, "template")]}


def _made_with(made: ast.ClassDef, classes: dict[str, ast.ClassDef]) -> Places:
    """What a class's own `__init__` takes, or else that of the first base which has one."""
    for node in made.body:
        if isinstance(node, ast.FunctionDef) and node.name == "__init__":
            return _sentences_of(node)
    bases = (classes[name] for base in made.bases if (name := _name(base)) in classes)
    return next((found for base in bases if (found := _made_with(base, classes))), [])


def _sentences_of(function: ast.FunctionDef) -> Places:
    named = [*function.args.posonlyargs, *function.args.args]
    own = [arg.arg for arg in named if arg.arg not in ("self", "cls")]
    return [(place, name) for place, name in enumerate(own) if name in _SENTENCES]


def _in_core(tree: ast.Module, takers: Takers) -> Iterator[str]:
    named = _named_literals(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for place, name in takers.get(_name(node.func), []):
                given = [one.value for one in node.keywords if one.arg == name]
                given += node.args[place : place + 1]
                yield from (source for value in given for source in _literals(value, named) if source)


def _named_literals(tree: ast.Module) -> dict[str, list[ast.expr]]:
    """What a sentence may stand for that was given a name first: `remedy = "Fill in the cell."`."""
    named: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                named.setdefault(_name(target), []).append(node.value)
    return named


def _literals(node: ast.expr, named: dict[str, list[ast.expr]] | None = None) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body, named)
        yield from _literals(node.orelse, named)
    elif isinstance(node, ast.Name) and named:
        for value in named.get(node.id, []):
            yield from _literals(value)


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""

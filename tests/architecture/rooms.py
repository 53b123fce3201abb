"""The rooms of the house as syntax trees, and what to look for in them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
ROOMS = ("app", "bot", "console", "content", "documents", "domain", "scheduler", "services", "simulator", "storage")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def files_of(*folders: str) -> list[str]:
    """Every Python file of these folders, by its path in the house."""
    return sorted(str(path.relative_to(HOUSE)) for folder in folders for path in (HOUSE / folder).rglob("*.py"))


@cache  # many tests look at the same files
def tree_of(file: str) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse((HOUSE / file).read_text(encoding="utf-8"), file)


@cache
def nodes_of(file: str) -> tuple[ast.AST, ...]:
    """Everything in the tree of one file."""
    return tuple(ast.walk(tree_of(file)))


def attributes_in(file: str) -> Iterator[tuple[str, str]]:
    """Every `owner.name` of a file, called or not; the owner by its last name. `from time import x` is `time.x`."""
    for node in nodes_of(file):
        if isinstance(node, ast.Attribute):
            owner = node.value
            yield str(getattr(owner, "attr", getattr(owner, "id", ""))), node.attr
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from ((node.module or "", alias.name) for alias in node.names)


def calls_in(file: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a plain name, and the name."""
    for node in nodes_of(file):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id, node


def strings_in(file: str) -> Iterator[str]:
    """Every text of a file; of an f-string its first piece."""
    for node in nodes_of(file):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def functions_in(file: str) -> Iterator[tuple[str, int]]:
    """Every function of a file, and its lines."""
    for node in nodes_of(file):
        if isinstance(node, FUNCTIONS):
            yield f"{file}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def undocumented_in(file: str) -> Iterator[str]:
    """What is public in a file and says nothing of itself: the module, its classes and their methods, functions."""
    places: list[tuple[str, ast.AST]] = [(file, tree_of(file))]
    for place, node in places:
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            if ast.get_docstring(node) is None:
                yield place
            if isinstance(node, ast.Module | ast.ClassDef):
                places += [
                    (f"{place}:{child.name}", child)
                    for child in node.body
                    if isinstance(child, (*FUNCTIONS, ast.ClassDef)) and not child.name.startswith("_")
                ]

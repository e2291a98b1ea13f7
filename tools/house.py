"""Count what shows whether the house is in order, and hold the counts to limits that may only fall.

.venv/bin/python tools/house.py            the counts, with the places
.venv/bin/python tools/house.py --limits   exit code 1 and a line for each count above its limit in pyproject.toml
.venv/bin/python tools/house.py --lower    lower the limits to today's counts
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from typing import TypeAlias

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "glasstown"
MOST_PARAMETERS, MOST_FUNCTION_LINES, MOST_FILE_LINES = 8, 60, 400
COLUMN_ROOMS = ("engine", "compiler")
"""where tables of integers are made and read"""
KERNEL_MARKS = ("kernel", "entry", "inlined", "njit", "jit")
MOST_PLACES_SHOWN = 12

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Count:
    """One number of the house with the places that make it up; `limit` is its name in pyproject.toml."""

    limit: str
    title: str
    number: int
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Module:
    """A file of the package: its path below the package, its dotted name, its text and tree."""

    path: str
    name: str
    text: str
    tree: ast.Module

    @property
    def is_package(self) -> bool:
        """Whether the file is a folder's `__init__.py`."""
        return self.path.rsplit("/", 1)[-1] == "__init__.py"


def read_modules(source: Path) -> tuple[Module, ...]:
    """Return every module below a package's folder, in the order of their paths."""
    found = []
    for file in sorted(source.rglob("*.py")):
        path = file.relative_to(source).as_posix()
        parts = [PACKAGE, *path.removesuffix(".py").split("/")]
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        text = file.read_text(encoding="utf-8")
        found.append(Module(path, name, text, ast.parse(text)))
    return tuple(found)


def imports(module: Module, names: frozenset[str]) -> frozenset[str]:
    """Return the modules of ours that a module imports anywhere: inside functions and for type checks too."""
    found: set[str] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = _imported_from(module, node)
            found |= {f"{base}.{alias.name}" if f"{base}.{alias.name}" in names else base for alias in node.names}
    return frozenset(found & names) - {module.name}


def _imported_from(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = module.name.split(".")
    up = node.level - module.is_package
    return ".".join([*package[: len(package) - up], *([node.module] if node.module else [])])


def import_circles(modules: Sequence[Module]) -> list[list[str]]:
    """Return each set of modules that import one another, by however long a way.

    The package's own `__init__` is one of them: it hands out the Python interface, so that whatever asks it for something asks all.
    """
    names = frozenset(module.name for module in modules)
    leads_to = {module.name: imports(module, names) for module in modules}

    @cache
    def reached(start: str) -> frozenset[str]:
        seen: set[str] = set()
        waiting = [*leads_to[start]]
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting += leads_to[name]
        return frozenset(seen)

    circles: list[list[str]] = []
    for name in sorted(names):
        if name in reached(name) and not any(name in circle for circle in circles):
            circles.append(sorted(other for other in reached(name) if name in reached(other)))
    return circles


def functions(modules: Sequence[Module]) -> Iterator[tuple[Module, Function]]:
    """Yield every function with its module, methods and inner functions too."""
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield module, node


def is_kernel(function: Function) -> bool:
    """Return whether a decorator compiles the function."""
    return any(_last_name(mark) in KERNEL_MARKS for mark in function.decorator_list)


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        return _last_name(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def n_parameters(function: Function) -> int:
    """Return how many values a function takes."""
    return len([*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs])


def n_lines(function: Function) -> int:
    """Return how many lines a function takes from `def` to its end."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def column_constants(modules: Sequence[Module]) -> list[tuple[Module, str]]:
    """Return the module-level integers of engine and compiler that serve as numbers of columns.

    Such a one stands in square brackets somewhere in the package, or shares file and prefix with one that does.
    """
    inside = [module for module in modules if module.path.split("/")[0] in COLUMN_ROOMS]
    names = frozenset(module.name for module in modules)
    used = {meant for module in modules for meant in _constants_in_brackets(module, names)}
    found = []
    for module in inside:
        constants = list(_integers(module))
        columns = [name for name in constants if {(module.name, name), ("", name)} & used]
        prefixes = {_prefix(name) for name in columns} - {""}
        found += [(module, name) for name in constants if name in columns or _prefix(name) in prefixes]
    return found


def _integers(module: Module) -> Iterator[str]:
    for node in module.tree.body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        value = getattr(node, "value", None)
        is_integer = isinstance(value, ast.Constant) and type(value.value) is int
        if is_integer and isinstance(target, ast.Name) and target.id.isupper():
            yield target.id


def _constants_in_brackets(module: Module, names: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield module and name of what stands in square brackets; the module is "" where it cannot be told."""
    own = {name: (module.name, name) for name in _integers(module)}
    modules, imported = _bound_by_imports(module, names)
    for node in ast.walk(module.tree):
        for word in _words_of_index(node.slice) if isinstance(node, ast.Subscript) else ():
            if isinstance(word, ast.Name):
                yield own.get(word.id) or imported.get(word.id) or ("", word.id)
            else:
                yield modules.get(_last_name(word.value), ""), word.attr


def _bound_by_imports(module: Module, names: frozenset[str]) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """Return the modules of ours that imports give a name to, and module and name of what they take out of one."""
    modules: dict[str, str] = {}
    taken: dict[str, tuple[str, str]] = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            modules |= {alias.asname: alias.name for alias in node.names if alias.asname}
        elif isinstance(node, ast.ImportFrom):
            base = _imported_from(module, node)
            for alias in node.names:
                if f"{base}.{alias.name}" in names:
                    modules[alias.asname or alias.name] = f"{base}.{alias.name}"
                else:
                    taken[alias.asname or alias.name] = base, alias.name
    return modules, taken


def _words_of_index(node: ast.AST) -> Iterator[ast.Name | ast.Attribute]:
    """Yield the words that choose a place: none that a call is given, and no end of the first so many of something."""
    if isinstance(node, ast.Name | ast.Attribute):
        yield node
    elif isinstance(node, ast.Slice):
        for end in (node.lower, node.upper if node.lower else None, node.step):
            yield from _words_of_index(end) if end else ()
    elif not isinstance(node, ast.Call):
        for part in ast.iter_child_nodes(node):
            yield from _words_of_index(part)


def _prefix(name: str) -> str:
    head, bar, _ = name.partition("_")
    return head if bar else ""


def codes_off(project: Path, modules: Sequence[Module]) -> list[str]:
    """Return the error codes of mypy that are switched off for files of the package, each with where."""
    mypy = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8")).get("tool", {}).get("mypy", {})
    found = [f"everywhere: {code}" for code in mypy.get("disable_error_code", [])]
    for override in mypy.get("overrides", []):
        names = [override["module"]] if isinstance(override["module"], str) else override["module"]
        if any(name.split(".")[0] == PACKAGE for name in names):
            codes = override.get("disable_error_code", []) + (["all"] if override.get("ignore_errors") else [])
            found += [f"{len(names)} modules: {code}" for code in codes]
    for module in modules:
        for codes in re.findall(r"^# mypy: disable-error-code=(.*)$", module.text, flags=re.MULTILINE):
            found += [f"{module.path}: {code.strip()}" for code in codes.strip('"').split(",")]
        found += [f"{module.path}: all"] * len(re.findall(r"^# mypy: ignore-errors", module.text, flags=re.MULTILINE))
    return found


def counts(project: Path) -> list[Count]:
    """Return every count of a project's house, the held ones and those that only inform."""
    modules = read_modules(project / "src" / PACKAGE)
    every = list(functions(modules))
    kernels = [(module, function) for module, function in every if is_kernel(function)]
    wide = [(m, f) for m, f in kernels if n_parameters(f) > MOST_PARAMETERS]
    long = [(m, f) for m, f in every if n_lines(f) > MOST_FUNCTION_LINES]
    files = [(m, len(m.text.splitlines())) for m in modules if len(m.text.splitlines()) > MOST_FILE_LINES]
    circles = import_circles(modules)
    codes = codes_off(project, modules)
    columns = column_constants(modules)
    middle = round(median([n_parameters(f) for _, f in kernels] or [0]))
    return [
        Count("", "modules", len(modules)),
        Count("", "kernels", len(kernels)),
        Count("import_circles", "import circles", len(circles), tuple(" <-> ".join(circle) for circle in circles)),
        Count(
            "wide_kernels",
            f"kernels over {MOST_PARAMETERS} parameters",
            len(wide),
            tuple(f"{m.path}:{f.lineno} {f.name}: {n_parameters(f)}" for m, f in wide),
        ),
        Count("median_kernel_parameters", "median parameters of a kernel", middle),
        Count(
            "long_functions",
            f"functions over {MOST_FUNCTION_LINES} lines",
            len(long),
            tuple(f"{m.path}:{f.lineno} {f.name}: {n_lines(f)}" for m, f in long),
        ),
        Count(
            "long_files",
            f"files over {MOST_FILE_LINES} lines",
            len(files),
            tuple(f"{m.path}: {lines}" for m, lines in files),
        ),
        Count("mypy_codes_off", "mypy error codes switched off", len(codes), tuple(codes)),
        Count(
            "column_constants",
            "loose column constants",
            len(columns),
            tuple(f"{m.path}: {name}" for m, name in columns),
        ),
    ]


def limits(project: Path) -> dict[str, int]:
    """Return the limits of a project, by name."""
    text = (project / "pyproject.toml").read_text(encoding="utf-8")
    found: dict[str, int] = tomllib.loads(text)["tool"][PACKAGE]["house"]
    return found


def breaches(found: Sequence[Count], at_most: dict[str, int]) -> list[str]:
    """Return a line for each count above its limit, or without one."""
    lines = []
    for count in found:
        if count.limit and count.limit not in at_most:
            lines.append(f"{count.title}: no limit '{count.limit}' in [tool.{PACKAGE}.house] of pyproject.toml")
        elif count.limit and count.number > at_most[count.limit]:
            shown = "; ".join(count.places[:MOST_PLACES_SHOWN])
            lines.append(f"{count.title}: {count.number}, at most {at_most[count.limit]}. {shown}".rstrip())
    return lines


def lower(project: Path, found: Sequence[Count]) -> list[str]:
    """Write today's counts as limits where they are lower, and return what changed."""
    file = project / "pyproject.toml"
    text, changed, at_most = file.read_text(encoding="utf-8"), [], limits(project)
    for count in found:
        if count.limit in at_most and count.number < at_most[count.limit]:
            text = re.sub(rf"(?m)^({count.limit} = )\d+", rf"\g<1>{count.number}", text)
            changed.append(f"{count.limit}: {at_most[count.limit]} -> {count.number}")
    file.write_text(text, encoding="utf-8")
    return changed


def told(found: Sequence[Count], at_most: dict[str, int]) -> Iterator[str]:
    """Yield the counts as lines, with places."""
    for count in found:
        limit = f"   (limit {at_most[count.limit]})" if count.limit in at_most else ""
        yield f"{count.number:>6}  {count.title}{limit}"
        yield from (f"          {place}" for place in count.places[:MOST_PLACES_SHOWN])
        more = len(count.places) - MOST_PLACES_SHOWN
        if more > 0:
            yield f"          and {more} more"


def main(arguments: Sequence[str] | None = None, project: Path = ROOT) -> int:
    """Count, and print or compare or write; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--limits", action="store_true", help="print only what is above its limit; 1 if anything is")
    ways.add_argument("--lower", action="store_true", help="write today's counts as limits where they are lower")
    given = parser.parse_args(arguments)
    found = counts(project)
    if given.limits:
        lines = breaches(found, limits(project))
    elif given.lower:
        lines = lower(project, found)
    else:
        lines = list(told(found, limits(project)))
    if lines:
        print("\n".join(lines))
    return 1 if given.limits and lines else 0


if __name__ == "__main__":
    sys.exit(main())

"""A mechanism of one's own, read from its file: what it says it is, and its function; nothing of it is executed here.

Circles of what it may be are in docs/mechanism.md and decision 17.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import Field

from glasstown.errors import Fault, Place, RulebookError, did_you_mean
from glasstown.incoming import fault_of_text
from glasstown.language.acts import Basis
from glasstown.language.files import shown_path
from glasstown.language.mechanism_form import LUCK, READS, faults_of_function
from glasstown.language.model import Identifier, Text, Value
from glasstown.language.parameters import Parameter
from glasstown.language.shape import build
from glasstown.language.tree import Document, Keys, Tree
from glasstown.language.yaml import FROM_A_PIPE, is_pipe
from glasstown.types import Evidence

HEAD, FUNCTION = "MECHANISM", "mechanism"
MILLION: Final = 1_000_000
LARGEST: Final = Decimal(1000)
SEAMS: Final = {"detection": "S5", "hazard": "S4", "gate": "S11"}
"""steps of the month in which a mechanism is asked"""
LONGEST: Final = 20_000
BAD_SYNTAX: Final = "Mend the line; a file like docs/mechanism.md's compiles."


class OwnParameter(Value):
    """One number of a mechanism, which its function is given in millionths."""

    label: Text = Field(description="what it means")
    unit: Text = Field("share", description="unit")
    value: Decimal = Field(ge=0, le=LARGEST, description="default")
    low: Decimal = Field(ge=0, le=LARGEST, description="low end of the range")
    high: Decimal = Field(ge=0, le=LARGEST, description="high end of the range")
    source: Text = Field(description="where it comes from")
    evidence: Evidence = Field(description="how well it is documented")


class Head(Value):
    """What a mechanism says that it is."""

    name: Identifier = Field(description="its name")
    label: Text = Field(description="what it is, in words")
    seam: Literal["detection", "hazard", "gate"] = Field(description="where the month asks it")
    of: Identifier = Field(description="the act, the class of conduct, or the gate that it is about")
    most: Decimal = Field(Decimal(1), ge=0, le=16, description="of a hazard: the most that it can be multiplied by")
    parameters: dict[str, OwnParameter] = Field(default_factory=dict, description="its numbers")


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A mechanism that was read and found to be one; `source` is the text of its function alone."""

    head: Head
    source: str
    arguments: tuple[str, ...]
    text: str

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Return its numbers as parameters of the model, by NAME.ID."""
        return tuple(
            Parameter(
                id=f"{self.head.name}.{name}", label=each.label, unit=each.unit, value=each.value, low=each.low,
                high=each.high, step=SEAMS[self.head.seam], basis=Basis(source=each.source, evidence=each.evidence),
            )
            for name, each in self.head.parameters.items()
        )  # fmt: skip


def read_mechanism(path: Path) -> Mechanism:
    """Return the mechanism in a file; RulebookError with what is wrong with it."""
    shown = shown_path(path)
    if is_pipe(path):
        raise RulebookError(shown, [Fault("file", Place(shown), "a pipe", "a file of Python", FROM_A_PIPE)])
    try:
        return parse_mechanism(path.read_bytes().decode("utf-8"), shown)
    except OSError as error:
        words = (error.strerror or str(error)).lower()
        fault = Fault("file", Place(shown), words, "a file that can be read", "Check the name.")
    except UnicodeDecodeError:
        fault = Fault("file", Place(shown), "bytes that are no UTF-8", "text in UTF-8", "Save it as UTF-8.")
    raise RulebookError(shown, [fault])


def parse_mechanism(text: str, shown: str) -> Mechanism:
    """Return the mechanism that a text says; RulebookError with what is wrong with it, in one message."""
    tree = _tree(text, shown)
    head = _head(_statement(tree, shown, ast.Assign), shown)
    function = _statement(tree, shown, ast.FunctionDef)
    assert isinstance(function, ast.FunctionDef)
    ranges = {**READS, **{f"{LUCK}{n}": (0, (1 << 32) - 1) for n in range(1, 5)}}
    ranges |= {name: (millionths(each.low), millionths(each.high)) for name, each in head.parameters.items()}
    faults = [*_clashes(head, shown), *faults_of_function(function, ranges, shown)]
    if faults:
        raise RulebookError(shown, faults)
    arguments = tuple(argument.arg for argument in function.args.args)
    function.returns = None
    for argument in function.args.args:
        argument.annotation = None
    return Mechanism(head, ast.unparse(function), arguments, text)


def millionths(value: Decimal) -> int:
    """Return a number in parts per million."""
    return int((value * MILLION).to_integral_value())


def _tree(text: str, shown: str) -> ast.Module:
    if len(text) > LONGEST:
        fault = Fault("file", Place(shown), f"{len(text)} letters", f"at most {LONGEST}", "Say less in it.")
        raise RulebookError(shown, [fault])
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None)
        found = f"what does not compile: {getattr(error, 'msg', None) or 'too deep'}"
        fault = Fault("mechanism", Place(shown, line, 1) if line else Place(shown), found, "Python", BAD_SYNTAX)
        raise RulebookError(shown, [fault]) from None
    if faults := list(_strange(tree, shown)):
        raise RulebookError(shown, faults)
    return tree


def _strange(tree: ast.Module, shown: str) -> Any:
    """Yield what stands in the file beside a docstring, the head and the function."""
    for statement in tree.body:
        is_doc = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        is_head = isinstance(statement, ast.Assign) and [getattr(t, "id", None) for t in statement.targets] == [HEAD]
        if is_doc or is_head or (isinstance(statement, ast.FunctionDef) and statement.name == FUNCTION):
            continue
        found = "an import" if isinstance(statement, ast.Import | ast.ImportFrom) else "something else"
        way_out = (
            f"Chance that is registered comes as {LUCK}1 to {LUCK}4; everything else is an argument of the function."
        )
        expected = f"{HEAD} and the function {FUNCTION}, nothing beside"
        yield Fault("mechanism", Place(shown, statement.lineno, 1), found, expected, way_out)


def _statement(tree: ast.Module, shown: str, kind: type[ast.stmt]) -> ast.stmt:
    found = [each for each in tree.body if isinstance(each, kind)]
    if len(found) == 1:
        return found[0]
    what = HEAD if kind is ast.Assign else f"a function {FUNCTION}"
    fault = Fault("mechanism", Place(shown), f"{len(found)} of {what}", "one", "See docs/mechanism.md.")
    raise RulebookError(shown, [fault])


def _head(statement: ast.stmt, shown: str) -> Head:
    assert isinstance(statement, ast.Assign)
    try:
        values = _exact(ast.literal_eval(statement.value))
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        at = Place(shown, statement.lineno, 1)
        fault = Fault(HEAD, at, "something that is worked out", "texts and numbers alone", "Write the values down.")
        raise RulebookError(shown, [fault]) from None
    head, faults = build(Head, _placed(statement.value, values, shown))
    if head is None:
        raise RulebookError(shown, [replace(each, subject=_subject(each.subject)) for each in faults])
    return head


def _subject(subject: str) -> str:
    return HEAD if subject == "file" else f"{HEAD}, {subject}"


def _exact(value: Any) -> Tree:
    """Return literals with numbers as they were written, since 0.1 is none of base 2; ValueError for what a file has no word for."""
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {key: _exact(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_exact(inner) for inner in value]
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, float) and isfinite(value):
        return Decimal(repr(value))
    raise ValueError


def _placed(node: ast.expr, values: Tree, shown: str) -> Document:
    """Return the literals of a mechanism with the place of each key and value, as a file of YAML has them."""
    document = Document(shown, values)
    waiting: list[tuple[Keys, ast.expr]] = [((), node)]
    while waiting:
        path, part = waiting.pop()
        document.values[path] = (part.lineno, part.col_offset + 1)
        for key, value in zip(part.keys, part.values, strict=True) if isinstance(part, ast.Dict) else ():
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                document.keys[*path, key.value] = (key.lineno, key.col_offset + 1)
                waiting.append(((*path, key.value), value))
    return document


def _clashes(head: Head, shown: str) -> Any:
    """Yield what is wrong with names and ranges of the parameters, and with texts."""
    at = Place(shown)
    for name, each in head.parameters.items():
        subject = f"parameter '{name}'"
        if not name.isidentifier() or name in READS or name.startswith(LUCK):
            yield Fault(subject, at, f"'{name}'", "a name of Python that means nothing else here", "Rename it.")
        if not each.low <= each.value <= each.high:
            found = f"{each.value}, outside {each.low} to {each.high}"
            yield Fault(subject, at, found, "low <= value <= high", "Correct the range.")
    for text in (head.label, *(each.label for each in head.parameters.values())):
        if fault := fault_of_text(text, "'label'", at):
            yield fault


def check_about(mechanism: Mechanism, known: dict[str, list[str]], taken: list[str], shown: str) -> None:
    """Refuse a mechanism that is about nothing that there is, or whose parameters have the name of others.

    known   by seam, what a mechanism can be about
    taken   ids of the model's parameters

    Errors   RulebookError
    """
    head, faults = mechanism.head, []
    if head.of not in known[head.seam]:
        what = {"detection": "an act of people", "hazard": "a class of conduct of people", "gate": "a gate of a town"}
        way_out = did_you_mean(head.of, known[head.seam])
        faults.append(Fault(f"{HEAD}.of", Place(shown), f"'{head.of}'", what[head.seam], way_out))
    if any(each.startswith(f"{head.name}.") for each in taken):
        found = f"'{head.name}', which parameters of the model begin with"
        faults.append(Fault(f"{HEAD}.name", Place(shown), found, "a name of its own", "Rename it."))
    if faults:
        raise RulebookError(shown, faults)

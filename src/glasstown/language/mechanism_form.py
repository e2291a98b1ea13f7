"""The form of a mechanism's function: whole numbers, names of its own, `if`; every value within 62 bits, found out by intervals.

So it means the same in Python and compiled, ends, and touches nothing.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Final

from glasstown.errors import Fault, Place, did_you_mean

READS: Final[Mapping[str, tuple[int, int]]] = {
    "age_band": (0, 24), "is_female": (0, 1), "in_town": (0, 1), "fifth": (1, 5), "month": (0, 1022),
}  # fmt: skip
"""what a mechanism may read of somebody, and between what it lies; `age_band` is five years each"""
LUCK: Final = "luck_"
CALLS: Final = ("min", "max", "abs")
MOST: Final = 1 << 62
WRITES_NOTHING: Final = "A mechanism returns a number and writes nothing: scores and records are the rulebook's."
NO_SCORE: Final = f"A mechanism neither reads nor writes what a rulebook keeps of somebody. {WRITES_NOTHING}"
THE_RULEBOOKS: Final = (
    "score",
    "scores",
    "points",
    "grade",
    "grades",
    "list",
    "lists",
    "record",
    "records",
    "measures",
)
MAY_READ: Final = ", ".join([*READS, f"{LUCK}1 to {LUCK}4"]) + ", or a parameter of its own"
Range = tuple[int, int]
Names = dict[str, Range]


class _FormError(Exception):
    """A place of the function that is none of its form."""

    def __init__(self, node: ast.AST, found: str, expected: str, way_out: str) -> None:
        super().__init__(found)
        self.node, self.found, self.expected, self.way_out = node, found, expected, way_out


def faults_of_function(function: ast.FunctionDef, ranges: Mapping[str, Range], shown: str) -> list[Fault]:
    """Return the first thing that is wrong with a function, as a list of one fault; none where it is a mechanism's.

    ranges   what it may read, and between what each lies
    """
    try:
        names = _arguments(function, ranges)
        if _block(function.body, names, ranges) is not None:
            raise _FormError(function, "an end without a number", "a `return` on every way", "End it with a `return`.")
    except _FormError as wrong:
        at = Place(shown, getattr(wrong.node, "lineno", function.lineno), getattr(wrong.node, "col_offset", 0) + 1)
        return [Fault("mechanism", at, wrong.found, wrong.expected, wrong.way_out)]
    except RecursionError:
        return [Fault("mechanism", Place(shown), "an expression that is too deep", "a shorter one", "Say it in steps.")]
    return []


def _arguments(function: ast.FunctionDef, ranges: Mapping[str, Range]) -> Names:
    args = function.args
    if function.decorator_list or args.vararg or args.kwarg or args.kwonlyargs or args.posonlyargs or args.defaults:
        raise _FormError(
            function, "an argument of another kind, or a decorator", "plain arguments", "Name what is read, no more."
        )
    for argument in args.args:
        if argument.arg not in ranges:
            is_kept = argument.arg in THE_RULEBOOKS
            way_out = NO_SCORE if is_kept else did_you_mean(argument.arg, list(ranges))
            found = f"'{argument.arg}'{', which no mechanism may read' if is_kept else ''}"
            raise _FormError(argument, found, MAY_READ, way_out)
    return {argument.arg: ranges[argument.arg] for argument in args.args}


def _block(body: list[ast.stmt], names: Names, held: Mapping[str, Range]) -> Names | None:
    """Return the names after some statements, or None where all ways through them return."""
    for statement in body:
        if isinstance(statement, ast.Return):
            if statement.value is None:
                raise _FormError(statement, "a `return` without a number", "a whole number", "Return 0 for never.")
            _value(statement.value, names)
            return None
        if isinstance(statement, ast.If):
            _value(statement.test, names)
            ways = [_block(part, dict(names), held) for part in (statement.body, statement.orelse)]
            left = [way for way in ways if way is not None]
            if not left:
                return None
            both = set.intersection(*(set(way) for way in left))
            names = {name: _union(*(way[name] for way in left)) for name in both}
        elif isinstance(statement, ast.Assign | ast.AugAssign):
            _assign(statement, names, held)
        elif not _is_idle(statement):
            raise _FormError(
                statement, _statement_words(statement), "assignments, `if` and `return`",
                f"Say it without; chance comes as {LUCK}1 to {LUCK}4.",
            )  # fmt: skip
    return names


def _is_idle(statement: ast.stmt) -> bool:
    is_text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return is_text or isinstance(statement, ast.Pass)


def _statement_words(statement: ast.stmt) -> str:
    named = {ast.Import: "an import", ast.ImportFrom: "an import", ast.For: "a loop", ast.While: "a loop"}
    named |= {ast.Global: "a name of others", ast.Nonlocal: "a name of others", ast.Expr: "a call for its own sake"}
    return named.get(type(statement), f"`{type(statement).__name__.lower()}`")


def _assign(statement: ast.Assign | ast.AugAssign, names: Names, held: Mapping[str, Range]) -> None:
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    for target in targets:
        if not isinstance(target, ast.Name):
            raise _FormError(target, "something written to that is not its own", "a name of its own", WRITES_NOTHING)
        if target.id in held or target.id in CALLS:
            raise _FormError(target, f"'{target.id}' written to", "a name of its own", WRITES_NOTHING)
    value = statement.value
    if isinstance(statement, ast.AugAssign):
        assert isinstance(statement.target, ast.Name)
        load = ast.copy_location(ast.Name(statement.target.id, ast.Load()), statement)
        value = ast.copy_location(ast.BinOp(load, statement.op, statement.value), statement)
    found = _value(value, names)
    for target in targets:
        assert isinstance(target, ast.Name)
        names[target.id] = found


def _value(node: ast.expr, names: Names) -> Range:
    """Return between what an expression lies; `_FormError` where it is none that a mechanism may have."""
    found = _range_of(node, names)
    if found[0] < -MOST or found[1] > MOST:
        reach = max(found, key=abs)
        raise _FormError(node, f"a value that can reach {reach:.1e}", "at most 4.6e+18", "Divide earlier, with `//`.")
    return found


def _range_of(node: ast.expr, names: Names) -> Range:
    if isinstance(node, ast.Constant):
        if not isinstance(node.value, int):
            raise _FormError(node, f"`{ast.unparse(node)}`", "whole numbers", "Count in millionths: 0.3 is 300_000.")
        return int(node.value), int(node.value)
    if isinstance(node, ast.Name):
        if node.id not in names and node.id in THE_RULEBOOKS:
            raise _FormError(node, f"'{node.id}', which no mechanism may read", MAY_READ, NO_SCORE)
        if node.id not in names:
            raise _FormError(
                node, f"'{node.id}', which is not known here, or not on every way", "an argument or a name set before",
                f"Take it as an argument; chance that is registered comes as {LUCK}1 to {LUCK}4.",
            )  # fmt: skip
        return names[node.id]
    if isinstance(node, ast.BinOp):
        return _operation(node, _value(node.left, names), _value(node.right, names))
    if isinstance(node, ast.UnaryOp):
        inner = _value(node.operand, names)
        if isinstance(node.op, ast.USub):
            return -inner[1], -inner[0]
        if isinstance(node.op, ast.Not):
            return 0, 1
        if isinstance(node.op, ast.UAdd):
            return inner
    if isinstance(node, ast.Compare):
        for each in (node.left, *node.comparators):
            _value(each, names)
        if all(isinstance(op, ast.Lt | ast.LtE | ast.Gt | ast.GtE | ast.Eq | ast.NotEq) for op in node.ops):
            return 0, 1
    if isinstance(node, ast.BoolOp):
        return _union(*(_value(each, names) for each in node.values))
    if isinstance(node, ast.IfExp):
        _value(node.test, names)
        return _union(_value(node.body, names), _value(node.orelse, names))
    if isinstance(node, ast.Call):
        return _call(node, names)
    raise _FormError(
        node, f"`{ast.unparse(node)}`", "whole numbers, + - * // %, comparisons, min, max and abs",
        f"Say it with these; chance that is registered comes as {LUCK}1 to {LUCK}4.",
    )  # fmt: skip


def _call(node: ast.Call, names: Names) -> Range:
    name = node.func.id if isinstance(node.func, ast.Name) else ast.unparse(node.func)
    if name not in CALLS or node.keywords or not node.args or (len(node.args) < 2) != (name == "abs"):
        raise _FormError(
            node, f"a call of {name}", f"{', '.join(CALLS)} of values",
            f"Chance that is registered comes as {LUCK}1 to {LUCK}4; what else is read is an argument.",
        )  # fmt: skip
    values = [_value(each, names) for each in node.args]
    if name == "abs":
        low, high = values[0]
        return (0 if low <= 0 <= high else min(abs(low), abs(high))), max(abs(low), abs(high))
    choose = min if name == "min" else max
    return choose(low for low, _ in values), choose(high for _, high in values)


def _operation(node: ast.BinOp, left: Range, right: Range) -> Range:
    """Return between what a sum, product and so on lies; divisors are numbers that are written down, and not 0."""
    if isinstance(node.op, ast.Add):
        return left[0] + right[0], left[1] + right[1]
    if isinstance(node.op, ast.Sub):
        return left[0] - right[1], left[1] - right[0]
    if isinstance(node.op, ast.Mult):
        products = [a * b for a in left for b in right]
        return min(products), max(products)
    if isinstance(node.op, ast.FloorDiv | ast.Mod):
        divisor = right[0]
        if not isinstance(node.right, ast.Constant) or divisor <= 0:
            raise _FormError(
                node, "a divisor that is no number above 0", "one that is written down", "Divide by a number."
            )
        return (left[0] // divisor, left[1] // divisor) if isinstance(node.op, ast.FloorDiv) else (0, divisor - 1)
    raise _FormError(node, f"`{ast.unparse(node)}`", "+ - * // %", "Say it with these; `/` gives fractions.")


def _union(*ranges: Range) -> Range:
    return min(low for low, _ in ranges), max(high for _, high in ranges)

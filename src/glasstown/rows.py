"""Rows with named columns: one class a table is its register, its NumPy type and its type for mypy at once.

    class Cap(Row):
        "How often a clause may count."

        times: int = column("times", "The limit on times; -1 for none.")

`dtype_of(Cap)` is the structured type, `make_rows(Cap, 3)` an array of it; `rows[0].times` reads and `rows[0].times = 2` writes, in
plain Python as in a kernel, where it is one load or store at a fixed place.  `columns_of(Cap)` says unit and meaning of each column.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any, Protocol, TypeVar, cast, overload

import numpy as np
from numpy.typing import NDArray


class Ints(Protocol):
    """Whole numbers along one axis, as kernels read and write them: an element is an int to mypy, whatever its width."""

    def __getitem__(self, at: int, /) -> int:
        """Return the number at a place."""

    def __setitem__(self, at: int, value: int, /) -> None:
        """Write the number at a place."""

    def __len__(self) -> int:
        """Return how many there are."""


class Grid(Protocol):
    """Whole numbers along two axes."""

    @overload
    def __getitem__(self, at: tuple[int, int], /) -> int: ...
    @overload
    def __getitem__(self, at: int, /) -> Ints: ...

    def __setitem__(self, at: tuple[int, int], value: int, /) -> None:
        """Write the number at a row and column."""

    def __len__(self) -> int:
        """Return how many rows there are."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its unit, what it means in one sentence, and how many numbers it holds (0: one by itself)."""

    unit: str
    meaning: str
    n: int = 0


def column(unit: str, meaning: str) -> int:
    """Declare a column of one whole number."""
    return cast(int, Column(unit, meaning))


def columns(n: int, unit: str, meaning: str) -> Ints:
    """Declare a column of `n` whole numbers."""
    return cast(Ints, Column(unit, meaning, n))


class Row:
    """Base of the registers; subclasses hold nothing but columns."""


def _number(row: np.record, name: str) -> Any:
    """Return the number, or the numbers, of a column."""
    fields = row.dtype.fields
    if fields is None or name not in fields:
        raise AttributeError(f"a row has no column '{name}'")
    return np.void.__getitem__(row, name)


Record: type[np.record] = type(
    "Record",
    (np.record,),
    {"__module__": __name__, "__getattribute__": np.void.__getattribute__, "__getattr__": _number},
)
"""One row by itself.

NumPy's own records look every name up in Python, also the one that compiled code asks each row for that it is given.  The class is
made by a call, since NumPy's stubs forbid what NumPy allows: a class below its record.
"""


R = TypeVar("R", bound=Row)
R_co = TypeVar("R_co", bound=Row, covariant=True)

RESERVED = frozenset(name for name in dir(np.record) if not name.startswith("__"))
"""Names that a NumPy record already gives a meaning, such as `base` and `size`: a column of that name would be read as that."""


class Rows(Protocol[R_co]):
    """Rows of one register: a structured array, one row a place."""

    def __getitem__(self, at: int, /) -> R_co:
        """Return a row; what is written to it is written to the array."""

    def __len__(self) -> int:
        """Return how many rows there are."""


def columns_of(register: type[Row]) -> dict[str, Column]:
    """Return the columns of a register in the order in which they stand in a row.

    Raises   TypeError for a name that NumPy's records take for something else, or an attribute that is no column.
    """
    found: dict[str, Column] = {}
    for name, value in vars(register).items():
        if name.startswith("__"):
            continue
        if not isinstance(value, Column):
            raise TypeError(f"{register.__name__}.{name} is no column")
        if name in RESERVED:
            raise TypeError(f"{register.__name__}.{name}: a NumPy record has an attribute of this name")
        found[name] = value
    return found


def dtype_of(register: type[Row]) -> np.dtype[np.record]:
    """Return the structured type of a register's rows: 64-bit whole numbers, one after the other."""
    return _dtype_of(cast(Hashable, register))


@cache  # made for each shard and month
def _dtype_of(register: type[Row]) -> np.dtype[np.record]:
    fields = [(name, "<i8", (each.n,)) if each.n else (name, "<i8") for name, each in columns_of(register).items()]
    return cast(np.dtype[np.record], np.dtype((Record, np.dtype(fields, align=True))))


def make_rows(register: type[R], n: int) -> Rows[R]:
    """Return `n` rows of zeros."""
    return cast("Rows[R]", np.zeros(n, dtype=dtype_of(register)))


def make_row(register: type[R]) -> R:
    """Return one row of zeros that stands by itself."""
    return make_rows(register, 1)[0]


def rows_of(register: type[R], table: NDArray[np.int64] | Sequence[Sequence[int]]) -> Rows[R]:
    """Return a table of whole numbers, a column for each number of a row, as rows of its own memory.

    Raises   ValueError where the table has another width than the register.
    """
    width = dtype_of(register).itemsize // 8
    values = np.array(table, dtype=np.int64)
    if values.size == 0:
        return make_rows(register, 0)
    if values.shape[-1] != width:
        raise ValueError(f"{register.__name__} has {width} numbers a row, not {values.shape[-1]}")
    return cast("Rows[R]", values.reshape(-1).view(dtype_of(register)))


def stack(register: type[R], rows: Sequence[R]) -> Rows[R]:
    """Return rows that stand by themselves one after the other, in memory of their own."""
    stacked = make_rows(register, len(rows))
    for place, row in enumerate(rows):
        as_array(stacked)[place] = row
    return stacked


def frozen(rows: Rows[R]) -> Rows[R]:
    """Return the same rows, which nobody can write to any more."""
    as_array(rows).setflags(write=False)
    return rows


def as_array(rows: Rows[Row]) -> NDArray[Any]:
    """Return rows as the structured array that they are, for `array["column"]`, copies and files."""
    return cast("NDArray[Any]", rows)


def as_table(rows: Rows[Row]) -> NDArray[np.int64]:
    """Return the same memory as plain numbers, a row a row, for files that hold no names; `rows_of` takes it."""
    array = as_array(rows)
    return array.view(np.int64).reshape(len(array), array.dtype.itemsize // 8)


def in_python(rows: Rows[R]) -> list[R]:
    """Return copies of rows that hold Python's own whole numbers, and lists of them: for dates, words and files."""
    array = as_array(rows)
    names = array.dtype.names or ()
    values = zip(*(array[name].tolist() for name in names), strict=True)
    return [cast("R", SimpleNamespace(**dict(zip(names, each_row, strict=True)))) for each_row in values]


def joined(register: type[R], parts: Iterable[Rows[R]]) -> Rows[R]:
    """Return the rows of all parts, one part after the other, in memory of their own."""
    arrays = [as_array(make_rows(register, 0)), *(as_array(part) for part in parts)]
    return cast(
        "Rows[R]", np.concatenate(arrays).view(dtype_of(register))
    )  # concatenation forgets that they are records


def total_of(rows: Rows[R]) -> R:
    """Return one row that holds the sum of each column, by itself."""
    return cast("R", as_table(rows).sum(axis=0).view(as_array(rows).dtype)[0])


def each(rows: Rows[R]) -> Iterator[R]:
    """Give the rows one after the other."""
    return (rows[at] for at in range(len(rows)))

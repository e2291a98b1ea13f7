"""What every answer can do: JSON for programs, blocks for people, a table, a chart, HTML for notebooks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from glasstown.errors import Fault, UsageError
from glasstown.render.blocks import Block
from glasstown.render.notebook import as_html

if TYPE_CHECKING:
    import altair
    import pyarrow


class Answer(ABC):
    """A typed result.  `exit_code` is what its command ends with: 0, or 1 where it has findings or failures."""

    population_words: str | None = None

    @abstractmethod
    def as_json(self) -> dict[str, Any]:
        """Return the answer as one JSON object: the command prints it with `--json`."""

    @abstractmethod
    def blocks(self) -> list[Block]:
        """Return the answer as it is shown to people."""

    @abstractmethod
    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return the answer's main table as columns of equal length."""

    @property
    def exit_code(self) -> int:
        """0 done, 1 findings or failures."""
        return 0

    def table(self) -> pyarrow.Table:
        """Return the main table in Arrow; its metadata names the kind of population where there is one."""
        import pyarrow as pa

        table = pa.table({name: list(values) for name, values in self.columns().items()})
        if self.population_words is None:
            return table
        return table.replace_schema_metadata({"population": self.population_words})

    def chart(self) -> altair.TopLevelMixin:
        """Return the answer's chart in Altair."""
        name = type(self).__name__
        raise UsageError(
            f"chart of {name}",
            [
                Fault(
                    name,
                    None,
                    "an answer that has no chart of its own",
                    "an answer with one, such as a rulebook, a case or a run",
                    "Take its .table() and draw from that.",
                )
            ],
        )

    def _repr_html_(self) -> str:
        return as_html(self.blocks())

"""Write model.json from the rulebook of Suining, the act catalogue and the parameters.

.venv/bin/python benchmarks/peers/write.py
"""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from glasstown.engine.tables.model import numbers_of
from glasstown.language.load import load_acts, load_parameters, load_rulebook

MODEL = Path(__file__).resolve().with_name("model.json")
RULEBOOK = "suining-2010"


def model() -> dict[str, Any]:
    """Return the small model: acts that anybody does, chances of detection in town, known flat points, grades."""
    book, acts, numbers = load_rulebook(RULEBOOK), load_acts(), numbers_of(load_parameters())
    rows = []
    for clause in book.clauses:
        if clause.act is None or not isinstance(clause.points, Decimal):
            continue
        act = acts.act(clause.act)
        rate = numbers[f"hazard.{act.class_}"] * act.share
        if rate > 0:
            rows.append(
                {
                    "clause": clause.id,
                    "rate": float(rate),
                    "chance": float(act.detected.urban),
                    "points": int(clause.points),
                }
            )
    borders = [int(grade.from_) for grade in book.grades if isinstance(grade.from_, Decimal)]
    base = book.score.base.value
    assert isinstance(base, Decimal)
    return {"base": int(base), "from": borders, "acts": rows}


def main() -> int:
    """Write the file."""
    MODEL.write_text(json.dumps(model(), indent=1) + "\n", encoding="utf-8")
    print(f"wrote {MODEL.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

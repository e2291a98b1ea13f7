"""A mechanism of one's own as tables: what it is about, and its numbers; and the kernels that ask it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

import numpy as np

from glasstown.chance import CERTAIN, threshold
from glasstown.engine.conduct.beliefs import mask_of, role_bit
from glasstown.engine.tables.lives import DOORS
from glasstown.engine.tables.own_bundles import Own
from glasstown.engine.tables.shapes import I64
from glasstown.language.acts import Act, ActClass
from glasstown.language.mechanism import Head, millionths


@dataclass(frozen=True, slots=True)
class OwnKernels:
    """The kernels of a run with a mechanism: a month of conduct, what closes its gate (None for none), and its plain form."""

    live_conduct: Callable[..., int]
    close: Callable[..., None] | None
    plain: Callable[[Mapping[str, int]], int]


def no_own() -> Own:
    """Return tables of no mechanism."""
    return Own(-1, -1, 0, 0, np.zeros((1, 2), dtype=np.int64), np.zeros(0, dtype=np.int64))


def make_own(
    head: Head,
    classes: tuple[ActClass, ...],
    acts: tuple[Act, ...],
    roles: tuple[str, ...],
    numbers: Mapping[str, Decimal],
) -> Own:
    """Return the tables of a mechanism about people.

    classes, acts   those of people, in the order of their tables
    numbers         values of all parameters by id, the mechanism's among them
    """
    ids = [each.id for each in classes]
    values = np.array([millionths(numbers[f"{head.name}.{name}"]) for name in head.parameters], dtype=np.int64)
    if head.seam == "gate":
        return no_own()._replace(doors=1 << DOORS.index(head.of), numbers=values)
    if head.seam == "hazard":
        return no_own()._replace(k=ids.index(head.of), most=millionths(head.most), numbers=values)
    place = next(place for place, act in enumerate(acts) if act.id == head.of)
    k = ids.index(acts[place].class_)
    odds = _odds(classes[k], acts, place, roles, numbers["detection.certainty"])
    return no_own()._replace(k=k, act=place, odds=odds, numbers=values)


def _odds(act_class: ActClass, acts: Sequence[Act], place: int, roles: tuple[str, ...], certainty: Decimal) -> I64:
    """Return (masks, 2) the chance that an act of a class that no office found is the one: its share of all those not found."""
    mask = mask_of(act_class, tuple(acts), roles)
    odds = np.zeros((mask + 1, 2), dtype=np.int64)
    mine = [act for act in acts if act.class_ == act_class.id and act.share > 0]
    with localcontext() as context:
        context.prec = 20
        for bits in range(mask + 1):
            given = [act for act in mine if act.role is None or role_bit(act, roles) & bits]
            for urban in (0, 1):
                left = {act.id: act.share * (1 - _found(act, urban, certainty)) for act in given}
                total = sum(left.values(), Decimal(0))
                if total > 0:
                    odds[bits, urban] = min(threshold(left.get(acts[place].id, Decimal(0)) / total), CERTAIN)
    return odds


def _found(act: Act, urban: int, certainty: Decimal) -> Decimal:
    return min((act.detected.urban if urban else act.detected.rural) * certainty, Decimal(1))


def gates_of_towns() -> list[str]:
    """Return the gates that a mechanism can be about."""
    return list(DOORS)


__all__ = ["OwnKernels", "gates_of_towns", "make_own", "no_own"]

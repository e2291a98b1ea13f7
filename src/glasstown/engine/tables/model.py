"""Catalogue, parameters and rulebooks to tables of conduct: one `Model` for people and one for firms.

People meet all rulebooks at once: what they do depends on how surely each of them writes down what is found out, and on where
they stand under it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from glasstown.chance import threshold
from glasstown.compiler.tables import CompiledRules
from glasstown.engine.conduct.beliefs import OBSERVED, TIPS, Chances, Numbers, by_roles, certain, false_share, mask_of
from glasstown.engine.society.trade import make_business, usual_exits
from glasstown.engine.tables.deterrence import believed, taken_seriously
from glasstown.engine.tables.hazards import launch_shift, poisson_thresholds, table
from glasstown.engine.tables.lives import make_society, no_society
from glasstown.engine.tables.loads import from_ages, make_loads
from glasstown.engine.tables.memory import forgetting, keenness, lifts, standing
from glasstown.engine.tables.own import OwnKernels, no_own
from glasstown.engine.tables.past import Past
from glasstown.engine.tables.publicity import models
from glasstown.engine.tables.shapes import I64, Model, Society
from glasstown.engine.tables.society_rows import Business
from glasstown.errors import Fault, RunError
from glasstown.language.acts import Act, ActCatalogue, ActClass
from glasstown.language.parameters import Parameters
from glasstown.population.composition import Composition
from glasstown.rows import make_row
from glasstown.types import EntityKind

MOST_ACTS_OF_A_KIND = 254


@dataclass(frozen=True, slots=True)
class Conduct:
    """The tables of one kind of entity, with the words behind their rows; the same under all rulebooks.

    model     tables for the kernels
    classes   conduct class of every row of propensity
    acts      act of every row of the act table
    base      (K, masks) Q8.8: lg hazard of a class for those with these roles, before traits
    loading   (K,) Q8.8: how the trait enters; the prosocial trait where `is_good`
    is_good   (K,) whether the class is one of good deeds
    from_age  (K,) the age from which people act in the class
    loads     (K, 2, 2) Q8.8: what sex and age add (loads.py)
    lift      (K, masks, 2) Q8.8: what makes up for what is remembered when nothing changes (memory.py)
    n_lived   months that are lived without any rulebook before the first
    past      money of others who lived before, for those who live here; None where nobody has any
    own       kernels of a mechanism of one's own; None where there is none
    """

    model: Model
    classes: tuple[ActClass, ...]
    acts: tuple[Act, ...]
    base: I64
    loading: I64
    is_good: tuple[bool, ...]
    from_age: I64
    loads: I64
    lift: I64
    n_lived: int = 0
    past: Past | None = None
    own: OwnKernels | None = None


def numbers_of(parameters: Parameters) -> dict[str, Decimal]:
    """Return the values of all parameters by id."""
    return {parameter.id: parameter.value for parameter in parameters.parameters}


def make_conduct(
    rulebooks: Sequence[CompiledRules],
    catalogue: ActCatalogue,
    numbers: Numbers,
    *,
    kind: EntityKind,
    roles: tuple[str, ...],
    months: int,
    people: Composition | None = None,
) -> Conduct:
    """Return the tables of conduct and detection for people or for firms, under all of these rulebooks together.

    people   of whom the place is made, so that loads by sex and age leave the mean as it is; None for firms

    Errors   RunError where the catalogue has more acts of a kind than a record can name.
    Source   society_model S4, S5; docs/model.md gives the equations.
    """
    classes, acts = of_kind(catalogue, kind)
    if len(acts) > MOST_ACTS_OF_A_KIND:
        raise RunError("The act catalogue", [_too_many(len(acts), kind)])
    chances = {
        c.id: max((believed(rules, catalogue, acts, c.id, numbers) for rules in rulebooks), default=Decimal(0))
        for c in classes
    }
    modelled = max((models(rules, numbers) for rules in rulebooks), default=Decimal(0))
    masks = [mask_of(c, acts, roles) for c in classes]
    base, usual = by_roles(classes, acts, roles, masks, numbers)
    find = certain(usual, numbers["detection.certainty"])
    forget = forgetting(numbers["adaptation_half_life"], len(classes))
    remembered, felt = standing(numbers["delta_detection"], numbers["adaptation_floor"])
    model = Model(
        hit=poisson_thresholds(),
        month_shift=_month_shift(classes, chances, numbers, months, modelled),
        fall=_fall(classes, numbers),
        forget=np.array([forget], dtype=np.int64),
        keen=keenness(find, forget),
        remembered=remembered.copy(),
        class_mask=np.array(masks, dtype=np.int64),
        find=find,
        capacity=int(numbers["detection.capacity"]),
        society=_society(classes, kind, numbers, usual, find, roles),
        business=make_business(numbers) if kind == "firm" else make_row(Business),
        strained=np.array([int(c.id in DISTRESSED) for c in classes], dtype=np.int64),
        own=no_own(),
    )
    is_good = tuple(c.tone == "good deed" for c in classes)
    loading = np.array([256 if good else int(numbers["trait_loading"] * 256) for good in is_good], dtype=np.int64)
    loads = make_loads(classes, numbers, people)
    lift = lifts(base, loading, keenness(usual, forget), felt, ~np.array(is_good))
    n_lived = int(numbers["start.lived_months"])
    return Conduct(model, classes, acts, base, loading, is_good, from_ages(classes), loads, lift, n_lived)


STRAINED = ("c3", "c4", "c6")
"""classes of conduct that strain drives"""
DISTRESSED = ("k3", "k4", "k5")
"""classes of firms' conduct that distress drives: taxes, wages owed, contracts broken"""
JUDGMENTS = "c11"
"""class that creditors' going to court brings about"""
TRADER = "trader"
"""role of those who work on their own account"""


def _society(
    classes: tuple[ActClass, ...],
    kind: EntityKind,
    numbers: Numbers,
    usual: Chances,
    find: Chances,
    roles: tuple[str, ...],
) -> Society:
    """Return the tables of lives; firms have none of this kind."""
    if kind == "firm":
        return no_society()
    ids = [act_class.id for act_class in classes]
    strained, judged, observed = (
        np.array([name in names for name in ids]) for names in (STRAINED, (JUDGMENTS,), OBSERVED)
    )
    society = make_society(numbers, strained, judged, observed, usual, find)
    society.numbers.tips = ids.index(TIPS) if TIPS in ids else -1
    society.numbers.false = threshold(false_share(numbers))
    society.numbers.judged = ids.index(JUDGMENTS) if JUDGMENTS in ids else -1
    society.numbers.trader = 1 << roles.index(TRADER) if TRADER in roles else 0
    society.numbers.usual_exits = threshold(usual_exits(numbers))
    return society


def of_kind(catalogue: ActCatalogue, kind: EntityKind) -> tuple[tuple[ActClass, ...], tuple[Act, ...]]:
    """Return the classes of people or of firms, and their acts, class by class."""
    classes = tuple(c for c in catalogue.classes if c.kind == kind)
    return classes, tuple(act for c in classes for act in catalogue.acts if act.class_ == c.id)


def _too_many(n_acts: int, kind: EntityKind) -> Fault:
    return Fault(
        f"acts of a {kind}",
        None,
        str(n_acts),
        f"at most {MOST_ACTS_OF_A_KIND}",
        "Join acts that no rulebook tells apart.",
    )


def _month_shift(
    classes: tuple[ActClass, ...], chances: Mapping[str, Decimal], numbers: Numbers, months: int, modelled: Decimal
) -> I64:
    """Return what a month adds to each class: the launch effect on offences, chilling on lawful expression, models on good deeds.

    All act as far as what is found out in the class is believed to be written down, under the rulebook under which most is.

    chances   by class, that chance
    modelled  how surely a month shows models to those around
    """
    launch = np.array(launch_shift(numbers["launch_effect"], numbers["launch_half_life"], months), dtype=np.int64)
    shift = np.zeros((months, len(classes)), dtype=np.int64)
    for k, act_class in enumerate(classes):
        weight = int((taken_seriously(chances[act_class.id], numbers) * 65536).to_integral_value())
        if act_class.tone == "offence":
            shift[:, k] = -((-launch * weight + 32768) >> 16)
        elif act_class.tone == "lawful expression":
            shift[:, k] = -((int((numbers["chilling"] * 256).to_integral_value()) * weight + 32768) >> 16)
        else:
            raised = int((numbers["public.models"] * modelled * 256).to_integral_value())
            shift[:, k] = (raised * weight + 32768) >> 16
    return shift


def _fall(classes: tuple[ActClass, ...], numbers: Numbers) -> I64:
    """Return the adaptation after n detections, Q8.8: A(n) = max(-Delta n, A_min); good deeds do not fall."""
    delta, floor = numbers["delta_detection"] * 256, numbers["adaptation_floor"] * 256
    fall = [int(max(-delta * n, floor).to_integral_value()) for n in range(17)]
    return table([[0] * 17 if c.tone == "good deed" else fall for c in classes])

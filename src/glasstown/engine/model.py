"""Catalogue, parameters and rulebooks to tables: conduct, one `Model` for people and one for firms, and filing, one `Practice` for
each rulebook.

People meet all rulebooks at once: what they do depends on whether any of them punishes or rewards it, and on the grades of each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

import numpy as np

from glasstown.chance import threshold
from glasstown.compiler import columns as col
from glasstown.compiler.tables import CompiledRules
from glasstown.engine import filing
from glasstown.engine.exposure import OBSERVED, Chances, Numbers, by_roles, certain, mask_of, reported, role_bit
from glasstown.engine.hazards import (
    delay_quantiles,
    launch_shift,
    poisson_thresholds,
    table,
)
from glasstown.engine.lives import bites, make_society, no_society
from glasstown.engine.shapes import I64, Model, Practice, Society
from glasstown.errors import Fault, RunError
from glasstown.rulebook.acts import Act, ActCatalogue, ActClass
from glasstown.rulebook.parameters import Parameters
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
    """

    model: Model
    classes: tuple[ActClass, ...]
    acts: tuple[Act, ...]
    base: I64
    loading: I64
    is_good: tuple[bool, ...]


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
) -> Conduct:
    """Return the tables of conduct and detection for people or for firms, under all of these rulebooks together.

    Errors   RunError where the catalogue has more acts of a kind than a record can name.
    Source   society_model S4, S5; docs/model.md gives the equations.
    """
    classes, acts = _of_kind(catalogue, kind)
    if len(acts) > MOST_ACTS_OF_A_KIND:
        raise RunError("The act catalogue", [_too_many(len(acts), kind)])
    punished = {name for rules in rulebooks for name in _touched(rules, catalogue, acts)[0]}
    masks = [mask_of(c, acts, roles) for c in classes]
    base, by_office = by_roles(classes, acts, roles, masks, numbers)
    office = certain(by_office, numbers["detection.certainty"])
    usual, find = (reported(each, classes, numbers) for each in (by_office, office))
    model = Model(
        hit=poisson_thresholds(),
        month_shift=_month_shift(classes, punished, numbers, months),
        fall=_fall(classes, numbers),
        class_mask=np.array(masks, dtype=np.int64),
        find=find,
        office=office,
        society=_society(classes, kind, numbers, usual, find),
    )
    is_good = tuple(c.tone == "good deed" for c in classes)
    loading = [256 if good else int(numbers["trait_loading"] * 256) for good in is_good]
    return Conduct(model, classes, acts, base, np.array(loading, dtype=np.int64), is_good)


STRAINED = ("c3", "c4", "c6")
"""classes of conduct that strain drives"""
JUDGMENTS = "c11"
"""class that creditors' going to court brings about"""


def _society(
    classes: tuple[ActClass, ...], kind: EntityKind, numbers: Numbers, usual: Chances, find: Chances
) -> Society:
    """Return the tables of lives; firms have none of this kind."""
    if kind == "firm":
        return no_society()
    ids = [act_class.id for act_class in classes]
    strained, judged, observed = (
        np.array([name in names for name in ids]) for names in (STRAINED, (JUDGMENTS,), OBSERVED)
    )
    return make_society(numbers, strained, judged, observed, usual, find)


def make_practice(
    rules: CompiledRules, catalogue: ActCatalogue, numbers: Numbers, *, kind: EntityKind, roles: tuple[str, ...]
) -> Practice:
    """Return the tables of filing for people or for firms under one rulebook, and what its grades do to conduct.

    Source   society_model S4, S7, S10; docs/model.md gives the equations.
    """
    classes, acts = _of_kind(catalogue, kind)
    punished, rewarded = _touched(rules, catalogue, acts)
    lengths, spell_rows = _spells(acts)
    return Practice(
        grade_shift=_grade_shift(rules, classes, punished, rewarded, numbers),
        class_acts=_first_acts(classes, acts),
        class_covered=_covered(rules, catalogue, classes, acts),
        act_table=_act_table(rules, catalogue, acts, roles, spell_rows),
        delay=_delays(numbers),
        spell=lengths,
        numbers=_thresholds(rules, numbers),
        clause_role=_clause_roles(rules, kind, roles),
        status=_statuses(rules, kind, roles),
        bite=bites(numbers["procedure.bite"]),
    )


def _of_kind(catalogue: ActCatalogue, kind: EntityKind) -> tuple[tuple[ActClass, ...], tuple[Act, ...]]:
    """Return the classes of people or of firms, and their acts, class by class."""
    classes = tuple(c for c in catalogue.classes if c.kind == kind)
    return classes, tuple(act for c in classes for act in catalogue.acts if act.class_ == c.id)


def _first_acts(classes: tuple[ActClass, ...], acts: tuple[Act, ...]) -> I64:
    """Return the first act of each class in the act table, and the number of acts at the end."""
    ids = [act_class.id for act_class in classes]
    place = [ids.index(act.class_) for act in acts]
    return np.array([sum(1 for k in place if k < number) for number in range(len(ids) + 1)], dtype=np.int64)


def _covered(
    rules: CompiledRules, catalogue: ActCatalogue, classes: tuple[ActClass, ...], acts: tuple[Act, ...]
) -> I64:
    """Return for each class whether a clause answers to any of its acts."""
    ids = catalogue.ids()
    answered = set(rules.answers[:, col.W_ACT].tolist())
    covered = {act.class_ for act in acts if ids.index(act.id) in answered}
    return np.array([int(act_class.id in covered) for act_class in classes], dtype=np.int64)


def _too_many(n_acts: int, kind: EntityKind) -> Fault:
    return Fault(
        f"acts of a {kind}",
        None,
        str(n_acts),
        f"at most {MOST_ACTS_OF_A_KIND}",
        "Join acts that no rulebook tells apart.",
    )


def _touched(rules: CompiledRules, catalogue: ActCatalogue, acts: tuple[Act, ...]) -> tuple[set[str], set[str]]:
    """Return the classes in which the rulebook takes points, a grade or a list, and those in which it gives."""
    ids = catalogue.ids()
    punished: set[str] = set()
    rewarded: set[str] = set()
    for act in acts:
        for clause in rules.answers[rules.answers[:, col.W_ACT] == ids.index(act.id), col.W_CLAUSE]:
            if act.share > 0:
                (punished if rules.clauses[clause, col.C_SIGN] < 0 else rewarded).add(act.class_)
    return punished, rewarded


def _month_shift(classes: tuple[ActClass, ...], punished: set[str], numbers: Numbers, months: int) -> I64:
    """Return what a month adds to each class: the launch effect on offences, chilling on lawful expression.

    Both act only where a rulebook takes something for conduct of the class, and once, however many do.
    """
    launch = launch_shift(numbers["launch_effect"], numbers["launch_half_life"], months)
    chilled = -int((numbers["chilling"] * 256).to_integral_value())
    shift = np.zeros((months, len(classes)), dtype=np.int64)
    for k, act_class in enumerate(classes):
        if act_class.id in punished and act_class.tone == "offence":
            shift[:, k] = launch
        elif act_class.id in punished and act_class.tone == "lawful expression":
            shift[:, k] = chilled
    return shift


def _grade_shift(
    rules: CompiledRules, classes: tuple[ActClass, ...], punished: set[str], rewarded: set[str], numbers: Numbers
) -> I64:
    """Return what each grade adds to each class.

    Offences: -eps_s lg(1 + V 2**(-d / b)), d the distance to the grade below as a share of the scale, b the buffer.
    Good deeds: w lg 2 less crowding-out, where the rulebook rewards the class.
    """
    shift = np.zeros((len(classes), col.NO_GRADE + 1), dtype=np.int64)
    distances = _distances(rules)
    with localcontext() as context:
        context.prec = 20
        lg_2 = Decimal(2).ln()
        for k, act_class in enumerate(classes):
            if act_class.tone == "good deed" and act_class.id in rewarded:
                shift[k, :] = int(((numbers["reward_response"] - numbers["crowding_out"]) * 256).to_integral_value())
            elif act_class.tone != "good deed" and act_class.id in punished:
                for grade, distance in distances.items():
                    decay = (-distance / numbers["points_buffer_share"] * lg_2).exp()
                    severity = 1 + numbers["points_shadow_price"] * decay
                    shift[k, grade] = -int((numbers["eps_s"] * severity.ln() / lg_2 * 256).to_integral_value())
    return shift


def _distances(rules: CompiledRules) -> dict[int, Decimal]:
    """Return how far each grade's usual score lies above its lower end, as a share of the scale; no lower end, no entry.

    The usual score is the base where the grade covers it, else the grade's middle.
    """
    known = [int(v) for row in rules.grades[:, : col.G_BELOW + 1] for v in row if abs(v) < col.UNBOUNDED]
    base = int(rules.book[col.B_BASE])
    scale = max([*known, base]) - min([*known, base, 0])
    distances = {}
    for grade, (low, high) in enumerate(rules.grades[:, : col.G_BELOW + 1].tolist()):
        if abs(low) >= col.UNBOUNDED or scale <= 0:
            continue
        usual = base if low <= base < high else (low + min(high, low + scale // 10)) // 2
        distances[grade] = Decimal(usual - low) / scale
    return distances


def _fall(classes: tuple[ActClass, ...], numbers: Numbers) -> I64:
    """Return the adaptation after n detections, Q8.8: A(n) = max(-Delta n, A_min); good deeds do not fall."""
    delta, floor = numbers["delta_detection"] * 256, numbers["adaptation_floor"] * 256
    fall = [int(max(-delta * n, floor).to_integral_value()) for n in range(17)]
    return table([[0] * 17 if c.tone == "good deed" else fall for c in classes])


def _spells(acts: tuple[Act, ...]) -> tuple[I64, dict[str, int]]:
    """Return the lengths of the acts that last, one row each, and the row of each act."""
    rows: list[list[int]] = []
    row_of = {}
    for act in acts:
        if act.spell:
            row_of[act.id] = len(rows)
            rows.append(delay_quantiles(1 / act.spell.ends_per_month))
    return (table(rows) if rows else np.zeros((1, 1024), dtype=np.int64)), row_of


def _act_table(
    rules: CompiledRules,
    catalogue: ActCatalogue,
    acts: tuple[Act, ...],
    roles: tuple[str, ...],
    spell_rows: dict[str, int],
) -> I64:
    """Return one row an act; the columns stand in filing.py."""
    ids = catalogue.ids()
    tones = {c.id: c.tone for c in catalogue.classes}
    places = {act.id: place for place, act in enumerate(acts)}
    rows = []
    for act in acts:
        row = [0] * filing.N_ACT_COLUMNS
        position = ids.index(act.id)
        row[filing.A_ROLE] = role_bit(act, roles)
        row[filing.A_SPELL] = spell_rows.get(act.id, -1)
        row[filing.A_LEAST], row[filing.A_MOST] = (act.amount.least, act.amount.most) if act.amount else (1, 1)
        row[filing.A_DELAY] = filing.DELAY_COURT if act.detected.by == "court" else filing.DELAY_OFFICE
        row[filing.A_GOOD] = int(tones[act.class_] == "good deed")
        answers = np.flatnonzero(rules.answers[:, col.W_ACT] == position)
        row[filing.A_ANSWER], row[filing.A_N_ANSWERS] = int(answers[0]) if len(answers) else 0, len(answers)
        row[filing.A_WEIGHT_RURAL] = threshold(act.share * act.detected.rural)
        row[filing.A_WEIGHT_URBAN] = threshold(act.share * act.detected.urban)
        row[filing.A_SHARE] = threshold(act.share)
        row[filing.A_NEEDS_MEANS] = int(act.needs_means)
        row[filing.A_INSTEAD] = places.get(act.is_a or "", -1)
        rows.append(row)
    return table(rows) if rows else np.zeros((0, filing.N_ACT_COLUMNS), dtype=np.int64)


def _delays(numbers: Numbers) -> I64:
    """Return the delays of offices, courts, objections, applications and repairs, in days."""
    apply_months = 1 / max(numbers["procedure.apply_per_month"], Decimal("0.01"))
    names = ("filing.delay_months", "filing.delay_months_court", "objection.months")
    repair_months = 1 / max(numbers["procedure.repair_per_month"], Decimal("0.01"))
    means = [*(numbers[name] for name in names), apply_months, repair_months]
    return table([delay_quantiles(mean) for mean in means])


def _clause_roles(rules: CompiledRules, kind: EntityKind, roles: tuple[str, ...]) -> I64:
    """Return the bits of the role that each clause about this kind is about, 0 for all."""
    bits = [
        1 << roles.index(clause.applies_to.role) if clause.applies_to.role and clause.applies_to.kind == kind else 0
        for clause in rules.rulebook.clauses
    ]
    return np.array(bits, dtype=np.int64)


def _statuses(rules: CompiledRules, kind: EntityKind, roles: tuple[str, ...]) -> I64:
    """Return the clauses recorded on the first day for those of this kind, and the bits of the role that each is about."""
    rows = [
        [place, 1 << roles.index(clause.applies_to.role) if clause.applies_to.role else 0]
        for place, clause in enumerate(rules.rulebook.clauses)
        if clause.status and clause.applies_to.kind == kind
    ]
    return np.array(rows, dtype=np.int64).reshape(len(rows), 2)


def _thresholds(rules: CompiledRules, numbers: Numbers) -> I64:
    """Return single thresholds of 2**32; no objections where the scheme is known to have no redress."""
    book = rules.rulebook
    has_redress = book.sections.redress.read in ("read", "unread")
    values = np.zeros(filing.N_NUMBERS, dtype=np.int64)
    for column, name in (
        (filing.N_RECORDED_BAD, _own("recording.dishonesty", book.id, numbers)),
        (filing.N_RECORDED_GOOD, _own("recording.rewards", book.id, numbers)),
        (filing.N_LOST, "filing.lost"),
        (filing.N_WRONG_PERSON, "filing.wrong_person"),
        (filing.N_WRONG_CONTENT, "filing.wrong_content"),
        (filing.N_DUPLICATE, "filing.duplicate"),
        (filing.N_OBJECTION, "objection.share"),
        (filing.N_GRANTED_WRONG, "objection.granted_if_wrong"),
        (filing.N_GRANTED_RIGHT, "objection.granted_if_right"),
        (filing.N_PASS_TEST, "procedure.pass_test_per_month"),
        (filing.N_REPAIR, "procedure.repair_per_month"),
        (filing.N_APPLY, "procedure.apply_per_month"),
        (filing.N_PERFORM, "procedure.perform_per_month"),
        (filing.N_CONSENT, "consent.give_per_month"),
        (filing.N_WITHDRAW, "consent.take_back_per_month"),
        (filing.N_SPEND, "balance.spend_per_month"),
        (filing.N_LACKS_PROOF, "filing.lacks_proof"),
        (filing.N_EXCLUDED, "filing.excluded"),
        (filing.N_PERFORM_UNABLE, "procedure.perform_unable_per_month"),
        (filing.N_UNABLE, "ability.share_unable"),
        (filing.N_SPARED, "ability.unable_spared"),
    ):
        values[column] = threshold(numbers[name])
    if not has_redress:
        values[filing.N_OBJECTION] = 0
    return values


def _own(stem: str, rulebook_id: str, numbers: Numbers) -> str:
    """Return the parameter of this rulebook, or the default one."""
    name = f"{stem}.{rulebook_id}"
    return name if name in numbers else f"{stem}.default"

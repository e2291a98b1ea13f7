"""Catalogue, parameters and a rulebook to the tables that its offices go by: one `Practice`, with what grades do to conduct.

`practice_rows.py` says what stands in these tables.
"""

from __future__ import annotations

from decimal import Decimal, localcontext

import numpy as np

from glasstown.chance import threshold
from glasstown.compiler import columns as col
from glasstown.compiler.tables import CompiledRules
from glasstown.engine.conduct.beliefs import Numbers, role_bit
from glasstown.engine.tables.hazards import DAYS_A_MONTH, delay_quantiles, table
from glasstown.engine.tables.lives import bites, shames
from glasstown.engine.tables.means import factors
from glasstown.engine.tables.model import of_kind, touched
from glasstown.engine.tables.practice_rows import (
    Delay,
    OfficeAct,
    OfficeNumbers,
    StatusClause,
)
from glasstown.engine.tables.shapes import I64, Practice
from glasstown.language.acts import Act, ActCatalogue, ActClass
from glasstown.rows import Rows, as_array, each, make_row, make_rows, rows_of
from glasstown.types import EntityKind


def make_practice(
    rules: CompiledRules, catalogue: ActCatalogue, numbers: Numbers, *, kind: EntityKind, roles: tuple[str, ...]
) -> Practice:
    """Return the tables of filing for people or for firms under one rulebook, and what its grades do to conduct.

    Source   society_model S4, S7, S10; docs/model.md gives the equations.
    """
    classes, acts = of_kind(catalogue, kind)
    punished, rewarded = touched(rules, catalogue, acts)
    lengths, spell_rows = _spells(acts)
    act_table = _act_table(rules, catalogue, acts, roles, spell_rows)
    for act, row in zip(acts, each(act_table), strict=True):
        row.recorded = recorded_of(act, is_good=bool(row.good), rulebook=rules.rulebook.id, numbers=numbers)
    return Practice(
        grade_shift=_grade_shift(rules, classes, punished, rewarded, _shown(rules, catalogue, acts), numbers),
        class_acts=_first_acts(classes, acts),
        class_covered=_covered(rules, catalogue, classes, acts),
        act_table=act_table,
        delay=_delays(numbers),
        spell=lengths,
        numbers=_office_numbers(rules, numbers),
        clause_role=_clause_roles(rules, kind, roles),
        status=_statuses(rules, kind, roles),
        bite=bites(numbers["procedure.bite"]),
        shame=shames(numbers["shame.response"] * numbers["shame.closeness"], numbers["shame.dilution"]),
        place=places(numbers["recording.spread"]),
    )


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
    answered = {int(answer.act) for answer in each(rules.answers)}
    covered = {act.class_ for act in acts if ids.index(act.id) in answered}
    return np.array([int(act_class.id in covered) for act_class in classes], dtype=np.int64)


def _shown(rules: CompiledRules, catalogue: ActCatalogue, acts: tuple[Act, ...]) -> set[str]:
    """Return the classes in which a clause leads onto a list, where the rulebook makes anything public."""
    ids = catalogue.ids()
    listing = {
        int(answer.act)
        for answer in each(rules.answers)
        if rules.clauses[answer.clause].list >= 0 and rules.clauses[answer.clause].sign < 0
    }
    return {act.class_ for act in acts if is_public(rules) and ids.index(act.id) in listing}


def is_public(rules: CompiledRules) -> bool:
    """Return whether a rulebook makes anything public of those whom it lists."""
    return any(entry.what != ("nothing",) for entry in rules.rulebook.publicity)


def _grade_shift(
    rules: CompiledRules,
    classes: tuple[ActClass, ...],
    punished: set[str],
    rewarded: set[str],
    listed: set[str],
    numbers: Numbers,
) -> I64:
    """Return what each grade adds to each class.

    Offences: -eps_s lg(1 + V 2**(-d / b) + U), d the distance to the grade below as a share of the scale, b the buffer, and U what
    being shown to others is worth where a clause of the class leads onto a list that is public.
    Good deeds: w lg 2 less crowding-out, where the rulebook rewards the class.
    """
    shift = np.zeros((len(classes), col.N_STANDINGS), dtype=np.int64)
    distances = _distances(rules)
    feared = numbers["shame.feared"] * numbers["shame.shown"] * numbers["shame.closeness"]
    with localcontext() as context:
        context.prec = 20
        lg_2 = Decimal(2).ln()
        for k, act_class in enumerate(classes):
            if act_class.tone == "good deed" and act_class.id in rewarded:
                shift[k, :] = int(((numbers["reward_response"] - numbers["crowding_out"]) * 256).to_integral_value())
            elif act_class.tone != "good deed" and act_class.id in punished:
                publicity = feared if act_class.id in listed else Decimal(0)
                for grade in range(col.N_STANDINGS) if publicity else distances:
                    severity = 1 + publicity
                    if grade in distances:
                        decay = (-distances[grade] / numbers["points_buffer_share"] * lg_2).exp()
                        severity += numbers["points_shadow_price"] * decay
                    shift[k, grade] = -int((numbers["eps_s"] * severity.ln() / lg_2 * 256).to_integral_value())
    return shift


def _distances(rules: CompiledRules) -> dict[int, Decimal]:
    """Return how far each grade's usual score lies above its lower end, as a share of the scale; no lower end, no entry.

    The usual score is the base where the grade covers it, else the grade's middle.
    """
    ends = [(int(grade.from_), int(grade.below)) for grade in each(rules.grades)]
    known = [end for both in ends for end in both if abs(end) < col.UNBOUNDED]
    base = int(rules.book.base_score)
    scale = max([*known, base]) - min([*known, base, 0])
    distances = {}
    for grade, (low, high) in enumerate(ends):
        if abs(low) >= col.UNBOUNDED or scale <= 0:
            continue
        usual = base if low <= base < high else (low + min(high, low + scale // 10)) // 2
        distances[grade] = Decimal(usual - low) / scale
    return distances


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
) -> Rows[OfficeAct]:
    """Return one row an act."""
    ids = catalogue.ids()
    tones = {c.id: c.tone for c in catalogue.classes}
    places = {act.id: place for place, act in enumerate(acts)}
    rows = make_rows(OfficeAct, len(acts))
    for act, row in zip(acts, each(rows), strict=True):
        row.role = role_bit(act, roles)
        row.spell = spell_rows.get(act.id, -1)
        row.least, row.most = (act.amount.least, act.amount.most) if act.amount else (1, 1)
        row.by_court = int(act.detected.by == "court")
        row.good = int(tones[act.class_] == "good deed")
        answers = np.flatnonzero(as_array(rules.answers)["act"] == ids.index(act.id))
        row.answer, row.n_answers = int(answers[0]) if len(answers) else 0, len(answers)
        row.share = threshold(act.share)
        row.share_rural = threshold(act.share * act.detected.rural)
        row.share_urban = threshold(act.share * act.detected.urban)
        row.needs_means = int(act.needs_means)
        row.instead = places.get(act.is_a or "", -1)
    return rows


def _delays(numbers: Numbers) -> Rows[Delay]:
    """Return the delays of offices, courts, objections, applications and repairs, in days, a row a quantile."""
    apply_months = 1 / max(numbers["procedure.apply_per_month"], Decimal("0.01"))
    names = ("filing.delay_months", "filing.delay_months_court", "objection.months")
    repair_months = 1 / max(numbers["procedure.repair_per_month"], Decimal("0.01"))
    means = [*(numbers[name] for name in names), apply_months, repair_months]
    return rows_of(Delay, table([delay_quantiles(mean) for mean in means]).T)


def _clause_roles(rules: CompiledRules, kind: EntityKind, roles: tuple[str, ...]) -> I64:
    """Return the bits of the role that each clause about this kind is about, 0 for all."""
    bits = [
        1 << roles.index(clause.applies_to.role) if clause.applies_to.role and clause.applies_to.kind == kind else 0
        for clause in rules.rulebook.clauses
    ]
    return np.array(bits, dtype=np.int64)


def _statuses(rules: CompiledRules, kind: EntityKind, roles: tuple[str, ...]) -> Rows[StatusClause]:
    """Return the clauses recorded on the first day for those of this kind, and the bits of the role that each is about."""
    rows = [
        [place, 1 << roles.index(clause.applies_to.role) if clause.applies_to.role else 0]
        for place, clause in enumerate(rules.rulebook.clauses)
        if clause.status and clause.applies_to.kind == kind
    ]
    return rows_of(StatusClause, rows)


def _office_numbers(rules: CompiledRules, numbers: Numbers) -> OfficeNumbers:
    """Return what offices do by chance; no objections where the scheme is known to have no redress."""
    book = rules.rulebook
    has_redress = book.sections.redress.read in ("read", "unread")
    row = make_row(OfficeNumbers)
    row.lost = threshold(numbers["filing.lost"])
    row.wrong_person = threshold(numbers["filing.wrong_person"])
    row.wrong_content = threshold(numbers["filing.wrong_content"])
    row.inferred = threshold(numbers["filing.inferred"] * numbers["filing.inferred_wrong"])
    row.duplicate = threshold(numbers["filing.duplicate"])
    row.lacks_proof = threshold(numbers["filing.lacks_proof"])
    row.excluded = threshold(numbers["filing.excluded"])
    row.objection = threshold(numbers["objection.share"]) if has_redress else 0
    row.granted_wrong = threshold(numbers["objection.granted_if_wrong"])
    row.granted_right = threshold(numbers["objection.granted_if_right"])
    row.stays = _of_2_16(numbers["objection.stays"])
    row.notice_days = int((numbers["notice.delay_months"] * DAYS_A_MONTH).to_integral_value())
    row.notice_skipped = _of_2_16(numbers["notice.skipped"])
    _fill_wishes(row, numbers)
    row.campaign = int((numbers["recording.campaign"] * 256).to_integral_value())
    row.campaign_from = int(numbers["recording.campaign_from"])
    row.campaign_end = row.campaign_from + int(numbers["recording.campaign_months"])
    row.differs = int(numbers["recording.spread"] > 0)
    row.shown = threshold(numbers["shame.shown"]) if is_public(rules) else 0
    row.small = threshold(numbers["shame.small"])
    return row


def _fill_wishes(row: OfficeNumbers, numbers: Numbers) -> None:
    """Fill in what people seek from offices, and who of them could pay."""
    row.pass_test = threshold(numbers["procedure.pass_test_per_month"])
    row.repair = threshold(numbers["procedure.repair_per_month"])
    row.apply = threshold(numbers["procedure.apply_per_month"])
    row.perform = threshold(numbers["procedure.perform_per_month"])
    row.perform_unable = threshold(numbers["procedure.perform_unable_per_month"])
    row.unable = threshold(numbers["ability.share_unable"])
    row.spared = threshold(numbers["ability.unable_spared"])
    row.consent = threshold(numbers["consent.give_per_month"])
    row.withdraw = threshold(numbers["consent.take_back_per_month"])
    row.spend = threshold(numbers["balance.spend_per_month"])


def recorded_of(act: Act, *, is_good: bool, rulebook: str, numbers: Numbers) -> int:
    """Return the share of what is found out of an act that a rulebook's office writes down, of 2**32.

    What a court finds is the court's own decision and has a share of its own; of the rest, it is the scheme's share for offences or
    for good deeds, times that of the agency that finds it.
    """
    if act.detected.by == "court":
        return threshold(numbers[_own("recording.court", rulebook, numbers)])
    scheme = numbers[_own("recording.rewards" if is_good else "recording.dishonesty", rulebook, numbers)]
    return threshold(scheme * numbers[f"recording.agency.{act.detected.by.replace(' ', '_')}"])


def places(spread: Decimal) -> I64:
    """Return (64,) what places multiply a share of recording by, of 256: equally likely steps of a lognormal of mean 1.

    spread   in lg units
    """
    return factors(spread, 64, 256)


def _of_2_16(share: Decimal) -> int:
    return int((share * 65536).to_integral_value())


def _own(stem: str, rulebook_id: str, numbers: Numbers) -> str:
    """Return the parameter of this rulebook, or the default one."""
    name = f"{stem}.{rulebook_id}"
    return name if name in numbers else f"{stem}.default"

"""Catalogue, parameters and a rulebook to the tables that its offices go by: one `Practice`, with what its records are feared for.

`practice_rows.py` says what stands in these tables.
"""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from glasstown.chance import threshold
from glasstown.compiler.tables import CompiledRules
from glasstown.engine.conduct.beliefs import Numbers, role_bit
from glasstown.engine.tables.deterrence import borders_of, felt_table
from glasstown.engine.tables.handled import handled_rows, of_2_16
from glasstown.engine.tables.hazards import DAYS_A_MONTH, delay_quantiles, table
from glasstown.engine.tables.means import factors
from glasstown.engine.tables.model import of_kind
from glasstown.engine.tables.pace import no_pace
from glasstown.engine.tables.practice_rows import (
    Delay,
    OfficeAct,
    OfficeNumbers,
    StatusClause,
)
from glasstown.engine.tables.pressing import bites, shames
from glasstown.engine.tables.publicity import shown_table
from glasstown.engine.tables.recording import recorded_share
from glasstown.engine.tables.shapes import I64, Practice
from glasstown.language.acts import Act, ActCatalogue, ActClass
from glasstown.rows import Rows, as_array, each, make_row, make_rows, rows_of
from glasstown.types import EntityKind


def make_practice(
    rules: CompiledRules, catalogue: ActCatalogue, numbers: Numbers, *, kind: EntityKind, roles: tuple[str, ...]
) -> Practice:
    """Return the tables of filing for people or for firms under one rulebook, and what its records are feared for.

    Source   society_model S4, S7, S10; docs/model.md gives the equations.
    """
    classes, acts = of_kind(catalogue, kind)
    lengths, spell_rows = _spells(acts)
    act_table = _act_table(rules, catalogue, acts, roles, spell_rows)
    for act, row in zip(acts, each(act_table), strict=True):
        row.recorded = threshold(recorded_share(act, rules.rulebook.id, numbers, good=bool(row.good)))
    return Practice(
        felt=felt_table(rules, catalogue, classes, acts, numbers),
        borders=np.array([border.least for border in borders_of(rules, numbers)], dtype=np.int64),
        class_acts=_first_acts(classes, acts),
        class_covered=_covered(rules, catalogue, classes, acts),
        act_table=act_table,
        delay=_delays(numbers),
        spell=lengths,
        numbers=_office_numbers(rules, numbers),
        handled=handled_rows(rules.rulebook, numbers, kind=kind, roles=roles),
        status=_statuses(rules, kind, roles),
        bite=bites(numbers["procedure.bite"]),
        shame=shames(numbers["shame.response"], numbers["shame.dilution"]),
        shown=shown_table(rules, numbers),
        place=places(numbers["recording.spread"]),
        pace=no_pace(),
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


def _spells(acts: tuple[Act, ...]) -> tuple[I64, dict[str, int]]:
    """Return the lengths of the acts that last, one row each, and the row of each act."""
    rows: list[tuple[int, ...]] = []
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


def _statuses(rules: CompiledRules, kind: EntityKind, roles: tuple[str, ...]) -> Rows[StatusClause]:
    """Return the clauses recorded on the first day for those of this kind, and the bits of the role that each is about."""
    rows = [
        [place, 1 << roles.index(clause.applies_to.role) if clause.applies_to.role else 0]
        for place, clause in enumerate(rules.rulebook.clauses)
        if clause.status and clause.applies_to.kind == kind
    ]
    return rows_of(StatusClause, rows)


def _office_numbers(rules: CompiledRules, numbers: Numbers) -> OfficeNumbers:
    """Return what offices do by chance."""
    row = make_row(OfficeNumbers)
    row.lost = threshold(numbers["filing.lost"])
    row.wrong_person = threshold(numbers["filing.wrong_person"])
    row.wrong_content = threshold(numbers["filing.wrong_content"])
    row.inferred = threshold(numbers["filing.inferred"] * numbers["filing.inferred_wrong"])
    row.duplicate = threshold(numbers["filing.duplicate"])
    row.lacks_proof = threshold(numbers["filing.lacks_proof"])
    row.excluded = threshold(numbers["filing.excluded"])
    row.granted_wrong = threshold(numbers["objection.granted_if_wrong"])
    row.granted_right = threshold(numbers["objection.granted_if_right"])
    row.notice_days = int((numbers["notice.delay_months"] * DAYS_A_MONTH).to_integral_value())
    row.notice_skipped = of_2_16(numbers["notice.skipped"])
    _fill_wishes(row, numbers)
    row.campaign = int((numbers["recording.campaign"] * 256).to_integral_value())
    row.campaign_from = int(numbers["recording.campaign_from"])
    row.campaign_end = row.campaign_from + int(numbers["recording.campaign_months"])
    row.differs = int(numbers["recording.spread"] > 0)
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


def places(spread: Decimal) -> I64:
    """Return (64,) what places multiply a share of recording by, of 256: equally likely steps of a lognormal of mean 1.

    spread   in lg units
    """
    return factors(spread, 64, 256)

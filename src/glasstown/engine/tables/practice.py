"""Catalogue, parameters and a rulebook to the tables that its offices go by: one `Practice`, with what grades do to conduct.

What the offices of a rulebook go by (`Practice`): columns of its tables, and the words for what is true of a record.
"""

from __future__ import annotations

from decimal import Decimal, localcontext

import numpy as np

from glasstown.chance import threshold
from glasstown.compiler import columns as col
from glasstown.compiler.tables import CompiledRules
from glasstown.engine.conduct.beliefs import Numbers, role_bit
from glasstown.engine.tables.hazards import delay_quantiles, table
from glasstown.engine.tables.lives import bites, shames
from glasstown.engine.tables.model import of_kind, touched
from glasstown.engine.tables.shapes import I64, Practice
from glasstown.language.acts import Act, ActCatalogue, ActClass
from glasstown.types import EntityKind

# columns of the act table
A_ROLE = 0  # bits of the role that opens it; 0 for everyone
A_SPELL = 1  # row of the table of lengths, or -1
A_LEAST = 2  # amount
A_MOST = 3
A_DELAY = 4  # row of the table of delays
A_GOOD = 5  # 1: a good deed
A_ANSWER = 6  # first row of the clauses that answer to it, by amount
A_N_ANSWERS = 7
A_WEIGHT_RURAL = 8  # share times chance of being found out, of 2**32
A_WEIGHT_URBAN = 9
A_SHARE = 10  # share alone, of 2**32
A_NEEDS_MEANS = 11  # 1: only somebody who could pay can do it
A_INSTEAD = 12  # act that is recorded of those who are found unable to pay, or -1
N_ACT_COLUMNS = 13

# single numbers of a practice
N_RECORDED_BAD = 0  # thresholds of 2**32
N_RECORDED_GOOD = 1
N_LOST = 2
N_WRONG_PERSON = 3
N_WRONG_CONTENT = 4
N_DUPLICATE = 5
N_OBJECTION = 6
N_GRANTED_WRONG = 7
N_GRANTED_RIGHT = 8
N_PASS_TEST = 9
N_REPAIR = 10
N_APPLY = 11
N_PERFORM = 12
N_CONSENT = 13
N_WITHDRAW = 14
N_SPEND = 15
N_LACKS_PROOF = 16
N_EXCLUDED = 17
N_PERFORM_UNABLE = 18
N_UNABLE = 19
N_SPARED = 20
N_NOTICE_DAYS = 21  # whole days
N_NOTICE_SKIPPED = 22  # of 2**16
N_STAYS = 23  # of 2**16
N_INFERRED = 24  # threshold: inferred, and wrongly
N_SHOWN = 25
N_SMALL = 26
N_NUMBERS = 27

# rows of the table of delays
DELAY_OFFICE = 0
DELAY_COURT = 1
DELAY_OBJECTION = 2
DELAY_APPLY = 3
DELAY_REPAIR = 4

RIGHT = 0
WRONG_PERSON = 1
WRONG_CONTENT = 2
DUPLICATE = 3
TRUTH_LOST = 4
TRUTH_NOT_RECORDED = 5
FALSE_REPORT = 7
INFERRED = 8
N_TRUTHS = 9  # with MISJUDGED


def make_practice(
    rules: CompiledRules, catalogue: ActCatalogue, numbers: Numbers, *, kind: EntityKind, roles: tuple[str, ...]
) -> Practice:
    """Return the tables of filing for people or for firms under one rulebook, and what its grades do to conduct.

    Source   society_model S4, S7, S10; docs/model.md gives the equations.
    """
    classes, acts = of_kind(catalogue, kind)
    punished, rewarded = touched(rules, catalogue, acts)
    lengths, spell_rows = _spells(acts)
    return Practice(
        grade_shift=_grade_shift(rules, classes, punished, rewarded, _shown(rules, catalogue, acts), numbers),
        class_acts=_first_acts(classes, acts),
        class_covered=_covered(rules, catalogue, classes, acts),
        act_table=_act_table(rules, catalogue, acts, roles, spell_rows),
        delay=_delays(numbers),
        spell=lengths,
        numbers=_thresholds(rules, numbers),
        clause_role=_clause_roles(rules, kind, roles),
        status=_statuses(rules, kind, roles),
        bite=bites(numbers["procedure.bite"]),
        shame=shames(numbers["shame.response"] * numbers["shame.closeness"], numbers["shame.dilution"]),
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
    answered = set(rules.answers[:, col.W_ACT].tolist())
    covered = {act.class_ for act in acts if ids.index(act.id) in answered}
    return np.array([int(act_class.id in covered) for act_class in classes], dtype=np.int64)


def _shown(rules: CompiledRules, catalogue: ActCatalogue, acts: tuple[Act, ...]) -> set[str]:
    """Return the classes in which a clause leads onto a list, where the rulebook makes anything public."""
    ids = catalogue.ids()
    listing = {
        int(row[col.W_ACT])
        for row in rules.answers
        if rules.clauses[row[col.W_CLAUSE], col.C_LIST] >= 0 and rules.clauses[row[col.W_CLAUSE], col.C_SIGN] < 0
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
    shift = np.zeros((len(classes), col.NO_GRADE + 1), dtype=np.int64)
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
                for grade in range(col.NO_GRADE + 1) if publicity else distances:
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
        row = [0] * N_ACT_COLUMNS
        position = ids.index(act.id)
        row[A_ROLE] = role_bit(act, roles)
        row[A_SPELL] = spell_rows.get(act.id, -1)
        row[A_LEAST], row[A_MOST] = (act.amount.least, act.amount.most) if act.amount else (1, 1)
        row[A_DELAY] = DELAY_COURT if act.detected.by == "court" else DELAY_OFFICE
        row[A_GOOD] = int(tones[act.class_] == "good deed")
        answers = np.flatnonzero(rules.answers[:, col.W_ACT] == position)
        row[A_ANSWER], row[A_N_ANSWERS] = int(answers[0]) if len(answers) else 0, len(answers)
        row[A_WEIGHT_RURAL] = threshold(act.share * act.detected.rural)
        row[A_WEIGHT_URBAN] = threshold(act.share * act.detected.urban)
        row[A_SHARE] = threshold(act.share)
        row[A_NEEDS_MEANS] = int(act.needs_means)
        row[A_INSTEAD] = places.get(act.is_a or "", -1)
        rows.append(row)
    return table(rows) if rows else np.zeros((0, N_ACT_COLUMNS), dtype=np.int64)


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
    values = np.zeros(N_NUMBERS, dtype=np.int64)
    for column, name in (
        (N_RECORDED_BAD, _own("recording.dishonesty", book.id, numbers)),
        (N_RECORDED_GOOD, _own("recording.rewards", book.id, numbers)),
        (N_LOST, "filing.lost"),
        (N_WRONG_PERSON, "filing.wrong_person"),
        (N_WRONG_CONTENT, "filing.wrong_content"),
        (N_DUPLICATE, "filing.duplicate"),
        (N_OBJECTION, "objection.share"),
        (N_GRANTED_WRONG, "objection.granted_if_wrong"),
        (N_GRANTED_RIGHT, "objection.granted_if_right"),
        (N_PASS_TEST, "procedure.pass_test_per_month"),
        (N_REPAIR, "procedure.repair_per_month"),
        (N_APPLY, "procedure.apply_per_month"),
        (N_PERFORM, "procedure.perform_per_month"),
        (N_CONSENT, "consent.give_per_month"),
        (N_WITHDRAW, "consent.take_back_per_month"),
        (N_SPEND, "balance.spend_per_month"),
        (N_LACKS_PROOF, "filing.lacks_proof"),
        (N_EXCLUDED, "filing.excluded"),
        (N_PERFORM_UNABLE, "procedure.perform_unable_per_month"),
        (N_UNABLE, "ability.share_unable"),
        (N_SPARED, "ability.unable_spared"),
        (N_SHOWN, "shame.shown"),
        (N_SMALL, "shame.small"),
    ):
        values[column] = threshold(numbers[name])
    if not has_redress:
        values[N_OBJECTION] = 0
    if not is_public(rules):
        values[N_SHOWN] = 0
    values[N_NOTICE_DAYS] = int((numbers["notice.delay_months"] * DAYS_A_MONTH).to_integral_value())
    for column, name in ((N_NOTICE_SKIPPED, "notice.skipped"), (N_STAYS, "objection.stays")):
        values[column] = int((numbers[name] * 65536).to_integral_value())
    values[N_INFERRED] = threshold(numbers["filing.inferred"] * numbers["filing.inferred_wrong"])
    return values


DAYS_A_MONTH = Decimal("30.4375")


def _own(stem: str, rulebook_id: str, numbers: Numbers) -> str:
    """Return the parameter of this rulebook, or the default one."""
    name = f"{stem}.{rulebook_id}"
    return name if name in numbers else f"{stem}.default"

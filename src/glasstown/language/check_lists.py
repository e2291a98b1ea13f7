"""Lists, measures and procedures: the four kinds of list are kept apart (docs/the-day.md, section 6)."""

from __future__ import annotations

from glasstown.language.check_ground import Ground
from glasstown.language.model import ListRule
from glasstown.language.tree import Keys

MONTH_ENDS = tuple(f"{month:02}-{30 if month in (4, 6, 9, 11) else 31}" for month in range(1, 13) if month != 2)
"""the days that end their month in every year; February has none"""
_CONDITIONS = ("score_at_most", "score_at_least", "grades", "household_average_above")


def conditions_of(rule: ListRule) -> tuple[str, ...]:
    """Return the keys of the conditions of entry that are given."""
    return tuple(key for key in _CONDITIONS if getattr(rule.entry, key) not in (None, ()))


def check_lists(ground: Ground) -> None:
    """Note lists that mix kinds, conditions that mean nothing, and assessed days that are no month ends."""
    for number, rule in enumerate(ground.book.lists):
        path = ("lists", number)
        _condition(ground, rule, path)
        _assessed(ground, rule, path)
        _once(ground, rule, path)
        _kind(ground, rule, path)
        known = [procedure.id for procedure in ground.book.procedures]
        for at, name in enumerate(rule.leaves.on):
            ground.refer(f"list '{rule.id}'", (*path, "leaves", "on", at), name, known, "a procedure of the rulebook")


def _condition(ground: Ground, rule: ListRule, path: Keys) -> None:
    subject, given = f"list '{rule.id}'", conditions_of(rule)
    if len(given) > 1:
        found = f"{len(given)} conditions of entry ({', '.join(given)})"
        ground.add(subject, (*path, "entry"), found, "at most one", "Make a list for each of them.")
    for key in given:
        ground.whole(subject, (*path, "entry", key), getattr(rule.entry, key))
    for at, grade in enumerate(rule.entry.grades):
        ground.refer(subject, (*path, "entry", "grades", at), grade, ground.grade_ids, "a grade of the subject")
    if "household_average_above" in given and not rule.entry.assessed:
        where = (*path, "entry", "household_average_above")
        way_out = "Add 'assessed' with month ends, such as [06-30, 12-31]."
        ground.add(subject, where, "a household average without assessed days", "assessed days", way_out)


def _assessed(ground: Ground, rule: ListRule, path: Keys) -> None:
    subject = f"list '{rule.id}'"
    for at, day in enumerate(rule.entry.assessed):
        where = (*path, "entry", "assessed", at)
        if day in rule.entry.assessed[:at]:
            ground.add(subject, where, f"{day} again", "each day once", "Remove it.")
        if day in MONTH_ENDS:
            continue
        way_out = f"Use one of {', '.join(MONTH_ENDS)}."
        if day in ("02-28", "02-29"):
            way_out = "February ends on the 28th in some years and on the 29th in others; take 01-31 or 03-31."
        ground.add(subject, where, day, "the last day of a month in every year", way_out)


def _once(ground: Ground, rule: ListRule, path: Keys) -> None:
    """Note `once` where there is no condition that begins, or no end after which it could begin again."""
    subject, where = f"list '{rule.id}'", (*path, "entry", "once")
    if not rule.entry.once:
        return
    if not conditions_of(rule):
        ground.add(
            subject, where, "'once' without a condition of entry", "a condition", "Add a condition, or remove 'once'."
        )
    elif rule.entry.assessed or rule.leaves.when_condition_ends:
        key = "assessed" if rule.entry.assessed else "when_condition_ends"
        found, expected = f"'once' together with '{key}'", "an entry that lasts for a term, or until a procedure"
        ground.add(subject, where, found, expected, "Remove one of the two.")
    elif rule.leaves.after is None and not rule.leaves.on:
        found, expected = "'once' on a list that nothing ends", "a term (leaves, after) or a procedure (leaves, on)"
        ground.add(subject, where, found, expected, "Say how one leaves it, or remove 'once'.")


def _kind(ground: Ground, rule: ListRule, path: Keys) -> None:
    subject, entry, leaves = f"list '{rule.id}'", rule.entry, rule.leaves
    has_condition = bool(conditions_of(rule))
    if not has_condition:
        for key, given in (("assessed", entry.assessed), ("when_condition_ends", leaves.when_condition_ends)):
            if given:
                where = (*path, "entry" if key == "assessed" else "leaves", key)
                found = f"'{key}' without a condition of entry"
                ground.add(subject, where, found, "a condition", f"Add a condition, or remove '{key}'.")
        return
    if not (entry.assessed or leaves.when_condition_ends):
        return
    key = "assessed" if entry.assessed else "when_condition_ends"
    entering = [clause.id for clause in ground.book.clauses if clause.enters and clause.enters.list == rule.id]
    mixed = {
        "a term (leaves, after)": leaves.after is not None,
        "a procedure (leaves, on)": bool(leaves.on),
        "'when_condition_ends'": key == "assessed" and leaves.when_condition_ends,
        f"entry by the clause '{entering[0] if entering else ''}'": bool(entering),
    }
    for words, given in mixed.items():
        if given:
            found = f"'{key}' together with {words}"
            expected = "membership that the condition alone decides"
            ground.add(subject, path, found, expected, "Remove one of the two, or make two lists of it.")


def check_measures(ground: Ground) -> None:
    """Note measures that name what is not there, or that nothing puts in force."""
    for number, measure in enumerate(ground.book.measures):
        subject, path = f"measure '{measure.id}'", ("measures", number, "when")
        if isinstance(measure.when, str):
            continue
        when = measure.when
        known = {"grades": ground.grade_ids, "lists": ground.list_ids, "clauses": ground.clause_ids}
        kinds = {"grades": "a grade of the subject", "lists": "a list", "clauses": "a clause"}
        for key, ids in known.items():
            for at, name in enumerate(getattr(when, key)):
                ground.refer(subject, (*path, key, at), name, ids, kinds[key])
        if not (when.grades or when.lists or when.clauses):
            way_out = "Name grades, lists or clauses, or write 'when: unknown'."
            ground.add(subject, path, "nothing that puts it in force", "grades, lists or clauses", way_out)


def check_procedures(ground: Ground) -> None:
    """Note procedures that need a list which is not there."""
    for number, procedure in enumerate(ground.book.procedures):
        path = ("procedures", number, "needs_list")
        ground.refer(f"procedure '{procedure.id}'", path, procedure.needs_list, ground.list_ids, "a list")

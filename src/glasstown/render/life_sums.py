"""A life as a whole: who it is, what was done, seen and recorded in all its months, what is borne at its end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from glasstown.language.model import Rulebook
from glasstown.render import words
from glasstown.render.case_words import NO_NUMBER, list_labels, with_labels
from glasstown.render.life_told import DAY, FEW_MEASURES, LifeTold, borne, day_of, measure_labels
from glasstown.types import WRONG
from glasstown.wording import counted


def who(told: LifeTold, number: int, kind: str = "person") -> str:
    """Return who somebody is, in a sentence or two."""
    facts = dict(told.person)
    name, which = (
        str(facts.get("name") or "").removesuffix(" (synthetic)"),
        f"{kind} {number} of a synthetic population",
    )
    begins = f"{name}, an invented name, is {which}" if name else f"This is {which}"
    parts = [f"{begins}: nobody like that exists outside this run"]
    said = _firm_facts(facts) if kind == "firm" else _facts(facts)
    return f"{parts[0]}. {words.first_up('; '.join(said))}." if said else f"{parts[0]}."


def _facts(facts: Mapping[str, Any]) -> list[str]:
    age, sex = facts.get("age"), facts.get("sex")
    said = [f"{_human(sex, age)} of {age}" if age is not None else ""]
    if (last := facts.get("age_at_the_end")) is not None:
        said[0] += f", {last} at the end"
    if lives := facts.get("lives"):
        registered = facts.get("registered")
        at = f", registered {registered}" if registered and registered != lives else ""
        said.append(f"lives {lives}{at}")
    if fifth := facts.get("income_fifth"):
        said.append(f"income in {words.FIFTHS.get(str(fifth), f'fifth {fifth}')}")
    if work := facts.get("work"):
        said.append(words.WORKS.get(str(work), str(work)))
    if facts.get("owes") is not None:
        said.append("owes a bank" if facts["owes"] else "owes no bank")
    return [each for each in (*said, _roles(facts)) if each]


def _human(sex: object, age: int) -> str:
    child, adult = {"female": ("a girl", "a woman"), "male": ("a boy", "a man")}.get(str(sex), ("a child", "somebody"))
    return adult if age >= ADULT else child


def _roles(facts: Mapping[str, Any]) -> str:
    roles = facts.get("roles") or ()
    named = [roles] if isinstance(roles, str) else [str(each) for each in roles]
    return f"roles: {words.listed(named)}" if named else ""


def _firm_facts(facts: Mapping[str, Any]) -> list[str]:
    said = [f"a {facts['size']} firm"] if facts.get("size") else []
    if (head := facts.get("legal_representative")) is not None:
        said.append(f"represented by person {head}")
    return [each for each in (*said, _roles(facts)) if each]


def done_rows(told: LifeTold, classes: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return what was done, seen, recorded and wrongly recorded, a row for each class of conduct; zeros are empty.

    classes   the class of each act
    """
    labels: dict[str, str] = {}
    done: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for each in told.done:
        name = str(each.get("class", ""))
        labels.setdefault(name, words.CLASS_WORDS.get(name) or str(each.get("label", name)))
        done[name] += int(each.get("acts", each.get("number", each.get("n", 1))))
        seen[name] += int(each.get("found_out", 0))
    truths = {(str(each.get("rulebook")), str(each.get("event"))): each for each in told.lines if each.get("truth")}
    recorded = Counter(classes.get(str(each.get("act")), "") for each in truths.values())
    wrong = Counter(classes.get(str(each.get("act")), "") for each in truths.values() if each["truth"] in WRONG)
    names = list(dict.fromkeys([*labels, *(each for each in recorded if each)]))
    return [
        (
            labels.get(name, name),
            *(words.count(n) if n else "" for n in (done[name], seen[name], recorded[name], wrong[name])),
        )
        for name in names
    ]


ADULT: Final = 18
DONE_HEADS: Final = ("conduct", "done", "seen", "recorded", "wrongly")


def bears(measures: Sequence[str], book: Rulebook | None) -> str:
    """Return the measures that somebody bears, named where few, else counted with the first of them."""
    labels = [measure_labels(book).get(each, each) for each in borne(measures, book)]
    if len(labels) <= FEW_MEASURES:
        return "; ".join(labels)
    return (
        f"{counted(len(labels), 'measure')}: {'; '.join(labels[:FEW_MEASURES])}; and {len(labels) - FEW_MEASURES} more"
    )


QUOTE: Final = "'"
OF_ONE: Final = re.compile(r"(?:the )?(?P<what>\S+) (?P<name>'[^']*'|\S+): (?P<reason>.*)", re.DOTALL)
"""a flag about one measure, clause or list: what it is of, its id or its label, and what is not known"""


def together(flags: Iterable[str]) -> list[str]:
    """Return what is unknown of a life, the same thing of several measures or clauses once."""
    groups: dict[tuple[str, str], list[str]] = {}
    told: list[str] = []
    for flag in flags:
        found = OF_ONE.fullmatch(flag)
        if found is not None:
            groups.setdefault((found["what"], found["reason"]), []).append(found["name"])
        else:
            told.append(flag)
    told += [
        f"{'the ' if names[0].startswith(QUOTE) else ''}{what} {names[0]}: {reason}"
        if len(names) == 1
        else f"{len(names)} {what}s ({', '.join(names)}): of each, {reason}"
        for (what, reason), names in groups.items()
    ]
    return told


def flags_together(flags: Iterable[str], book: Rulebook | None = None) -> list[str]:
    """Return what is unknown of a life as sentences, days and lists in words; nothing of a score that is not kept."""
    labels = list_labels(book)
    told = together(with_labels(flag, labels) for flag in flags if not flag.startswith(NO_NUMBER))
    days = (DAY.sub(lambda found: words.full_date(day_of(found[0])), each) for each in told)
    return [words.first_up(each.rstrip(".")) + "." for each in days]


def done_words(told: LifeTold) -> str:
    """Return how much was done in all."""
    n = sum(int(each.get("acts", 1)) for each in told.done)
    return f"{counted(n, 'act')} in all. Most of what anybody does is never seen." if n else ""

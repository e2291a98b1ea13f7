"""Faults for the engine: each changes one line of a kernel, in a way that somebody could really get wrong.

The patched engine is imported anew and lived as plain Python, so nothing is compiled; the interpreter stays as it is.
"""

from __future__ import annotations

from agreement.planting import PlantedFault

CATALOGUE = (
    # days and windows
    PlantedFault("months do not clamp", "starts lapse", "kernel.calendar",
                 "return min(cal.month_start[target] + day - cal.month_start[month], cal.month_start[target + 1] - 1, NEVER)",
                 "return min(cal.month_start[target] + day - cal.month_start[month], NEVER)"),
    PlantedFault("a working day more", "working starts", "kernel.calendar", "+ number - 1\n", "+ number\n"),
    PlantedFault("a window of days keeps one more", "clause-caps", "kernel.calendar",
                 "return max(day - number, -1)", "return max(day - number - 1, -1)"),
    # points
    PlantedFault("a rate forgets its rest", "rate", "person.nominal", "        if rest > 0:\n", "        if rest < 0:\n"),
    PlantedFault("a campaign takes points the other way", "campaigns", "person.nominal",
                 "nominal = size if nominal > 0 else -size", "nominal = size"),
    PlantedFault("a clause is law on the morrow of its last day", "law", "person.nominal",
                 "ordinal >= clause.until", "ordinal > clause.until"),
    # records and decisions
    PlantedFault("a ladder stays below its last step", "ladder", "person.records",
                 "min(n_earlier, ladder.n_steps - 1)", "min(n_earlier, ladder.n_steps - 2)"),
    PlantedFault("a clean window counts rewards", "clean ladder exception", "person.records", "if sign < 0 and first", "if first"),
    PlantedFault("an instalment on the day on which the state ends", "repeats", "person.records",
                 "if due < min(matter.until, cal.origin.over):", "if due <= matter.until and due < cal.origin.over:"),
    PlantedFault("a correction leaves the balance", "balance", "person.decisions",
                 "if balance >= 0 and standing > 0:", "if balance >= 0 and standing < 0:"),
    PlantedFault("a correction moves the score twice", "grades", "person.decisions",
                 "move_score(rules, mine.me, -standing, part_of", "move_score(rules, mine.me, -2 * standing, part_of"),
    PlantedFault("the last point cannot be spent", "balance", "person.decisions",
                 "more[balance] >= amount", "more[balance] > amount"),
    PlantedFault("a reset keeps windows", "reset procedure clause-caps", "person.in_hand",
                 "kind == REPEAT or kind == KEPT or kind == CARRY or",
                 "kind == REPEAT or kind == CARRY or"),
    PlantedFault("records of a day as recorded come by clause", "as-recorded bounds", "kernel.ledger_words",
                 "front | (event << BY_EVENT_AT) | (clause << EVENT.at)",
                 "front | (clause << CLAUSE.at) | (event << EVENT.at)"),
    PlantedFault("an act before the scheme is recorded under it", "scheme from-act", "one_life_entries",
                 "if record.act_day.toordinal() < compiled.days[0]:", "if record.act_day < date.min:"),
    PlantedFault("a record takes effect on the morrow of the scheme's last day", "scheme starts repeats", "one_life_entries",
                 "effect_day < cal.origin.over)", "effect_day <= cal.origin.over)"),
    # grades and lists
    PlantedFault("a grade reaches its upper end", "quota black-box", "person.scores",
                 "and score < grade.below", "and score <= grade.below"),
    PlantedFault("a score at the limit is not on the list", "while", "person.lists", "return score <= value", "return score < value"),
    PlantedFault("a list ended by a decision comes straight back", "held procedure", "person.lists",
                 "return holds and not is_on and not is_silenced", "return holds and not is_on"),
    PlantedFault("a list that is entered once begins again", "held once", "person.lists",
                 "begins = holds and me.more[at] & bit == 0", "begins = holds and not is_on"),
    PlantedFault("a hold's removal is forgotten", "held removal", "person.holds",
                 "end = after(law.cal, term_end, rule.removed_unit, rule.removed)",
                 "end = term_end"),
    PlantedFault("grace is given on any day", "held wait", "person.holds",
                 "if rule.grace_from <= law.cal.origin.ordinal + listed < rule.grace_until:", "if listed > 0:"),
    # points that come back, grades that are published
    PlantedFault("a record that a reset has wiped gives points back", "rectified reset", "person.in_hand",
                 " or kind == MENDABLE:", ":"),
    PlantedFault("the first share is due whenever", "rectified", "person.mending",
                 "share.clause == clause and day <= last_day", "share.clause == clause or day <= last_day"),
    PlantedFault("what comes back lapses as well", "rectified lapse", "person.mending",
                 "lapsing_of(mine.pays[position]) - back", "lapsing_of(mine.pays[position])"),
    PlantedFault("a correction puts back what has come back", "rectified", "person.mending",
                 "    note_standing(mine, event, -back)\n", ""),
    PlantedFault("a year ends with the month", "rectified", "person.mending", "else 12)", "else 1)"),
    PlantedFault("what a cycle wiped gives points back", "rectified cycle", "person.turns",
                 "        if kind == MENDABLE:\n", "        if kind < 0:\n"),
    PlantedFault("the grade of the day stands", "published", "person.lists", "        grade = me.grade\n", ""),
    PlantedFault("a grade is found whenever", "published", "person.turns",
                 "if finds_grade(law, month) and me.begun", "if me.begun"),
    PlantedFault("publication on the month's first day", "published", "person.turns",
                 "min(cal.month_start[month] + book.from_day - 1,", "min(cal.month_start[month],"),
    PlantedFault("every publication is a line", "published", "person.day",
                 "if mine.me.more[law.rules.book.assessed] == mine.me.grade:", "if mine.me.grade < 0:"),
    # turns of the year
    PlantedFault("a state that is over by the cycle's first day is carried over", "carry", "person.turns",
                 "0 < until <= day:", "0 < until < day:"),
    PlantedFault("lists are assessed before the scheme begins", "scheme assessed", "person.month",
                 "    if at.month <= cal.origin.first_month or not is_scheme(cal, cal.month_start[at.month]):\n        return 0",
                 "    if not is_scheme(cal, cal.month_start[at.month] - 31):\n        return 0"),
)  # fmt: skip

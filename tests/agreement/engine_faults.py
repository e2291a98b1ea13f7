"""Faults for the engine: each changes one line of a kernel, in a way that somebody could really get wrong.

The patched engine is imported anew and lived as plain Python, so nothing is compiled; the interpreter stays as it is.
"""

from __future__ import annotations

from agreement.planting import PlantedFault

CATALOGUE = (
    # days and windows
    PlantedFault("months do not clamp", "calendar",
                 "return min(cal.month_start[target] + day - cal.month_start[month], cal.month_start[target + 1] - 1, NEVER)",
                 "return min(cal.month_start[target] + day - cal.month_start[month], NEVER)"),
    PlantedFault("a working day more", "calendar", "+ number - 1\n", "+ number\n"),
    PlantedFault("a window of days keeps one more", "calendar",
                 "return max(day - number, -1)", "return max(day - number - 1, -1)"),
    # points
    PlantedFault("a rate forgets its rest", "nominal", "        if rest > 0:\n", "        if rest < 0:\n"),
    PlantedFault("a campaign takes points the other way", "nominal",
                 "nominal = size if nominal > 0 else -size", "nominal = size"),
    PlantedFault("a clause is law on the morrow of its last day", "nominal",
                 "ordinal >= rules.clauses[clause].until", "ordinal > rules.clauses[clause].until"),
    # records and decisions
    PlantedFault("a ladder stays below its last step", "living",
                 "min(n_earlier, rules.ladders[ladder].n_steps - 1)", "min(n_earlier, rules.ladders[ladder].n_steps - 2)"),
    PlantedFault("a clean window counts rewards", "living", "if rules.clauses[kept_clause].sign < 0 and first", "if first"),
    PlantedFault("an instalment on the day on which the state ends", "living",
                 "if due < min(until, cal.origin.over):", "if due <= until and due < cal.origin.over:"),
    PlantedFault("a correction leaves the balance", "living",
                 "if rules.book.balance >= 0 and standing > 0:", "if rules.book.balance >= 0 and standing < 0:"),
    PlantedFault("a correction moves the score twice", "living",
                 "move_score(rules, me, -standing, part_of", "move_score(rules, me, -2 * standing, part_of"),
    PlantedFault("the last point cannot be spent", "living",
                 "me.more[rules.book.balance] >= amount", "me.more[rules.book.balance] > amount"),
    PlantedFault("a reset keeps windows", "living",
                 "if kind == LAPSE or kind == REPEAT or kind == KEPT or kind == CARRY or kind == CARRIED:",
                 "if kind == LAPSE or kind == REPEAT or kind == CARRY or kind == CARRIED:"),
    PlantedFault("records of a day as recorded come by clause", "living",
                 "front | (event << AS_RECORDED_SHIFT) | (clause << EVENT_SHIFT)",
                 "front | (clause << CLAUSE_SHIFT) | (event << EVENT_SHIFT)"),
    PlantedFault("an act before the scheme is recorded under it", "one_life",
                 "if record.act_day.toordinal() < compiled.days[0]:", "if record.act_day < date.min:"),
    PlantedFault("a record takes effect on the morrow of the scheme's last day", "one_life",
                 "effect_day < cal.origin.over)", "effect_day <= cal.origin.over)"),
    # grades and lists
    PlantedFault("a grade reaches its upper end", "lists",
                 "<= score < rules.grades[grade].below", "<= score <= rules.grades[grade].below"),
    PlantedFault("a score at the limit is not on the list", "lists", "return score <= value", "return score < value"),
    PlantedFault("a list ended by a decision comes straight back", "lists",
                 "return holds and not is_on and not is_silenced", "return holds and not is_on"),
    PlantedFault("a list that is entered once begins again", "lists",
                 "begins: bool = holds and me.more[at] & bit == 0", "begins: bool = holds and not is_on"),
    PlantedFault("a hold's removal is forgotten", "lists",
                 "end = after(cal, term_end, rules.lists[rule].removed_unit, rules.lists[rule].removed)",
                 "end = term_end"),
    PlantedFault("grace is given on any day", "listing",
                 "if rules.lists[rule].grace_from <= ordinal < rules.lists[rule].grace_until:", "if ordinal > 0:"),
    # turns of the year
    PlantedFault("a state that is over by the cycle's first day is carried over", "turns",
                 "0 < until <= day:", "0 < until < day:"),
    PlantedFault("lists are assessed before the scheme begins", "period",
                 "    if month <= cal.origin.first_month or not is_scheme(cal, cal.month_start[month]):\n        return 0",
                 "    if not is_scheme(cal, cal.month_start[month] - 31):\n        return 0"),
)  # fmt: skip

"""Faults for the engine: each changes one line of a kernel, in a way that somebody could really get wrong.

The patched engine is imported anew and lived as plain Python, so nothing is compiled; the interpreter stays as it is.
"""

from __future__ import annotations

from agreement.planting import PlantedFault

CATALOGUE = (
    # days and windows
    PlantedFault("months do not clamp", "kernel.calendar",
                 "return min(cal.month_start[target] + day - cal.month_start[month], cal.month_start[target + 1] - 1, NEVER)",
                 "return min(cal.month_start[target] + day - cal.month_start[month], NEVER)"),
    PlantedFault("a working day more", "kernel.calendar", "+ number - 1\n", "+ number\n"),
    PlantedFault("a window of days keeps one more", "kernel.calendar",
                 "return max(day - number, -1)", "return max(day - number - 1, -1)"),
    # points
    PlantedFault("a rate forgets its rest", "person.nominal", "        if rest > 0:\n", "        if rest < 0:\n"),
    PlantedFault("a campaign takes points the other way", "person.nominal",
                 "nominal = size if nominal > 0 else -size", "nominal = size"),
    PlantedFault("a clause is law on the morrow of its last day", "person.nominal",
                 "ordinal >= rules.clauses[clause, C_UNTIL]", "ordinal > rules.clauses[clause, C_UNTIL]"),
    # records and decisions
    PlantedFault("a ladder stays below its last step", "person.day",
                 "min(n_earlier, rules.ladders[ladder, L_N_STEPS] - 1)", "min(n_earlier, rules.ladders[ladder, L_N_STEPS] - 2)"),
    PlantedFault("a clean window counts rewards", "person.day", "if rules.clauses[kept_clause, C_SIGN] < 0 and first", "if first"),
    PlantedFault("an instalment on the day on which the state ends", "person.day",
                 "if due < min(until, cal.origin[5]):", "if due <= until and due < cal.origin[5]:"),
    PlantedFault("a correction leaves the balance", "person.day",
                 "if rules.book[B_BALANCE] >= 0 and standing > 0:", "if rules.book[B_BALANCE] >= 0 and standing < 0:"),
    PlantedFault("a correction moves the score twice", "person.day",
                 "move_score(rules, me, -standing, part_of", "move_score(rules, me, -2 * standing, part_of"),
    PlantedFault("the last point cannot be spent", "person.day",
                 "me[ME_MORE + rules.book[B_BALANCE]] >= amount", "me[ME_MORE + rules.book[B_BALANCE]] > amount"),
    PlantedFault("a reset keeps windows", "person.day",
                 "if kind == LAPSE or kind == REPEAT or kind == KEPT or kind == CARRY or kind == CARRIED:",
                 "if kind == LAPSE or kind == REPEAT or kind == CARRY or kind == CARRIED:"),
    PlantedFault("records of a day as recorded come by clause", "person.day",
                 "front | (event << AS_RECORDED_SHIFT) | (clause << EVENT_SHIFT)",
                 "front | (clause << CLAUSE_SHIFT) | (event << EVENT_SHIFT)"),
    PlantedFault("an act before the scheme is recorded under it", "one_life",
                 "if record.act_day.toordinal() < compiled.days[0]:", "if record.act_day < date.min:"),
    PlantedFault("a record takes effect on the morrow of the scheme's last day", "one_life",
                 "effect_day < cal.origin[5])", "effect_day <= cal.origin[5])"),
    # grades and lists
    PlantedFault("a grade reaches its upper end", "person.lists",
                 "<= score < rules.grades[grade, G_BELOW]", "<= score <= rules.grades[grade, G_BELOW]"),
    PlantedFault("a score at the limit is not on the list", "person.lists", "return score <= value", "return score < value"),
    PlantedFault("a list ended by a decision comes straight back", "person.lists",
                 "return holds and not is_on and not is_silenced", "return holds and not is_on"),
    PlantedFault("a list that is entered once begins again", "person.lists",
                 "begins: bool = holds and me[at] & bit == 0", "begins: bool = holds and not is_on"),
    PlantedFault("a hold's removal is forgotten", "person.lists",
                 "end = after(cal, term_end, rules.lists[rule, I_REMOVED_UNIT], rules.lists[rule, I_REMOVED])",
                 "end = term_end"),
    PlantedFault("grace is given on any day", "person.lists",
                 "if rules.lists[rule, I_GRACE_FROM] <= ordinal < rules.lists[rule, I_GRACE_UNTIL]:", "if ordinal > 0:"),
    # turns of the year
    PlantedFault("a state that is over by the cycle's first day is carried over", "person.turns",
                 "0 < until <= day:", "0 < until < day:"),
    PlantedFault("lists are assessed before the scheme begins", "person.month",
                 "    if month <= cal.origin[2] or not is_scheme(cal, cal.month_start[month]):\n        return 0",
                 "    if not is_scheme(cal, cal.month_start[month] - 31):\n        return 0"),
)  # fmt: skip

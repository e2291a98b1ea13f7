"""The tables of a compiled rulebook: one class a table, one line a column (`rows.py` says how such a class is read).

Spans are a unit (`columns.DAYS` and the like, `NO_SPAN` for none) and a number.  A place in another table is -1 where there is none.
Dates are ordinals of the calendar; a period holds from its first day to the day before `until`.
"""

from __future__ import annotations

from glasstown.rows import Ints, Row, column, columns
from glasstown.types import MOST_CAPS


class Clause(Row):
    """A clause, in file order."""

    least: int = column("quanta", "The smallest points, or the points of one portion.")
    most: int = column("quanta", "The largest points; equal to `least` where there is no choice.")
    per: int = column("amount", "The amount of a portion; 0 where the clause is no rate.")
    carry: int = column("0 or 1", "Whether the rest of an amount is carried.")
    sign: int = column("-1 or 1", "Whether it deducts or rewards.")
    unknown: int = column("0 or 1", "Whether the value is unknown.")
    start_unit: int = column("unit", "Unit of the time from the record to its effect.")
    start: int = column("number", "That time.")
    from_act: int = column("0 or 1", "Whether it counts from the act.")
    lapse_unit: int = column("unit", "Unit of the time after which its points lapse.")
    lapse: int = column("number", "That time.")
    repeats: int = column("0 or 1", "Whether its points are taken again each month while the state lasts.")
    ladder: int = column("place", "The ladder that counts it.")
    grade: int = column("place", "The grade it sets.")
    holds: int = column("code", "How that grade holds: exactly, no worse, no better.")
    on_application: int = column("0 or 1", "Whether the grade is set only when somebody applies.")
    term_unit: int = column("unit", "Unit of the time that the grade is set for.")
    term: int = column("number", "That time.")
    list: int = column("place", "The list it enters.")
    fine_least: int = column("yuan", "The smallest fine.")
    fine_most: int = column("yuan", "The largest fine.")
    clean_unit: int = column("unit", "Unit of the time without deductions that it requires.")
    clean: int = column("number", "That time.")
    kept: int = column("0 or 1", "Whether the record is kept for windows.")
    entry_unit: int = column("unit", "Unit of the term on the list that it enters.")
    entry: int = column("number", "That term.")
    states: int = column("0 or 1", "Whether a record's choice states months of extension and of grace.")
    from_: int = column("ordinal", "First day on which the clause is law.")
    until: int = column("ordinal", "First day on which it is none any more.")
    dated: int = column("0 or 1", "Whether its points stand in the table of dated values.")
    one_sided: int = column(
        "code", "Which end of a range is unknown; `least` is the nearer end, or 0 where that is unknown."
    )
    campaigns: int = column("0 or 1", "Whether some campaign is about it.")
    lock: int = column("0 or 1", "Whether it brings a hold on the score.")
    lock_unit: int = column("unit", "Unit of the time that the lock stands.")
    lock_span: int = column("number", "That time.")
    at_most: int = column("quanta", "What the score shown is held to; UNBOUNDED where the lock has no ceiling.")
    freezes: int = column("code", "What the lock keeps out: nothing, rewards, all points.")
    part: int = column("place", "The part of the score that it moves.")
    carries: int = column("0 or 1", "Whether it is taken again when a cycle begins.")
    status: int = column("0 or 1", "Whether it is recorded on the first day for whoever has its role.")
    reaches: int = column("0 or 1", "Whether records of others follow from its own.")
    asks: int = column("bits", "What a record may lack or name, so that it is void.")
    mends: int = column("0 or 1", "Whether points come back by how soon its matter is put right.")
    n_caps: int = column("caps", "How many caps it stands under.")
    cap: Ints = columns(MOST_CAPS, "place", "These caps; only the first `n_caps` are read.")


class Cap(Row):
    """A limit on how often, or how far, clauses count in a period."""

    times: int = column("times", "The limit on times; -1 for none.")
    points: int = column("quanta", "The limit on points; -1 for none.")
    period: int = column("code", "The period: day, week, month, year, life, or rolling days, months, working days.")
    span: int = column("number", "Length of a rolling period.")


class Ladder(Row):
    """A ladder of clauses: which step holds is counted in a window."""

    unit: int = column("unit", "Unit of the window.")
    window: int = column("number", "Length of the window.")
    n_steps: int = column("steps", "How many steps it has.")
    first_step: int = column("place", "Its first step in the table of steps, which holds a clause a step.")


class Grade(Row):
    """A grade of single subjects, best first; one that no score reaches is empty."""

    from_: int = column("quanta", "The score it begins at.")
    below: int = column("quanta", "The score it ends below.")
    by_lot: int = column("0 or 1", "Whether it begins at a rank: the score, and below it the lot in `LOT_BITS` bits.")


class List(Row):
    """A list, in file order."""

    condition: int = column(
        "code", "What puts somebody on it by itself: nothing, a score, grades, a household's average."
    )
    value: int = column("quanta or bits", "The score, or the grades.")
    kind: int = column("code", "Held, while the condition holds, or assessed.")
    term_unit: int = column("unit", "Unit of the term.")
    term: int = column("number", "The term.")
    procedures: int = column("bits", "The procedures that end it.")
    assessed: int = column("bits", "Calendar months on whose last day it is assessed.")
    scale: int = column("number", "A household's average is `value / scale` quanta.")
    decided_unit: int = column("unit", "Unit of the time from the effect day to the decision to list.")
    decided: int = column("number", "That time.")
    grace_from: int = column("ordinal", "First day of decision on which grace can be given.")
    grace_until: int = column("ordinal", "First day on which it cannot any more.")
    not_before_unit: int = column(
        "unit", "Unit of the time from the listing to the first day on which a procedure can end it."
    )
    not_before: int = column("number", "That time.")
    removed_unit: int = column("unit", "Unit of the time from the end to the removal.")
    removed: int = column("number", "That time.")
    once: int = column(
        "0 or 1", "Whether the condition enters it when it begins to hold, and not again while it goes on."
    )


class Procedure(Row):
    """Pass-test, repair, apply and perform, in this order, whether the rulebook has them or not."""

    exists: int = column("0 or 1", "Whether the rulebook has it.")
    needs_list: int = column("place", "The list that somebody must be on to seek it.")
    resets: int = column("0 or 1", "Whether it sets the score to the base.")


class Measure(Row):
    """A measure: in force for any of these grades or lists, while it is law."""

    grades: int = column("bits", "The grades.")
    lists: int = column("bits", "The lists.")
    from_: int = column("ordinal", "First day on which it is law, by its own days and the scheme's.")
    until: int = column("ordinal", "First day on which it is none any more.")


class Dated(Row):
    """A value that a clause has for a time."""

    clause: int = column("place", "The clause.")
    from_: int = column("ordinal", "First day.")
    until: int = column("ordinal", "First day beyond.")
    value: int = column("quanta", "The points.")
    unknown: int = column("0 or 1", "Whether they are unknown.")


class Share(Row):
    """A share of a clause's points that comes back when its matter is put right in time, the soonest first."""

    clause: int = column("place", "The clause.")
    unit: int = column("unit", "Unit of the time for it, or the end of this year or of the next.")
    span: int = column("number", "That time.")
    share: int = column("number", "Numerator of the share.")
    of: int = column("number", "Denominator of it.")


class Campaign(Row):
    """A campaign, once for each clause that it is about."""

    clause: int = column("place", "The clause.")
    from_: int = column("ordinal", "First day.")
    until: int = column("ordinal", "First day beyond.")
    times: int = column("number", "Numerator of what it multiplies by.")
    parts: int = column("number", "Denominator of it.")


class Part(Row):
    """A part of the score, where a clause names one."""

    base_score: int = column("quanta", "What everybody begins with.")
    lowest: int = column("quanta", "Its lower bound.")
    highest: int = column("quanta", "Its upper bound.")


class Turn(Row):
    """The first day of a cycle."""

    month: int = column("1 to 12", "Calendar month.")
    day: int = column("1 to 31", "Day of the month.")


class Reach(Row):
    """A clause whose records bring records of others."""

    first: int = column("place", "The clause of the first subject.")
    other: int = column("place", "The clause of the others.")
    through: int = column("code", "The tie: household, group, representative, firm.")


class Exclusion(Row):
    """A circumstance that keeps a clause from applying."""

    clause: int = column("place", "The clause.")
    from_: int = column("ordinal", "First day.")
    until: int = column("ordinal", "First day beyond.")


class Answer(Row):
    """What answers to an act, by amount."""

    act: int = column("place", "The act in the catalogue.")
    from_: int = column("amount", "First amount.")
    below: int = column("amount", "First amount beyond.")
    clause: int = column("place", "The clause that answers.")
    ladder: int = column("0 or 1", "Whether that clause stands for its ladder.")


class Book(Row):
    """The rulebook as a whole: bounds, counts, and where further state stands."""

    base_score: int = column("quanta", "What everybody begins with.")
    lowest: int = column("quanta", "Lower bound of the score.")
    highest: int = column("quanta", "Upper bound of the score.")
    latent: int = column("0 or 1", "Whether the sum is kept hidden and shown within the bounds.")
    n_grades: int = column("grades", "How many grades.")
    n_lists: int = column("lists", "How many lists.")
    n_clauses: int = column("clauses", "How many clauses.")
    n_measures: int = column("measures", "How many measures.")
    clean_keep_days: int = column(
        "days", "How long a deducting record can matter to a `clean` requirement; 0 where none does."
    )
    keep_always: int = column(
        "0 or 1", "Whether some clause counts from the act, so that no window can be closed early."
    )
    ceiling: int = column("place", "Further state that holds the lowest ceiling of a lock.")
    balance: int = column("place", "Further state that holds points as money.")
    consent: int = column("place", "Further state that holds 1 where somebody has agreed to be scored.")
    parts: int = column("place", "Further state that holds the first part.")
    n_more: int = column("numbers", "How many numbers of further state there are.")
    cut_months: int = column("bits", "Calendar months on whose last day quota grades are assessed.")
    has_locks: int = column("0 or 1", "Whether some clause brings a lock.")
    has_status: int = column("0 or 1", "Whether some clause is recorded on the first day.")
    posts: int = column("0 or 1", "Whether records of one kind of subject follow from those of the other, by mail.")
    asks: int = column("0 or 1", "Whether some record may be void.")
    from_: int = column("ordinal", "First day on which the scheme is in force.")
    until: int = column("ordinal", "First day on which it is none any more.")
    met: int = column(
        "place", "Further state that holds, as bits, the lists whose condition held when they were last looked at."
    )
    running: int = column(
        "place", "Further state that holds the grade of the day, where the grade that stands is a published one."
    )
    assessed: int = column("place", "Further state that holds the grade that was found last, to be published.")
    found_month: int = column(
        "1 to 12", "Calendar month on whose last day the grade to be published is found; 0 for none."
    )
    from_month: int = column("1 to 12", "Calendar month of the day on which it is published; 0 for none.")
    from_day: int = column("1 to 31", "That day of the month.")
    lots: int = column("0 or 1", "Whether some grade breaks ties by lot.")
    mends: int = column("0 or 1", "Whether points of some clause come back by how soon its matter is put right.")
    as_recorded: int = column(
        "0 or 1", "Whether records of one day come in the order of their events, not of their clauses."
    )


TABLES: dict[str, type[Row]] = {
    "clauses": Clause, "caps": Cap, "ladders": Ladder, "grades": Grade, "lists": List, "procedures": Procedure,
    "measures": Measure, "dated": Dated, "shares": Share, "campaigns": Campaign, "parts": Part, "turns": Turn, "reaches": Reach,
    "exclusions": Exclusion, "answers": Answer, "book": Book,
}  # fmt: skip
"""The register of each table, by its name in `CompiledRules` and `Rules`."""

"""What comes back of a record's points when its matter is put right: the sooner, the more (section 4)."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_DOWN

from glasstown.interpreter import explain_decisions
from glasstown.interpreter.course import Course
from glasstown.interpreter.filing import Filing
from glasstown.language.model import Rectified


def give_back(course: Course, filing: Filing, day: date) -> str:
    """Put back a share of the points that stand, and return what there is to say; nothing of a clause that has no shares.

    Only one instalment of such a record ever stands, since its clause does not repeat.
    """
    clause = course.reading.clause(filing.place)
    if not clause.rectified:
        return ""
    portion = next((each for each in filing.portions if each.stands), None)
    step = next((each for each in clause.rectified if day <= last_day(course, filing, each)), None)
    if portion is None or step is None:
        return explain_decisions.nothing_back(filing, is_late=step is None)
    back = int((portion.taken * step.returns).to_integral_value(ROUND_DOWN))
    portion.taken -= back
    portion.stands = portion.taken != 0
    moved = course.standing.move(-back, clause.part)
    return explain_decisions.given_back(course, filing, step, back, moved)


def last_day(course: Course, filing: Filing, step: Rectified) -> date:
    """Return the last day on which a record's matter is put right in time for a share."""
    counted = filing.counting_day
    if step.within is not None:
        return course.reading.after(counted, step.within)
    return date(min(counted.year + (step.until == "next-year-end"), date.max.year), 12, 31)

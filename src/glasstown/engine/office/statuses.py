"""S7 on the first day: records of what somebody is, and not of what anybody did."""

from __future__ import annotations

from glasstown.engine.kernel import events
from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.calendar import month_of
from glasstown.engine.kernel.entries import PHASE_RECORDS, PHASE_STATUS
from glasstown.engine.kernel.events import pack_serial
from glasstown.engine.office.entering import effect_day_of, no_act, write_record
from glasstown.engine.office.which_act import shares_role
from glasstown.engine.tables.bundles import At, Desk, Here, Law


@kernel
def file_statuses(law: Law, here: Here, desk: Desk, at: At, n_filed: int) -> int:
    """S7. Record on the first day what somebody is, for whoever has the role that a clause is about (rule 3.14).

    The first day is the scheme's, or that of the month in which somebody began under it later.
    """
    first_month = law.cal.origin.first_month
    if law.rules.book.has_status == 0 or at.month < first_month:
        return n_filed
    day = law.cal.origin.first_day if at.month == first_month else law.cal.month_start[at.month]
    for position in range(at.first, at.first + at.n):
        if at.month > first_month and whole(here.status.begun[position]) != at.month:
            continue
        for row in range(len(law.practice.status)):
            status = law.practice.status[row]
            has_role = shares_role(here.shard.roles[position], status.roles)
            if here.status.is_scored[position] != 0 and has_role and n_filed < len(desk.work.filed):
                n_filed = file_status(law, desk, status.clause, position - at.first, day, n_filed)
    return n_filed


@kernel
def file_status(law: Law, desk: Desk, clause: int, person: int, day: int, n_filed: int) -> int:
    """Record of somebody what a clause says; one that takes effect at once comes before all other records of the day."""
    effect_day = effect_day_of(law.rules, law.cal, clause, day)
    if effect_day >= law.cal.origin.over:
        return n_filed
    began = whole(0) if day == law.cal.origin.first_day else month_of(law.cal, day)
    event = pack_serial(began, events.STATUS, clause)
    record = no_act(clause, person, event, day, whole(0), whole(0))
    return write_record(desk, record, effect_day, PHASE_STATUS if effect_day == day else PHASE_RECORDS, n_filed)

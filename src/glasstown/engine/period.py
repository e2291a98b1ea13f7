"""The month, in order: the file to open first.

One neighbourhood's month is a list of steps, numbered as in the society model (docs/model.md).  How people live and what of it is
found out happens once, in `live_neighbours`; then each rulebook in force does the rest with it, in `live_block`.  The bulk loop
(`rounds.py`), the replay of one life, the benchmark of steps and every test call this list.

The model numbers causes before effects; a month runs what rests on the last month's end first, so the numbers do not go up:

    S0    who comes, leaves and is older              turnover.turn: tenants.turn_lives, leaving.turn_under, tenants.fold
    S11, S12, S7    what lists and grades close       beginning.close_gates: gates.gather, gates.inherit, gates.renew
    S1    work and income                             work.work_a_month
    S2    debt and strain                             work.owe_a_month
    S11   gateways                                    others.ask_a_month
    S14   broken ties                                 others.lose_ties
    S15   attitudes                                   others.support
    S6    informants                                  reports.report, in S5; what is false: reports.believe_reports
    S5    detections forgotten                        memory.forget
    S12   firms that deal with one another            trade.trade_a_month
    S4    acts                                        acts.act
    S4, S5    a mechanism of one's own, where there is one    own.shift_of, own.find_further; S11: own.close_by_mechanism
    S5    detection                                   acts.detect
    S2    judgments: cases opened by courts           judgments.judge (joint.py: of two); owed and paid (S13): judgments.enforce
    S3    beliefs and norms, for the next month       beliefs.believe
    S7    filing, with notice and hearing (S10)       filing.file_records
    S12   records that came by mail                   spilling.deliver; sent ones: spilling.reach_others
    S13   repayment and repair                        seeking.seek_procedures, seeking.seek_standing
    S9    assessed lists                              month.assess_households
    S8    points, by the day; grades, lists (S9)      month.live_people: day.live_days, lists.settle after every entry
    S16   accounts                                    counts.account

Own state is read and written step by step; the others' state is read as it stood at the last month's end.  A record about another
person of the neighbourhood takes effect on the first day of the next month at the earliest.
"""

from __future__ import annotations

import numpy as np

from glasstown.engine.conduct.acts import act, detect, digest_of_found
from glasstown.engine.conduct.beliefs import believe
from glasstown.engine.conduct.memory import forget
from glasstown.engine.conduct.reports import believe_reports
from glasstown.engine.kernel.cache import inlined, kernel
from glasstown.engine.kernel.mixing import mix
from glasstown.engine.kernel.philox import fill, filled
from glasstown.engine.kernel.stops import ACTED, DETECTED, DONE, DRAWN, ENTRIES_FULL, FILED_FULL, LIVES
from glasstown.engine.office.filing import file_records
from glasstown.engine.office.seeking import seek_procedures, seek_standing
from glasstown.engine.office.spilling import deliver
from glasstown.engine.office.statuses import file_statuses
from glasstown.engine.person.carrying import rest, sort_by_person, want_of_room
from glasstown.engine.person.month import assess_households, live_people
from glasstown.engine.person.turns import has_turn
from glasstown.engine.society.joint import book_owed
from glasstown.engine.society.judgments import judge
from glasstown.engine.society.trade import digest_of_trade, trade_a_month
from glasstown.engine.society.work import digest_of_lives, live_lives
from glasstown.engine.tables.bundles import At, Desk, Due, Here, Law
from glasstown.engine.tables.scene import Scene


@kernel
def live_neighbours(scene: Scene, at: At, until: int) -> np.uint64:
    """Live one neighbourhood's month of conduct up to a step; return a hash of what happened."""
    shard, found, ident = scene.shard, scene.found, scene.shard.ident
    seen = np.uint64(at.month & 0xFFFFFFFF)
    forget(scene, at)
    if len(shard.lives.work) > 0:
        live_lives(scene, at)
        seen = mix(seen, digest_of_lives(shard.lives, at))
    if len(shard.trade.health) > 0:
        trade_a_month(scene, at)
        seen = mix(seen, digest_of_trade(shard.trade, at))
    if until == LIVES:
        return seen
    n_draws = (shard.propensity.shape[1] + 3) >> 2
    fill(scene.chance, ident.acts, ident.entity + at.first, filled(at.n), at.month, n_draws, scene.work.draws)
    if until == DRAWN:
        return seen
    n_did = act(scene, at)
    if until == ACTED:
        return seen
    end = detect(scene, at, n_did)
    found.starts[at.block + 1] = end
    if until == DETECTED:
        return seen
    if len(shard.lives.work) > 0:
        last = judge(scene, at, end)
        book_owed(scene, at)
        believe(scene, at, n_did, end)
        end = last
        found.starts[at.block + 1] = end
    end = believe_reports(scene, at, end, n_did)
    found.starts[at.block + 1] = end
    return digest_of_found(found, at, mix(seen, np.uint64(n_did)))


@inlined
def live_block(law: Law, here: Here, desk: Desk, at: At) -> int:
    """Live the month under one rulebook in one neighbourhood."""
    hashes, lacking = here.shard.hashes, want_of_room(law, here, desk, at)
    if lacking != DONE:
        return lacking
    n_filed = file_all(law, here, desk, at)
    if n_filed < 0:
        return FILED_FULL
    due = Due(assess_households(law, here, desk, at), has_turn(law, at.month))
    if n_filed == 0 and due.assessed == 0 and not due.turns and rest(law, here, desk, at):
        hashes[at.block] = mix(hashes[at.block], np.uint64(at.month))
        return DONE
    sort_by_person(desk.work, n_filed, at.n)
    digest = live_people(law, here, desk, at, due)
    if desk.mine.me.is_full != 0:
        return ENTRIES_FULL
    hashes[at.block] = mix(hashes[at.block], digest)
    return DONE


@inlined
def file_all(law: Law, here: Here, desk: Desk, at: At) -> int:
    """Write down all that offices and people bring before a rulebook; return how many entries, -1 for want of room."""
    n_filed = file_records(law, here, desk, at)
    if n_filed >= 0:
        n_filed = deliver(law, here, desk, at, n_filed)
    if n_filed < 0:
        return n_filed
    n_filed = file_statuses(law, here, desk, at, n_filed)
    n_filed = seek_procedures(law, here, desk, at, n_filed)
    return seek_standing(law, here, desk, at, n_filed)

"""The bundles of arrays that kernels take: named, so that a call says what it passes.

Shapes: C clauses, A acts, K classes, P persons of a shard, B blocks, G groups, M months of the calendar.
All integers; tables are 64-bit, dense state is as narrow as `fields.py` says.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasstown.compiler.rulebook_rows import (
    Answer,
    Book,
    Campaign,
    Cap,
    Clause,
    Dated,
    Exclusion,
    Grade,
    Ladder,
    List,
    Measure,
    Part,
    Procedure,
    Reach,
    Share,
    Turn,
)
from glasstown.engine.tables.conduct_rows import Did, Household, Seen
from glasstown.engine.tables.filing_rows import Filed, Letter
from glasstown.engine.tables.own_bundles import Own
from glasstown.engine.tables.pace_rows import Pace
from glasstown.engine.tables.person_rows import Ident, Me, Origin
from glasstown.engine.tables.practice_rows import Delay, Handled, OfficeAct, OfficeNumbers, Shown, StatusClause
from glasstown.engine.tables.society_rows import Business, SocietyNumbers
from glasstown.rows import Grid, Ints, Rows

I64 = NDArray[np.int64]


class Rules(NamedTuple):
    """A compiled rulebook: a row a clause, a cap and so on (compiler/rulebook_rows.py).

    steps   (n,) the clauses of all ladders, one ladder after the other
    """

    clauses: Rows[Clause]
    caps: Rows[Cap]
    ladders: Rows[Ladder]
    steps: Ints
    grades: Rows[Grade]
    lists: Rows[List]
    procedures: Rows[Procedure]
    measures: Rows[Measure]
    dated: Rows[Dated]
    shares: Rows[Share]
    campaigns: Rows[Campaign]
    parts: Rows[Part]
    turns: Rows[Turn]
    reaches: Rows[Reach]
    exclusions: Rows[Exclusion]
    answers: Rows[Answer]
    book: Book


class Calendar(NamedTuple):
    """Days of a run, counted from the first day of its first month.

    month_start  (M+1,) first day of each month
    origin       where these days begin
    working      (W,) the rulebook's working days, in order
    worked       (D,) for each day the number of working days up to it, itself included
    """

    month_start: Ints
    origin: Origin
    working: Ints
    worked: Ints


class Slots(NamedTuple):
    """Where each account of a rulebook begins: columns of `flow` (this month) and of `level` (standing)."""

    truth: int
    records: int
    points: int
    points_wrong: int
    unknown: int
    dropped: int
    fines: int
    corrections: int
    spared: int
    too_late: int
    redress: int
    returned: int
    list_in: int
    list_out: int
    list_in_wrong: int
    list_died: int
    list_moved: int
    level_grades: int
    level_lists: int
    level_lists_wrong: int
    level_measures: int
    level_score: int


class Society(NamedTuple):
    """Lives beside conduct, the same whatever rulebooks are in force (lives.py).

    numbers                         single chances, weights and amounts
    usual          (5, 256)         usual month's incomes by fifth, yuan a head; each as likely
    least          (5,)             what one lives on at least, in parts of the own usual income
    shock          (1024,)          quantiles of the month's income shock, 1/4096 lg
    power          (2048,)          2**z in parts of 1/256
    strain_shift   (33, K)          Q8.8: what strain adds to a propensity
    arrears_shift  (K,)             Q8.8: what arrears add
    strained       (n,)             classes to which either adds something
    lg_belief      (4096,)          eps_p lg(p + p0) in Q8.8, by belief
    usual_belief   (7, masks, 2)    chance of being found out at the usual certainty, of 2**16
    first_belief   (7, masks, 2)    what is believed on the first day
    observed       (n,)             classes that others see
    wanted         (12, 5)          chance of wanting what each gate gives in a month, by fifth
    price          (12, 5)          what it is worth, 1/64 of a usual month's income
    dues           (5, 256)         debt service of those who owe, in parts, by fifth; each as likely
    assets         (256,)           what somebody could sell, 1/16 of a usual month's income; each as likely
    claims         (1024,)          claims against somebody of mean income, yuan; each as likely
    bite           (256,)           what bite multiplies the chance of performing by, of 256
    shame          (33, 16)         the same for being shown, by 32nds of the neighbourhood shown and by how easily one is shamed
    pace           (M,)             how a drive moves the chance of performing, by month (pace.py)
    """

    numbers: SocietyNumbers
    usual: Grid
    least: I64
    shock: Ints
    power: Ints
    strain_shift: I64
    arrears_shift: Ints
    strained: Ints
    lg_belief: NDArray[np.int32]
    usual_belief: I64
    first_belief: I64
    observed: Ints
    wanted: Grid
    price: Grid
    dues: I64
    assets: Ints
    claims: Ints
    bite: Ints
    shame: Grid
    pace: Rows[Pace]


class Lives(NamedTuple):
    """The live state of people beside conduct; empty for firms and where lives are switched off.

    work      (P,) uint8   place in WORK
    wage, stance (P,) uint8   place among the usual incomes of the fifth, and in support of the scheme, drawn once a life
    shock     (P,) int16   income above what is usual, 1/4096 lg
    savings, debt (P,) int16   parts of 1/256 of the own usual month's income
    due       (P,) uint8   debt service of a month in which something is owed to a bank, the same
    assets    (P,) uint16  what could be sold, 1/16 of the own usual month's income; usual_assets (P,) uint8 place in it, drawn
    owed      (P,) int32   owed by judgment, yuan
    late, supervised, strain (P,) uint8   months of debt service missed; left under supervision; strain in sixteenths
    means     (P,) uint8   bits: could not pay a judgment; creditors go to court; business, loan and cases (lives.py)
    closed    (P,) uint32  bits of gates closed, of lists as the last month ended, and of gates where one asks no more (lives.py)
    bite, ties (P,) uint8   worth of trips that were refused of late, 1/64 of a usual month's income; ties to others
    age, is_female (P,) uint8; since (P,) int16   month in which this tenant came, 0 for the first
    belief    (B, 7, 150) uint16   chance of being found out as believed, of 2**16
    norm, first_norm (B, 7) int32  acts a head of those who may act that are usual there, now and on the first day, of 2**16
    heads     (B, 7) int32         those in the neighbourhood who may act
    joint, joint_debtor, joint_guarantor (B, 32)   claims that two owe, oldest first: yuan (int32), and places (uint8)
    """

    work: NDArray[np.uint8]
    wage: NDArray[np.uint8]
    shock: NDArray[np.int16]
    savings: NDArray[np.int16]
    debt: NDArray[np.int16]
    due: NDArray[np.uint8]
    assets: NDArray[np.uint16]
    usual_assets: NDArray[np.uint8]
    owed: NDArray[np.int32]
    supervised: NDArray[np.uint8]
    late: NDArray[np.uint8]
    strain: NDArray[np.uint8]
    means: NDArray[np.uint8]
    closed: NDArray[np.uint32]
    bite: NDArray[np.uint8]
    ties: NDArray[np.uint8]
    stance: NDArray[np.uint8]
    age: NDArray[np.uint8]
    since: NDArray[np.int16]
    is_female: NDArray[np.uint8]
    belief: NDArray[np.uint16]
    norm: NDArray[np.int32]
    first_norm: NDArray[np.int32]
    heads: NDArray[np.int32]
    joint: NDArray[np.int32]
    joint_debtor: NDArray[np.uint8]
    joint_guarantor: NDArray[np.uint8]


class Model(NamedTuple):
    """Conduct and detection, the same whatever rulebooks are in force: thresholds and look-up tables.

    hit           (R, 16) uint32   threshold for at least n acts
    month_shift   (months, K)      Q8.8 lg units: launch effect and the like
    fall          (K, 17)          Q8.8: adaptation after n detections
    forget        (1,)             chance of forgetting in a month the own acts of a class found out, of 2**32; 0 for never
    keen          (K, masks, 2)    Q8.8: lg of the chance of being found out, over that of forgetting
    remembered    (R, 16)          chance that at least n are remembered when nothing changes, of 2**32 (memory.py)
    class_mask    (K,)             role bits that matter in a class
    find          (K, masks, 2) uint32  chance that an office finds an act out, by roles and urban
    capacity      cases that offices look into in a neighbourhood and month, at most
    society       lives beside conduct
    business      numbers of firms' months
    strained      (K,) classes that a firm's distress drives
    own           a mechanism of one's own
    """

    hit: NDArray[np.uint32]
    month_shift: Grid
    fall: Grid
    forget: Ints
    keen: I64
    remembered: NDArray[np.uint32]
    class_mask: Ints
    find: NDArray[np.uint32]
    capacity: int
    society: Society
    business: Business
    strained: Ints
    own: Own


class Trade(NamedTuple):
    """The live state of firms beside conduct; empty for people and where firms do not trade.

    health  (P,) uint8   0 healthy, 1 in distress, 2 gone
    links   (P,) uint8   bits of the partners that are left
    listed  (P,) uint8   1 where partners who look find a firm on a black list, or in a bad grade, as the last month ended
    """

    health: NDArray[np.uint8]
    links: NDArray[np.uint8]
    listed: NDArray[np.uint8]


class Practice(NamedTuple):
    """What the offices of one rulebook do with what is found out, and how that is felt; `numbers` are chances, and length of notice.

    felt          (K, standings)   Q8.8: what points, lists and rewards add to a propensity, by where a score stands (deterrence.py)
    borders       (n,)             lowest scores above a border, ascending, in quanta
    class_acts    (K+1,)           first act of each class in the act table
    class_covered (K,)             1 where a clause answers to any act of the class
    act_table     (A,)             the acts, in the order of classes
    delay         (1024,)          quantiles of delays
    spell         (S, 1024)        quantiles of lengths of spells in days
    handled       (C,)             the clauses, as offices handle their records
    status        (n,)             clauses recorded on the first day
    bite, shame   (256,), (33, 16) as in `Society`
    shown         (64,)            how surely a month shows somebody, by list, then by grade (publicity.py)
    place         (64,)            what places multiply a share of recording by, of 256; each as likely
    pace          (M,)             how a drive moves recording, performing and deletion, by month (pace.py)
    """

    felt: I64
    borders: Ints
    class_acts: Ints
    class_covered: Ints
    act_table: Rows[OfficeAct]
    delay: Rows[Delay]
    spell: Grid
    numbers: OfficeNumbers
    handled: Rows[Handled]
    status: Rows[StatusClause]
    bite: Ints
    shame: Grid
    shown: Rows[Shown]
    place: Ints
    pace: Rows[Pace]


class Shard(NamedTuple):
    """The live state of some whole neighbourhoods that all rulebooks share, one contiguous array per quantity.

    first        (B+1,) position of each block's first person
    ident               who lives here, and which streams of chance are theirs
    propensity   (B, K, 150) int16   lg hazard of each class, Q8.8, all terms that stand folded in
    detections   (K, P) uint8   own detections, saturating
    roles        (P,) uint16
    profile      (P,) uint16    group, urban, household (profiles.py)
    hashes       (B,) uint64    running hash of each block's months
    lives                       lives beside conduct
    trade                       firms beside conduct
    """

    first: I64
    ident: Ident
    propensity: NDArray[np.int16]
    detections: NDArray[np.uint8]
    roles: NDArray[np.uint16]
    profile: NDArray[np.uint16]
    hashes: NDArray[np.uint64]
    lives: Lives
    trade: Trade


class Status(NamedTuple):
    """Where the people of a shard stand under one rulebook.

    is_scored    (P,) uint8     1 where a subject of the rulebook covers the person
    score        (P,) int32     quanta (the hidden sum where it is latent)
    grade        (P,) uint8
    lists        (P, bytes) uint8  bits of eight lists each (listed.py)
    n_records    (P,) uint8     records that took effect, saturating
    nothing_owed (P,) uint8     1 where nothing could be performed of what holds the person on lists that performance ends
    more         (P, E) int32   what the rulebook keeps beside the score: ceiling, balance, consent, parts (places in `Book`)
    n_entries    (B,) int32     entries of each block in the ledger
    begun        (P,) int16     month in which the person began under the rulebook, 0 for the first day
    """

    is_scored: NDArray[np.uint8]
    score: NDArray[np.int32]
    grade: NDArray[np.uint8]
    lists: NDArray[np.uint8]
    n_records: NDArray[np.uint8]
    nothing_owed: NDArray[np.uint8]
    more: NDArray[np.int32]
    n_entries: NDArray[np.int32]
    begun: NDArray[np.int16]


class Mail(NamedTuple):
    """Records that follow from those of the other kind of subject, for this month.

    starts   (B+1,)  first row of each block of the shard
    rows     (L,)    in the order of those reached, then of their sources; none where nothing came
    """

    starts: Ints
    rows: Rows[Letter]


class Post(NamedTuple):
    """The same on their way out of a shard, in the order in which they were posted.

    rows     (L,)    room; none where the rulebook sends no mail
    written  (1,)    rows written
    """

    rows: Rows[Letter]
    written: Ints


class Found(NamedTuple):
    """What was found out in a shard this month: written by conduct, read by every rulebook.

    starts   (B+1,)  first row of each block
    rows     (L,)    a word each (found_words.py), in the order of class and person, false reports after them
    """

    starts: I64
    rows: I64


class Work(NamedTuple):
    """Scratch of one thread, reused for every block: not part of the state.

    draws      (4 * blocks, 160) uint32   this month's words, a row a class
    did        (L,)                       who did what
    seen       (7,)                       what a neighbourhood sees of each class of which people believe something
    keys, pays (E,)                       the entries of the person in hand
    filed      (F,)                       new entries
    starts     (257,)                     first of a person's new entries after sorting
    in_order   (F, 2)                     new entries in person order
    me                                    the person's numbers
    house      (256,)                     households, by number
    """

    draws: NDArray[np.uint32]
    did: Rows[Did]
    seen: Rows[Seen]
    keys: I64
    pays: I64
    filed: Rows[Filed]
    starts: I64
    in_order: I64
    me: Me
    house: Rows[Household]

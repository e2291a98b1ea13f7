"""The firms' months: trade with partners, trade credit that is withdrawn, distress that spreads, and firms that go under.

Each firm has eight partners among the 150 of its block, at fixed distances, and sells to them: what befalls a customer is felt.
The others' state is read as it stood at the last month's end.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from glasstown.chance import threshold
from glasstown.engine.conduct.acts import PROFILE_GROUP
from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.philox import words
from glasstown.engine.tables.hazards import NEVER_SHIFT
from glasstown.engine.tables.lives import L_CUT, L_FIRMS_GONE, L_FIRMS_STRESSED, L_STRESSED, L_WENT_UNDER, WIDTH
from glasstown.engine.tables.person_rows import Chance
from glasstown.engine.tables.shapes import I64, Model, Shard, Trade, Work
from glasstown.population.tables import BLOCK

PARTNERS = (1, 2, 5, 11, 23, 47, 71, 101)
"""how far on in the block the eight partners of a firm stand, counted round"""
HEALTHY, STRESSED, GONE = 0, 1, 2
ALL_LINKS = 255

# numbers of firms
T_STRESS = 0  # thresholds of 2**32
T_RECOVER = 1
T_EXIT = 2
T_CUT = 3
T_INFECT = 4
T_CREDIT = 5  # of 256: share of trade credit that partners withdraw from a listed firm
T_RESPONSE = 6  # of 256: what the loss of all trade credit adds to the chance of distress, in times
T_STRAIN = 7  # Q8.8: what distress adds to the propensities of wages owed, contracts broken and taxes evaded
T_TRADED = 8  # 1 where firms trade at all
N_TRADE = 9

CUT_BLOCK, INFECT_BLOCK = 1, 3
"""first blocks of a month's words: a word for each partner, of links cut and of distress that spreads"""


def make_trade(numbers: Mapping[str, Decimal]) -> I64:
    """Return the numbers of firms' months.  Source   society_model S12 and its firm side."""
    values = np.zeros(N_TRADE, dtype=np.int64)
    for column, name in (
        (T_STRESS, "firm.stressed_per_month"),
        (T_RECOVER, "firm.recover_per_month"),
        (T_EXIT, "firm.exit_per_month"),
        (T_CUT, "partner.cut_per_month"),
    ):
        values[column] = threshold(numbers[name])
    values[T_INFECT] = threshold(numbers["partner.contagion_per_year"] / 12)
    values[T_CREDIT] = int((numbers["partner.credit_withdrawn"] * 256).to_integral_value())
    values[T_RESPONSE] = int((numbers["firm.credit_response"] * 256).to_integral_value())
    values[T_STRAIN] = int((numbers["firm.strain"] * 256).to_integral_value())
    values[T_TRADED] = int(numbers["firm.traded"] > 0)
    return values


def usual_exits(numbers: Mapping[str, Decimal]) -> Decimal:
    """Return the share of firms that go under in a usual month, when nobody is listed and nothing spreads."""
    stressed, leaves = (
        numbers["firm.stressed_per_month"],
        numbers["firm.recover_per_month"] + numbers["firm.exit_per_month"],
    )
    return numbers["firm.exit_per_month"] * stressed / max(stressed + leaves, Decimal("0.000001"))


def first_trade(business: I64, n: int) -> Trade:
    """Return firms on the first day: healthy, with all their partners; nothing where firms do not trade, and for people."""
    n = n if len(business) == N_TRADE and business[T_TRADED] == 1 else 0
    return Trade(
        health=np.zeros(n, dtype=np.uint8),
        links=np.full(n, ALL_LINKS, dtype=np.uint8),
        listed=np.zeros(n, dtype=np.uint8),
    )


@kernel
def trade_a_month(
    model: Model, shard: Shard, work: Work, lived: I64, chance: Chance, first: int, n: int, month: int
) -> None:
    """S12, the firms' side. Cut links to listed firms, spread distress along those that stay, and let firms recover or go under."""
    health = work.starts[:WIDTH]
    for firm in range(n):
        health[firm] = shard.trade.health[first + firm]
    for firm in range(n):
        position = first + firm
        group = shard.profile[position] & PROFILE_GROUP
        if health[firm] == GONE:
            lived[group, L_FIRMS_GONE] += 1
            continue
        lot = words(chance, shard.ident.lives, shard.ident.entity + position, month, 0)
        lived[group, L_CUT] += cut_links(model.business, shard, chance, first, n, firm, month)
        state = health[firm]
        if state == HEALTHY:
            if lot[0] < chance_of_stress(model.business, shard, first, n, firm) or is_infected(
                model.business, shard, chance, health, first, n, firm, month
            ):
                state = STRESSED
                lived[group, L_STRESSED] += 1
        elif lot[0] < model.business[T_EXIT]:
            state = GONE
            lived[group, L_WENT_UNDER] += 1
        elif lot[1] < model.business[T_RECOVER]:
            state = HEALTHY
        lived[group, L_FIRMS_STRESSED] += state == STRESSED
        lived[group, L_FIRMS_GONE] += state == GONE
        if state != health[firm]:
            feel_health(model, shard, position, int(health[firm]), int(state))
            shard.trade.health[position] = np.uint8(state)


@kernel
def cut_links(business: I64, shard: Shard, chance: Chance, first: int, n: int, firm: int, month: int) -> int:
    """S12. Cut each link to a listed partner with its monthly chance; return how many are cut."""
    links, cut = np.int64(shard.trade.links[first + firm]), 0
    for place in range(len(PARTNERS)):
        partner = first + (firm + PARTNERS[place]) % n
        if (links >> place) & 1 == 0 or shard.trade.listed[partner] == 0:
            continue
        if lot_of(chance, shard, first + firm, month, CUT_BLOCK, place) < business[T_CUT]:
            links &= ~(1 << place)
            cut += 1
    shard.trade.links[first + firm] = np.uint8(links)
    return cut


@kernel
def chance_of_stress(business: I64, shard: Shard, first: int, n: int, firm: int) -> int:
    """S12. Return the chance of distress: the usual one, and more the more trade credit is gone.

    A firm loses what it had of partners that it no longer has, and, while it is listed itself, a share of what it has of the others.
    """
    position = first + firm
    links, kept = whole(shard.trade.links[position]), 0
    for place in range(len(PARTNERS)):
        kept += (links >> place) & 1
    credit: int = 256 * kept // len(PARTNERS)
    if shard.trade.listed[position] == 1:
        credit = (credit * (256 - business[T_CREDIT])) >> 8
    usual: int = business[T_STRESS]
    more: int = (usual * ((business[T_RESPONSE] * (256 - credit)) >> 8)) >> 8
    return usual + more


@kernel
def is_infected(
    business: I64, shard: Shard, chance: Chance, health: I64, first: int, n: int, firm: int, month: int
) -> bool:
    """S12. Return whether the distress of a customer, or its end, reaches a firm this month."""
    links = np.int64(shard.trade.links[first + firm])
    for place in range(len(PARTNERS)):
        partner = (firm + PARTNERS[place]) % n
        if (links >> place) & 1 == 1 and health[partner] == STRESSED:
            if lot_of(chance, shard, first + firm, month, INFECT_BLOCK, place) < business[T_INFECT]:
                return True
    return False


@kernel
def lot_of(chance: Chance, shard: Shard, position: int, month: int, block: int, place: int) -> int:
    """Return the word of a month that belongs to a firm's partner."""
    lot = words(chance, shard.ident.lives, shard.ident.entity + position, month, block + (place >> 2))
    return lot[0] if place & 3 == 0 else lot[1] if place & 3 == 1 else lot[2] if place & 3 == 2 else lot[3]


@kernel
def feel_health(model: Model, shard: Shard, position: int, before: int, now: int) -> None:
    """S4, the firms' side. Fold distress into what a firm does; one that is gone does nothing any more."""
    mine, column = shard.propensity[position // BLOCK], position % BLOCK
    for k in range(len(mine)):
        x = np.int64(mine[k, column])
        if x <= -30000:
            continue
        if now == GONE:
            mine[k, column] = np.int16(NEVER_SHIFT)
        elif model.strained[k] == 1:
            x += model.business[T_STRAIN] * ((now == STRESSED) * 1 - (before == STRESSED) * 1)
            mine[k, column] = np.int16(min(max(x, -29999), 32000))


@kernel
def digest_of_trade(shard: Shard, first: int, n: int) -> np.uint64:
    """Return a number that tells the firms of a block from any others."""
    total = np.uint64(0)
    for position in range(first, first + n):
        mine = np.uint64(shard.trade.health[position]) | (np.uint64(shard.trade.links[position]) << np.uint64(8))
        mine |= np.uint64(shard.trade.listed[position]) << np.uint64(16)
        total += mine * (np.uint64(2 * (position - first) + 1) * np.uint64(0x9E3779B97F4A7C15))
    return total


def listed_of(bits: NDArray[np.uint16], black: int) -> NDArray[np.uint8]:
    """Return which firms stand on a black list, as 0 or 1."""
    listed: NDArray[np.uint8] = ((bits & np.uint16(black)) != 0).astype(np.uint8)
    return listed

"""The firms' months: trade with partners, trade credit that is withdrawn, distress that spreads, and firms that go under.

Each firm has eight partners among the 150 of its block, at fixed distances, and sells to them: what befalls a customer is felt.
The others' state is read as it stood at the last month's end.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext

import numpy as np
from numpy.typing import NDArray

from glasstown.chance import threshold
from glasstown.engine.conduct.memory import forget_all
from glasstown.engine.kernel import draws
from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.mixing import at_place
from glasstown.engine.kernel.philox import lane, life_words, words
from glasstown.engine.tables.bundles import At
from glasstown.engine.tables.profiles import group_of
from glasstown.engine.tables.propensity import move
from glasstown.engine.tables.scene import Scene
from glasstown.engine.tables.shapes import Model, Shard, Trade
from glasstown.engine.tables.society_rows import Business
from glasstown.population.tables import BLOCK
from glasstown.rows import make_row

PARTNERS = (1, 2, 5, 11, 23, 47, 71, 101)
"""how far on in the block the eight partners of a firm stand, counted round"""
HEALTHY, STRESSED, GONE = 0, 1, 2
ALL_LINKS = 255
GONE_SHIFT = 16_000
"""what a firm that is gone does less, in 1/256 lg units: so much that it does nothing"""

CHANCES = {
    "stress": "firm.stressed_per_month", "recover": "firm.recover_per_month", "exit": "firm.exit_per_month",
    "cut": "partner.cut_per_month", "revive": "firm.taken_over_per_month",
}  # fmt: skip
"""parameters that are a month's chances, by column"""
SHARES = {"credit": "partner.credit_withdrawn", "response": "firm.credit_response", "strain": "firm.strain"}
"""parameters that are counted in parts of 256, by column"""


def make_business(numbers: Mapping[str, Decimal]) -> Business:
    """Return the numbers of firms' months.  Source   society_model S12 and its firm side."""
    business = make_row(Business)
    for column, name in CHANCES.items():
        setattr(business, column, threshold(numbers[name]))
    for column, name in SHARES.items():
        setattr(business, column, int((numbers[name] * 256).to_integral_value()))
    business.infect = threshold(numbers["partner.contagion_per_year"] / 12)
    business.traded = int(numbers["firm.traded"] > 0)
    stressed, gone = steady(numbers)
    business.first_gone = threshold(gone)
    business.first_stressed = threshold(gone + (1 - gone) * stressed)
    return business


def usual_exits(numbers: Mapping[str, Decimal]) -> Decimal:
    """Return the share of firms that go under in a usual month, when nobody is listed: of those that there are."""
    return numbers["firm.exit_per_month"] * steady(numbers)[0]


def steady(numbers: Mapping[str, Decimal]) -> tuple[Decimal, Decimal]:
    """Return which share of firms is in distress, of those that there are, and which is gone, when nothing changes.

    Each firm has the mean number of customers in distress; where nobody takes firms over, none is gone on the first day.
    """
    falls, recovers, ends = (numbers[f"firm.{name}_per_month"] for name in ("stressed", "recover", "exit"))
    revives, reached = numbers["firm.taken_over_per_month"], numbers["partner.contagion_per_year"] / 12
    leaves, stressed, gone = max(ends + (1 - ends) * recovers, Decimal("0.000001")), Decimal(0), Decimal(0)
    with localcontext() as context:
        context.prec = 20
        for _ in range(64):  # to a fixed point
            spared = (1 - falls) * (1 - reached * stressed * (1 - gone)) ** len(PARTNERS)
            stressed = (1 - spared) / (1 - spared + leaves)
            gone = stressed * ends / (stressed * ends + revives) if revives > 0 else Decimal(0)
    return stressed, gone


def first_trade(business: Business, n: int) -> Trade:
    """Return firms on the first day: healthy, with all their partners; nothing where firms do not trade, and for people."""
    n = n if business.traded == 1 else 0
    return Trade(
        health=np.zeros(n, dtype=np.uint8),
        links=np.full(n, ALL_LINKS, dtype=np.uint8),
        listed=np.zeros(n, dtype=np.uint8),
    )


@kernel
def trade_a_month(scene: Scene, at: At) -> None:
    """S12, the firms' side. Cut links to listed firms, spread distress along those that stay, and let firms recover or go under."""
    shard, business, health = scene.shard, scene.model.business, scene.work.starts
    for firm in range(at.n):
        health[firm] = shard.trade.health[at.first + firm]
    for firm in range(at.n):
        position = at.first + firm
        account = scene.lived[group_of(shard.profile[position])]
        lot = life_words(scene.chance, shard, position, at.month, draws.HEALTH)
        if health[firm] == GONE:
            if lot[2] < business.revive:
                take_over(scene, position)
                account.taken_over += 1
            else:
                account.firms_gone += 1
            continue
        account.cut += cut_links(scene, at, firm)
        state = health[firm]
        if state == HEALTHY:
            if lot[0] < chance_of_stress(business, shard.trade, position) or is_infected(scene, at, firm):
                state = STRESSED
                account.stressed += 1
        elif lot[0] < business.exit:
            state = GONE
            account.went_under += 1
        elif lot[1] < business.recover:
            state = HEALTHY
        account.firms_stressed += state == STRESSED
        account.firms_gone += state == GONE
        if state != health[firm]:
            feel_health(scene.model, shard, position, state)
            shard.trade.health[position] = np.uint8(state)


@kernel
def cut_links(scene: Scene, at: At, firm: int) -> int:
    """S12. Cut each link to a partner whom they find listed with its monthly chance; return how many are cut."""
    trade = scene.shard.trade
    links, cut = whole(trade.links[at.first + firm]), 0
    for place in range(len(PARTNERS)):
        partner = at.first + (firm + PARTNERS[place]) % at.n
        if (links >> place) & 1 == 0 or trade.listed[partner] == 0:
            continue
        if lot_of_partner(scene, at, firm, draws.LINKS, place) < scene.model.business.cut:
            links &= ~(1 << place)
            cut += 1
    trade.links[at.first + firm] = np.uint8(links)
    return cut


@kernel
def chance_of_stress(business: Business, trade: Trade, position: int) -> int:
    """S12. Return the chance of distress: the usual one, and more the more trade credit is gone.

    A firm loses what it had of partners that it no longer has, and, while it is found listed, a share of what it has of the others.
    """
    links, kept = whole(trade.links[position]), 0
    for place in range(len(PARTNERS)):
        kept += (links >> place) & 1
    credit = 256 * kept // len(PARTNERS)
    if trade.listed[position] == 1:
        credit = (credit * (256 - business.credit)) >> 8
    usual = business.stress
    return usual + ((usual * ((business.response * (256 - credit)) >> 8)) >> 8)


@kernel
def is_infected(scene: Scene, at: At, firm: int) -> bool:
    """S12. Return whether the distress of a customer, or its end, reaches a firm this month; `work.starts` holds how firms stood."""
    links, health = whole(scene.shard.trade.links[at.first + firm]), scene.work.starts
    for place in range(len(PARTNERS)):
        partner = (firm + PARTNERS[place]) % at.n
        if (links >> place) & 1 == 1 and health[partner] == STRESSED:
            if lot_of_partner(scene, at, firm, draws.CONTAGION, place) < scene.model.business.infect:
                return True
    return False


@kernel
def lot_of_partner(scene: Scene, at: At, firm: int, block: int, place: int) -> int:
    """Return the word of a month that belongs to a firm's partner, of a draw with a word for each."""
    return lane(life_words(scene.chance, scene.shard, at.first + firm, at.month, block + (place >> 2)), place)


@kernel
def feel_health(model: Model, shard: Shard, position: int, now: int) -> None:
    """S4, the firms' side. Fold distress into what a firm does; one that is gone does nothing until it is taken over.

    How the firm stood until now is what stands in `shard.trade`.
    """
    mine, column, before = shard.propensity[position // BLOCK], position % BLOCK, shard.trade.health[position]
    strain = model.business.strain * (whole(now == STRESSED) - whole(before == STRESSED))
    for k in range(len(mine)):
        shift = strain if model.strained[k] == 1 else whole(0)
        move(mine[k], column, shift - GONE_SHIFT * (whole(now == GONE) - whole(before == GONE)))


@kernel
def take_over(scene: Scene, position: int) -> None:
    """S12. Let a firm that was gone go on under others: healthy, with all its partners, and with nothing to remember."""
    shard = scene.shard
    feel_health(scene.model, shard, position, HEALTHY)
    shard.trade.health[position], shard.trade.links[position] = np.uint8(HEALTHY), np.uint8(ALL_LINKS)
    forget_all(scene.model, shard, position)


@kernel
def begin_trade(scene: Scene, at: At) -> None:
    """S12. Let each firm stand as firms stand when nothing changes: healthy, in distress, or gone."""
    shard, business = scene.shard, scene.model.business
    for position in range(at.first, at.first + at.n):
        lot = words(scene.chance, shard.ident.memory, shard.ident.entity + position, 0, draws.PAST)[0]
        state = HEALTHY
        if lot < business.first_stressed:
            state = GONE if lot < business.first_gone else STRESSED
        if state != HEALTHY:
            feel_health(scene.model, shard, position, state)
            shard.trade.health[position] = np.uint8(state)


@kernel
def digest_of_trade(trade: Trade, at: At) -> np.uint64:
    """Return a number that tells the firms of a block from any others."""
    total = np.uint64(0)
    for position in range(at.first, at.first + at.n):
        mine = np.uint64(trade.health[position]) | (np.uint64(trade.links[position]) << np.uint64(8))
        mine |= np.uint64(trade.listed[position]) << np.uint64(16)
        total += at_place(mine, position - at.first)
    return total


def listed_of(bits: NDArray[np.uint32], seen: int) -> NDArray[np.uint8]:
    """Return which firms partners who look find listed, as 0 or 1."""
    listed: NDArray[np.uint8] = ((bits & np.uint32(seen)) != 0).astype(np.uint8)
    return listed

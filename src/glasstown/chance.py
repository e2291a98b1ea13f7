"""Chance: named streams of random words, each word a pure function of (seed, stream, entity, month, draw).

Philox4x32-10 turns a counter into four 32-bit words.  There is no state, so order, threads and shards do not matter,
and drawing more in one stream moves nothing in another.  Months before the first count down from 2**32.
The register below gives every draw its stream and its words;
two draws that share a word fail a test.  What decides is an integer: a draw u happens when u < threshold, with
thresholds up to 2**32.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from types import MappingProxyType
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Words: TypeAlias = NDArray[np.uint32]
Entities: TypeAlias = NDArray[np.uint64]

MULTIPLIER_0: Final = 0xD2511F53
MULTIPLIER_1: Final = 0xCD9E8D57
WEYL_0: Final = 0x9E3779B9
WEYL_1: Final = 0xBB67AE85
ROUNDS: Final = 10
CERTAIN: Final = 1 << 32
"""The threshold below which every 32-bit word lies."""

MOST_ENTITIES: Final = 1 << 48
_MASK: Final = np.uint64(0xFFFFFFFF)
_HALF: Final = np.uint64(32)
_CHUNK: Final = 8192  # the working arrays of a chunk stay in the processor's second cache
_FEISTEL_ROUNDS: Final = 6


@dataclass(frozen=True, slots=True)
class Stream:
    """A named source of words.  Its number stands in the counter, so it never changes once runs exist."""

    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Draw:
    """A use of chance: `n_words` words of a stream from `word` on; word w is lane w % 4 of block w // 4."""

    name: str
    stream: Stream
    word: int
    n_words: int
    what: str

    @property
    def block(self) -> int:
        """Block of the first word."""
        return self.word // 4

    @property
    def lane(self) -> int:
        """Lane of the first word inside its block."""
        return self.word % 4


STREAMS: Final[Mapping[str, Stream]] = MappingProxyType(
    {
        name: Stream(name, number)
        for name, number in (
            ("town", 1),  # entity 0: one value for the whole population
            ("household-size", 2),  # entity: neighbourhood * 38 + household // 4
            ("household", 3),  # entity: neighbourhood * 150 + household
            ("person", 4),  # entity: person id
            ("firm", 5),  # entity: firm id
            ("match", 6),  # entity: half of a permutation's index; month: the permutation's own number
            ("person-name", 7),  # entity: person id
            ("firm-name", 8),  # entity: firm id
            ("act", 16),  # entity: person id; block: class // 4
            ("found", 17),  # entity: person id; block: class * 4 + act // 4
            ("filing", 18),  # entity: person id; block: (class * 16 + number) * 4 + 0 to 3
            ("procedure", 19),  # entity: person id
            ("choice", 20),  # entity: person id; month: the event
            ("firm-act", 21),  # as 16 to 20, entity: firm id
            ("firm-found", 22),
            ("firm-filing", 23),
            ("firm-procedure", 24),
            ("firm-choice", 25),
            ("life", 26),  # entity: person id
            ("firm-life", 27),  # entity: firm id
            ("memory", 40),  # entity: person id; of "forgetting": neighbourhood * 38 + place in it // 4
            ("firm-memory", 41),  # the same of firms
            ("own", 44),  # entity: person id; what a mechanism of one's own decides and draws
        )
    }
)


def reserve(name: str, stream: str, word: int, n_words: int, what: str) -> Draw:
    """Return the draw of this name; `KeyError` when the stream is not registered."""
    return Draw(name, STREAMS[stream], word, n_words, what)


DRAWS: Final[Mapping[str, Draw]] = MappingProxyType(
    {
        draw.name: draw
        for draw in (
            reserve("urban-start", "town", 0, 1, "where the sequence of urban neighbourhoods starts"),
            reserve("household-sizes", "household-size", 0, 4, "sizes of four households that follow each other"),
            reserve("income-fifth", "household", 0, 1, "income fifth of a household"),
            reserve("owes", "household", 1, 1, "whether a household owes"),
            reserve("registration", "household", 2, 1, "whether a household is registered in town"),
            reserve("age", "person", 0, 1, "age in years"),
            reserve("sex", "person", 1, 1, "sex"),
            reserve("work", "person", 2, 1, "work of those of working age"),
            reserve("traits", "person", 3, 1, "theta in the high half, prosocial in the low half"),
            reserve("person-roles", "person", 4, 16, "one word for each role of persons"),
            reserve("firm-size", "firm", 0, 1, "size of a firm"),
            reserve("firm-sector", "firm", 1, 1, "sector of a firm"),
            reserve("firm-theta", "firm", 2, 1, "trait of compliance of a firm"),
            reserve("firm-roles", "firm", 3, 16, "one word for each role of firms"),
            reserve("firm-to-representative", "match", 0, 24, "permutation of firms, six rounds"),
            reserve("representative-block", "match", 24, 24, "permutation of neighbourhoods, six rounds"),
            reserve("representative-adult", "match", 48, 24, "permutation of a neighbourhood's adults, six rounds"),
            reserve("person-syllables", "person-name", 0, 4, "invented name of a person"),
            reserve("firm-syllables", "firm-name", 0, 4, "invented name of a firm"),
            reserve("acts", "act", 0, 16, "acts of a person's month, one word a class"),
            reserve("found-further", "found", 0, 256, "which of several acts are found out: class, act"),
            reserve("filing", "filing", 0, 4096, "sixteen words for each class and number found out"),
            reserve(
                "lacks", "filing", 4096, 1024, "what a record lacks: four words for each class and number found out"
            ),
            reserve("procedures", "procedure", 0, 2, "whether pass-test or repair is sought"),
            reserve("procedure-days", "procedure", 2, 2, "on which day"),
            reserve("performance", "procedure", 4, 4, "whether a person performs, and on which day"),
            reserve("standing", "procedure", 8, 4, "consent, spending, and on which days"),
            reserve("life", "life", 0, 4, "a month's luck: work; income, low bits property; none; loans, claims"),
            reserve("life-trips", "life", 8, 4, "air and rail trips wanted, attempts, slower ways"),
            reserve("life-stance", "life", 12, 1, "stance towards the scheme, in month 0"),
            reserve("life-ties", "life", 16, 1, "ties lost"),
            reserve("life-offices", "life", 20, 4, "which office hears of a listing, or of its end"),
            reserve("life-gates", "life", 24, 8, "what somebody wants of the gates after trips, loans and jobs"),
            reserve("life-household", "life", 32, 1, "whether a household shares closed gates, in month 0"),
            reserve(
                "life-judgment",
                "life",
                36,
                4,
                "what is claimed in a case, whether it is paid at once; whether somebody stands for it, who",
            ),
            reserve(
                "life-means", "life", 40, 4, "in month 0: what somebody owes, could sell, earns; who stands for it"
            ),
            reserve("tips", "life", 64, 16, "four reports: whether false, accepted, of which act, of whom"),
            reserve("life-learning", "life", 56, 4, "whether somebody whom a gate refused stops asking there"),
            reserve(
                "stock",
                "life",
                44,
                3,
                "in month 0: whether somebody stands on a list already, for how long, what is owed",
            ),
            reserve(
                "life-showing",
                "life",
                80,
                2,
                "whether somebody listed is shown to those around, and seen by who decides",
            ),
            reserve("life-leaving", "life", 48, 1, "whether a tenant dies or moves out, in the month of the place"),
            reserve("name-rank", "person-name", 4, 1, "rank of a person's name, the commonest first"),
            reserve("cases", "filing", 8192, 64, "which cases are looked into first: four words a class"),
            reserve(
                "places", "filing", 8256, 1, "in month 0, of a neighbourhood's first person: how its offices record"
            ),
            reserve(
                "ability", "procedure", 16, 3, "in month 0: whether a person could pay, owes little, is easily shamed"
            ),
            reserve("forgetting", "memory", 0, 4, "the class in which somebody forgets, for four of a neighbourhood"),
            reserve("remembered", "memory", 4, 16, "before month 0: detections still remembered, one word a class"),
            reserve("past", "memory", 20, 1, "before month 0: whose money somebody has, of those lived before"),
            reserve("fine", "choice", 0, 1, "the official's choice of a fine"),
            reserve("firm-acts", "firm-act", 0, 16, "acts of a firm's month, one word a class"),
            reserve("firm-found-further", "firm-found", 0, 256, "which of several acts are found out: class, act"),
            reserve("firm-filing", "firm-filing", 0, 4096, "sixteen words for each class and number found out"),
            reserve("firm-lacks", "firm-filing", 4096, 1024, "the same of a firm"),
            reserve("firm-procedures", "firm-procedure", 0, 2, "whether pass-test or repair is sought"),
            reserve("firm-procedure-days", "firm-procedure", 2, 2, "on which day"),
            reserve("firm-performance", "firm-procedure", 4, 4, "whether a firm performs, and on which day"),
            reserve("firm-standing", "firm-procedure", 8, 4, "consent, spending, and on which days"),
            reserve(
                "firm-ability",
                "firm-procedure",
                16,
                3,
                "in month 0: whether a firm could pay, owes little, is easily shamed",
            ),
            reserve("firm-cases", "firm-filing", 8192, 64, "which cases are looked into first: four words a class"),
            reserve("firm-places", "firm-filing", 8256, 1, "the same of a block of firms"),
            reserve("firm-health", "firm-life", 0, 3, "distress or the end, recovery, and being taken over"),
            reserve("firm-links", "firm-life", 4, 8, "which links to listed partners are cut"),
            reserve("firm-contagion", "firm-life", 12, 8, "which customer's distress reaches a firm"),
            reserve("firm-showing", "firm-life", 80, 2, "the same of a firm, and of its partners"),
            reserve("firm-forgetting", "firm-memory", 0, 4, "the same of four firms of a block"),
            reserve("firm-remembered", "firm-memory", 4, 16, "before month 0: the same of a firm"),
            reserve(
                "firm-past", "firm-memory", 20, 1, "before month 0: whether a firm is healthy, in distress, or gone"
            ),
            reserve(
                "own-found", "own", 0, 128, "of each act that no office found: which it is, whether it is; its luck"
            ),
            reserve("own-hazard", "own", 128, 4, "the luck of a mechanism about a class of conduct"),
            reserve("own-gate", "own", 132, 8, "whether a mechanism closes a gate, and its luck"),
            reserve("firm-fine", "firm-choice", 0, 1, "the official's choice of a fine"),
        )
    }
)


def overlaps(draws: Iterable[Draw]) -> list[tuple[str, str]]:
    """Return the pairs of draws that share a word; a sound register has none."""
    owner: dict[tuple[int, int], str] = {}
    shared: dict[tuple[str, str], None] = {}
    for draw in draws:
        for word in range(draw.word, draw.word + draw.n_words):
            first = owner.setdefault((draw.stream.number, word), draw.name)
            if first != draw.name:
                shared[first, draw.name] = None
    return list(shared)


def threshold(share: Decimal) -> int:
    """Return the integer below which a 32-bit word falls with this chance: 0 is never, 2**32 is always."""
    if not 0 <= share <= 1:
        raise ValueError(f"a chance lies between 0 and 1, not {share}")
    with localcontext() as context:
        context.prec = 60
        return int((share * CERTAIN).to_integral_value(rounding=ROUND_HALF_EVEN))


def key_of(seed: int) -> tuple[int, int]:
    """Return the two key words of a 64-bit seed, low word first."""
    if not 0 <= seed < 1 << 64:
        raise ValueError(f"a seed lies between 0 and 2**64 - 1, not {seed}")
    return seed & 0xFFFFFFFF, seed >> 32


def philox4x32(counter: NDArray[np.uint64], key: tuple[int, int]) -> NDArray[np.uint64]:
    """Return Philox4x32-10 of each counter.

    Parameters
    ----------
    counter  (4, n) words below 2**32, held in 64 bits because NumPy has no product of two 32-bit words.
    key      two words below 2**32.

    Source   Salmon and others, "Parallel random numbers: as easy as 1, 2, 3", SC'11; Random123.
    """
    words = counter.copy()
    x0, x1, x2, x3 = words
    product_0, product_1 = np.empty_like(x0), np.empty_like(x0)
    key_0, key_1 = key
    for _ in range(ROUNDS):
        np.multiply(x0, np.uint64(MULTIPLIER_0), out=product_0)
        np.multiply(x2, np.uint64(MULTIPLIER_1), out=product_1)
        np.right_shift(product_1, _HALF, out=x0)
        x0 ^= x1
        x0 ^= np.uint64(key_0)
        np.right_shift(product_0, _HALF, out=x2)
        x2 ^= x3
        x2 ^= np.uint64(key_1)
        np.bitwise_and(product_1, _MASK, out=x1)
        np.bitwise_and(product_0, _MASK, out=x3)
        key_0 = (key_0 + WEYL_0) & 0xFFFFFFFF
        key_1 = (key_1 + WEYL_1) & 0xFFFFFFFF
    return words


def philox(seed: int, stream: Stream, entities: Entities, month: int | Entities, block: int) -> Words:
    """Return the four words of one block for each entity, as a (4, n) array.

    An entity is a number below 2**48: its high 16 bits share a counter word with the stream's number.
    A month may be an array, one for each entity.
    """
    key = key_of(seed)
    n_entities = entities.shape[0]
    if n_entities and int(entities.max()) >= MOST_ENTITIES:
        raise ValueError(f"an entity lies below 2**48, not {int(entities.max())}")
    words = np.empty((4, n_entities), dtype=np.uint32)
    for start in range(0, n_entities, _CHUNK):
        part = entities[start : start + _CHUNK]
        counter = np.empty((4, part.shape[0]), dtype=np.uint64)
        counter[0] = part & _MASK
        counter[1] = (part >> _HALF) | np.uint64(stream.number << 16)
        counter[2] = month if isinstance(month, int) else month[start : start + _CHUNK]
        counter[3] = block
        words[:, start : start + _CHUNK] = philox4x32(counter, key)
    return words


def drawn(seed: int, name: str, entities: Entities, month: int = 0) -> Words:
    """Return the words of a registered draw for each entity, as an (n_words, n) array."""
    draw = DRAWS[name]
    last = draw.word + draw.n_words - 1
    blocks = [philox(seed, draw.stream, entities, month, block) for block in range(draw.block, last // 4 + 1)]
    return np.concatenate(blocks)[draw.lane : draw.lane + draw.n_words]


def permuted(seed: int, name: str, items: Entities, n_items: int | Entities, *, number: int | Entities = 0) -> Entities:
    """Return where a keyed permutation of range(n_items) sends each item; no table, no shuffle.

    A Feistel network permutes the next power of four; a value outside range(n_items) is sent on until it lies inside.
    `n_items` and `number`, which tells one permutation of this name from another, may differ from item to item.
    """
    sizes = np.broadcast_to(np.asarray(n_items, dtype=np.uint64), items.shape)
    numbers = np.broadcast_to(np.asarray(number, dtype=np.uint64), items.shape)
    if items.size == 0:
        return items.copy()
    if bool((items >= sizes).any()):
        raise ValueError("an item lies outside the range that is permuted")
    half_bits = _half_bits(sizes)
    result = items.copy()
    outside = np.arange(items.shape[0])
    while outside.size:
        result[outside] = _feistel(seed, DRAWS[name], result[outside], half_bits[outside], numbers[outside])
        outside = outside[result[outside] >= sizes[outside]]
    return result


def _half_bits(sizes: Entities) -> Entities:
    """Return the smallest h >= 1 with 4**h >= size, for each size by itself: others asked for do not count."""
    half_bits = np.ones(sizes.shape, dtype=np.uint64)
    largest, power = int(sizes.max()), 4
    while power < largest:
        half_bits += sizes > np.uint64(power)
        power *= 4
    return half_bits


def _feistel(seed: int, draw: Draw, items: Entities, half_bits: Entities, numbers: Entities) -> Entities:
    """Return a permutation of the numbers below 4**half_bits, one of many that `numbers` names."""
    mask = (np.uint64(1) << half_bits) - np.uint64(1)
    left, right = items >> half_bits, items & mask
    for turn in range(_FEISTEL_ROUNDS):
        mixed = philox(seed, draw.stream, right, numbers, draw.block + turn)[0].astype(np.uint64)
        left, right = right, left ^ (mixed & mask)
    return (left << half_bits) | right

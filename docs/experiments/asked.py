"""The experiments' questions: what is compared with what, and what an answer does not say."""

# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Step:
    """One more side of a series: a few words for it, and what it sets beyond the first side, or beyond another request."""

    label: str
    sets: Mapping[str, str] = field(default_factory=dict)
    of: str = ""


@dataclass(frozen=True, slots=True)
class Experiment:
    """One question: its page, its words, its first side, and either a second one or a series of steps from the first.

    measures   of a series, those that its page shows
    """

    name: str
    question: str
    first: str
    beware: str
    second: str = ""
    steps: tuple[Step, ...] = ()
    measures: tuple[str, ...] = field(default=())


OBJECTING = {"objection.share": "0.40"}
STAYING = {"cn-court-list-2017/lists/spc_dishonest/objection/stays": "true", "objection.stays": "1"}
"""of the list, whose rule says otherwise, and of spending orders, of which no rule is on record"""
EXPERIMENTS = (
    Experiment(
        "means", "Cannot pay against will not pay: what is a test of means before listing worth?", "spare-nobody.yaml",
        "The split between those who could pay and those who could not is not identified, nor are their rates of performing; "
        "the draws take both from their ranges, which hold the pairs that fit the mean stay alike. "
        "Who is spared comes under a spending order all the same.",
        second="spare-all-unable.yaml",
    ),
    Experiment(
        "objection", "What is a right of objection worth, alone, with notice, and with notice and a stay?", "without-objection.yaml",
        "That four in ten object is the upper end of a range whose lower end is one in a hundred; how often wrong records are taken back "
        "is a transfer from the United States. No rulebook on file says that an objection suspends a listing.",
        steps=(
            Step("objection", {**OBJECTING, "objection.stays": "0"}),
            Step("and notice", {**OBJECTING, "objection.stays": "0", "notice.delay_months": "1", "notice.skipped": "0"}),
            Step("and stay", {**OBJECTING, **STAYING, "notice.delay_months": "1", "notice.skipped": "0"}),
        ),
        measures=("listings", "wrongful listings", "on a black list", "corrections", "exits", "refusals", "payments missed", "support"),
    ),
    Experiment(
        "linkage", "What does going by name alone do, against going by identity number?", "linkage-by-number.yaml",
        "A wrong person is drawn from the same neighbourhood. At gates a town of 20,000 has one holder where the country has 70,589 "
        "of a name: whoever has the commonest name there meets some 1,780 listed namesakes (docs/verification.md, check 6).",
        second="linkage-by-name.yaml",
    ),
    Experiment(
        "gates", "How many gates help repayment before they harm it?", "no-gate.yaml",
        "That people perform the sooner the more is refused to them is an assumption (procedure.bite), so that exits rise restates an input; "
        "what a refused wish is worth and how often it is wished are assumptions as well. What can fail is the other side: work, debt, means.",
        steps=tuple(Step(f"{n} gates" if n > 1 else "1 gate", {"gate.joined": str(n)}) for n in (1, 2, 4, 6, 9, 12)),
        measures=("exits", "on a black list", "refusals", "payments missed", "could not pay", "out of work", "income", "support"),
    ),
    Experiment(
        "shame", "How local and how often does shaming work?", "nobody-shown.yaml",
        "The response is a reading of a field experiment in Chinese villages and of two abroad, and what share of an audience takes notice is ours alone. "
        "Stigma thins out as more of the neighbours are listed; where fewer than one in a hundred are, it hardly does.",
        steps=(
            Step("paper, few courts", {"public.readers": "0.05", "public.optional": "0.1"}),
            Step("paper, all courts", {"public.readers": "0.05", "public.optional": "1"}),
            Step("loudspeaker, few courts", {"public.neighbours": "0.6", "public.optional": "0.1"}),
            Step("loudspeaker, all courts", {"public.neighbours": "0.6", "public.optional": "1"}),
            Step("board that all read", {"public.neighbours": "1", "public.optional": "1"}),
        ),
        measures=("exits", "on a black list", "listings", "ties", "refusals", "support"),
    ),
    Experiment(
        "cities", "Carrot city against stick city: 28 of a hundred entries black, or 75?", "carrot-city",
        "The shares are those told of Wuhan and of Pudong; what their lists hold is on no record, so both lists are made up, with the same number "
        "of entries a year on both sides. In the model volunteering answers to being rewarded at all, not to how often.",
        second="stick-city",
    ),
    Experiment(
        "phases", "Rongcheng's two phases on one population with one stream of conduct: what did the change do?", "rongcheng-2013.yaml",
        "Points that the record does not give move nothing, and the first phase has more of them.",
        second="rongcheng-2019",
    ),
)  # fmt: skip

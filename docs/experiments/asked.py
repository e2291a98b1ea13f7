"""The experiments' questions: what is compared with what, and what an answer does not say."""

# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from glasstown.outcomes.counted import MEASURES, harm_of


@dataclass(frozen=True, slots=True)
class Step:
    """One more side of a series: a few words for it, and what it sets beyond the first side, or beyond another request.

    start   its first month, where that is not the first side's
    """

    label: str
    sets: Mapping[str, str] = field(default_factory=dict)
    of: str = ""
    start: str = ""


@dataclass(frozen=True, slots=True)
class Ratio:
    """So many times one sum of measures over another: a rate or a mean that a page derives, in tenths.

    harm   1 where more of it is harm, -1 where it is good
    """

    words: str
    over: tuple[str, ...]
    under: tuple[str, ...]
    times: int
    harm: int


@dataclass(frozen=True, slots=True)
class Experiment:
    """One question: its page, its words, its first side, and either a second one or a series of steps from the first.

    lead       what is set against what, in the sentence that answers
    answers    measures or ratios that the sentence tells; of a series each with the step that it is told of
    measures   of a series, those that its page shows
    ratios     what is derived from sums, by name; shown after the measures
    largest    measure or ratio of which the sentence says which step adds most against the step before
    start      first month of the first side, where it is not the latest of all
    months     most months that each side may have
    """

    name: str
    question: str
    first: str
    beware: str
    lead: str
    answers: tuple[tuple[str, str], ...]
    second: str = ""
    steps: tuple[Step, ...] = ()
    measures: tuple[str, ...] = ()
    ratios: Mapping[str, Ratio] = field(default_factory=dict)
    largest: str = ""
    start: str = ""
    months: int = 0

    def words(self, name: str) -> str:
        """Return what a measure or a ratio is called."""
        return self.ratios[name].words if name in self.ratios else MEASURES[name]

    def harm(self, name: str) -> int:
        """Return 1 where more of a measure or a ratio is harm, -1 where it is good, 0 where it is neither."""
        return self.ratios[name].harm if name in self.ratios else harm_of(name)

    def places(self, name: str) -> int:
        """Return how many digits behind the point its whole numbers stand for."""
        return 1 if name in self.ratios else 0


LIST = "cn-court-list-2017"
REASONS = {"filing.excluded": "0.1"}
"""as law-of-2018.yaml has it"""
NATIONAL = f"{LIST},cn-rail-list-2018,cn-air-list-2018"
OBJECTING = {"objection.share": "0.40"}
STAYING = {"cn-court-list-2017/lists/spc_dishonest/objection/stays": "true", "objection.stays": "1"}
"""of the list, whose rule says otherwise, and of spending orders, of which no rule is on record"""
EXPERIMENTS = (
    Experiment(
        "means", "Cannot pay against will not pay: what is a test of means before listing worth?", "spare-nobody.yaml",
        "The split between those who could pay and those who could not is not identified, nor are their rates of performing; "
        "the draws take both from their ranges, which hold the pairs that fit the mean stay alike. "
        "Who is spared comes under a spending order all the same.",
        lead="Finding all who could not pay and leaving them off the list, against listing whoever does not perform",
        answers=(("wrongful listings", ""), ("on a black list", "")),
        second="spare-all-unable.yaml",
    ),
    Experiment(
        "objection", "What is a right of objection worth, alone, with notice, and with notice and a stay?", "without-objection.yaml",
        "That four in ten object is the upper end of a range whose lower end is one in a hundred; how often wrong records are taken back "
        "is a transfer from the United States. No rulebook on file says that an objection suspends a listing.",
        lead="Against a list that nobody can object to",
        answers=(("wrongly listed", "and stay"), ("wrongly listed", "objection")),
        steps=(
            Step("objection", {**OBJECTING, "objection.stays": "0"}),
            Step("and notice", {**OBJECTING, "objection.stays": "0", "notice.delay_months": "1", "notice.skipped": "0"}),
            Step("and stay", {**OBJECTING, **STAYING, "notice.delay_months": "1", "notice.skipped": "0"}),
        ),
        measures=(
            "listings", "wrongful listings", "wrongly listed", "on a black list", "corrections", "exits", "refusals", "payments missed",
            "support",
        ),
    ),
    Experiment(
        "linkage", "What does going by name alone do, against going by identity number?", "linkage-by-number.yaml",
        "A wrong person is drawn from the same neighbourhood. At gates a town of 20,000 has one holder where the country has 70,589 "
        "of a name: whoever has the commonest name there meets some 1,780 listed namesakes (docs/verification.md, check 6).",
        lead="Going by name alone, against going by identity number",
        answers=(("wrong records", ""), ("barred unlisted", "")),
        second="linkage-by-name.yaml",
    ),
    Experiment(
        "gates", "How many gates help repayment before they harm it?", "no-gate.yaml",
        "That people perform the sooner the more is refused to them is an assumption (procedure.bite), so that exits rise restates an input; "
        "what a refused wish is worth and how often it is wished are assumptions as well. What can fail is the other side: work, debt, means.",
        lead="Against a list whose gates are all open",
        answers=(("recovered", "12 gates"), ("payments missed", "12 gates")),
        steps=tuple(Step(f"{n} gates" if n > 1 else "1 gate", {"gate.joined": str(n)}) for n in (1, 2, 4, 6, 9, 12)),
        measures=("exits", "recovered", "on a black list", "refusals", "payments missed", "could not pay", "out of work", "income", "support"),
    ),
    Experiment(
        "shame", "How local and how often does shaming work?", "nobody-shown.yaml",
        "The response is a reading of a field experiment in Chinese villages and of two abroad, and what share of an audience takes notice is ours alone. "
        "Stigma thins out as more of the neighbours are listed; where fewer than one in a hundred are, it hardly does.",
        lead="Against a list that nobody is shown",
        answers=(("exits", "board that all read"), ("ties", "board that all read")),
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
        lead="The stick city, against the carrot city",
        answers=(("offences", ""), ("good deeds", "")),
        second="stick-city",
    ),
    Experiment(
        "phases", "Rongcheng's two phases on one population with one stream of conduct: what did the change do?", "rongcheng-2013.yaml",
        "Points that the record does not give move nothing, and the first phase has more of them.",
        lead="Rongcheng's second phase, against its first",
        answers=(("records", ""), ("offences", "")),
        second="rongcheng-2019",
    ),
    Experiment(
        "pays", "Does listing make people pay: how much, how soon, against no list?", "no-scheme",
        "That people perform the sooner the more is refused to them, and that shame makes some of them pay, are assumptions with ranges; "
        "what can fail is how much is left of it where most who are called could not pay. How soon is told twice: by the cases performed when called, of "
        "those opened, and by the yuan recovered, times 12,000, over what is owed at each month's end, summed over the months. Debts from before the "
        "first month are in what is owed, and cases differ in size so much that a few of them move the yuan.",
        lead="Against no list",
        answers=(("of the cases", "the list"), ("at once", "the list"), ("how soon", "the list")),
        steps=(
            Step("the list", of=LIST),
            Step("no gate joined", of="no-gate.yaml"),
            Step("shown to nobody", of="nobody-shown.yaml"),
        ),
        measures=(
            "cases", "newly owed", "recovered", "written off", "owed", "performed", "could not pay", "payments missed", "out of work", "income",
        ),
        ratios={
            "of the cases": Ratio("cases performed in full, soon or late, of each 1,000 opened", ("performed",), ("cases",), 1000, -1),
            "at once": Ratio("cases performed in full when called, of each 1,000 opened", ("performed at once",), ("cases",), 1000, -1),
            "of what is owed": Ratio("yuan recovered for each 1,000 newly owed", ("recovered",), ("newly owed",), 1000, -1),
            "how soon": Ratio("yuan recovered a year of each 1,000 owed", ("recovered",), ("owed",), 12_000, -1),
        },
    ),
    Experiment(
        "deters", "Does a scheme deter beyond the law that it repeats, the more faithfully it is enforced?", "no-scheme",
        "Penalties and police are the same on all sides; what differs is how much of what is found out, by courts too, the scheme writes down, from nothing to "
        "everything (of what courts decide 0.3, the end of its range, where less of the rest is); with nothing written down, good deeds among it, no act differs from no scheme (make deter). That people fear what is written down is an assumption "
        "with a range, and so is how fast they learn what is. What is written down of good deeds stays as usual.",
        lead="Against no scheme, whose penalties are the same, with so much of what is found out written down",
        answers=(("offences", "the usual half"), ("offences", "all"), ("offences", "nothing")),
        steps=tuple(
            Step(
                label,
                {"rongcheng-2019/in_force/until": "unknown", "recording.dishonesty.rongcheng-2019": share, "recording.court.default": courts},
                of="rongcheng-2019",
            )
            for label, share, courts in (
                ("nothing", "0", "0"), ("1 in 20", "0.05", "0.3"), ("a quarter", "0.25", "0.3"), ("the usual half", "0.5", "0.5"), ("all", "1", "1"),
            )
        ),
        measures=("offences", "good deeds", "expression", "found out", "false reports", "records", "wrong records"),
    ),
    Experiment(
        "reforms", "What do the reforms of 2020 and of 2024 to 2026 change?", "law-of-2018.yaml",
        "The same people with the same luck live 16 months from September 2018, 2022 or 2026, so that the first side ends before the reform of January "
        "2020 and months of the year are the same. What differs is law alone: no economy, no pandemic and no campaign of a year is in it, nor the "
        "published fall of listings, which the courts' list tells. Of the reform of 2020 a town lives the reasons not to list, and how often somebody "
        "has one is on no record: one in ten here, where a town as it ships has none, and then the courts' law of all three years is one law. "
        "Periods of grace and the rules of repair are words to a town; below stands which.",
        lead="Against the law of 2018, on the same people",
        answers=(("listings", "courts, 2022"), ("listings", "courts, 2026"), ("firms: listings", "with firms' lists, 2022"), ("firms: listings", "with firms' lists, 2026")),
        start="2018-09",
        months=16,
        steps=(
            Step("courts, 2022", start="2022-09"),
            Step("courts, 2026", start="2026-09"),
            Step("with firms' lists, 2022", REASONS, f"{NATIONAL},cn-samr-lists-2021,cn-tax-credit-2022,cn-customs-2021", "2022-09"),
            Step(
                "with firms' lists, 2026", REASONS,
                f"{NATIONAL},cn-samr-lists-2021,cn-samr-repair-2025,cn-tax-credit-2025,cn-customs-2026,cn-credit-repair-2026", "2026-09",
            ),
        ),
        measures=(
            "listings", "wrongful listings", "on a black list", "exits", "under a burden", "refusals", "recovered", "firms: listings",
            "firms: exits", "firms: on a black list", "firms: under a burden",
        ),
    ),
    Experiment(
        "wrongly", "How many are listed wrongly, and which step of redress finds them?", "rights-none",
        "How often records are wrong, who objects and whom an office hears are on no record of China; rates of correction are a transfer from credit "
        "reports in the United States. The scenarios add one right after the other, so that what a step is worth is what it adds to those before it. "
        "Wrongly listed: held on the list by nothing but wrong records.",
        lead="Against a list without any right",
        answers=(("of the entries", "stay"), ("wrongly listed", "stay")),
        largest="wrongly listed",
        steps=tuple(
            Step(label, of=f"rights-{name}") for label, name in (
                ("notice", "notice"), ("objection", "objection"), ("reasons", "reasons"), ("hearing", "hearing"), ("review", "review"), ("stay", "stay"),
            )
        ),
        measures=(
            "listings", "wrongful listings", "on a black list", "wrongly listed", "records", "wrong records", "averted", "corrections",
            "refusals",
        ),
        ratios={
            "of the entries": Ratio("wrongful of each 1,000 entries on the black list", ("wrongful listings",), ("listings",), 1000, 1),
            "of the months": Ratio("wrongful of each 1,000 person-months on it", ("wrongly listed",), ("on a black list",), 1000, 1),
        },
    ),
)  # fmt: skip

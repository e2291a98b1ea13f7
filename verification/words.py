"""What each part of the verification compares, and what to make of its misses; numbers of ours stand in the tables alone."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "acts and detection": (
        "Acts are counts with a known mean, and what a detection, the launch and twice the certainty do to them is an "
        "equation. People who learn what being caught is worth believing do more than those who know it, since a "
        "month without being found out lowers belief more often than one with it raises it; that they do not come to "
        "the answer of those who know is no fault, but it is a property of the learning rule that no source measured."
    ),
    "what is feared": (
        "A scheme that writes nothing down changes nobody's conduct, and offences fall as more of what is found out is "
        "written down (`make deter`). Whom reports find is luck, and what a scheme answers may be a tenth of all offences, so "
        "all offences are held to fall over several towns."
    ),
    "filing": (
        "Shares of records that go wrong, delays and lengths of states are drawn from tables, and must come out as "
        "the tables say."
    ),
    "stocks and flows": (
        "Every stock is what it was, plus what came in, less what went out, in every month under every rulebook that "
        "scores people."
    ),
    "the listing machine": (
        "A list with one ground, one term and one way out has a stock, a stay and a wrongful share that can be worked "
        "out by hand."
    ),
    "names": (
        "Whoever goes by name alone meets as many listed namesakes as the name is common, and whoever goes by number "
        "meets none. A town has a small share of a country's holders of a name; the commonest name stands in the "
        "table as it would be in the whole country."
    ),
    "published figures": (
        "The shares of recording were turned until these counts of Rongcheng, Suining and Jinan came out, so most "
        "agreement here is no evidence. The share of Jinan's owners who came down to zero bounds what a missing licence "
        "costs them, so it is no evidence either; in larger towns it misses. Fewer come down to zero here, so those who "
        "lose points lose them again more seldom than they did there."
    ),
    "the flows of the courts' list": (
        "The courts' figures say of one another (the table further down) that one hazard does not carry over years: the "
        "exits of 2023, and the share that had performed by the end of 2018, ask for a lower one than those of 2024. The "
        "model has one hazard for all years in these towns. People are held against people: of the published counts the "
        "share of people is taken, told once in May 2018. The entries of 2024 were fitted to through the share of "
        "judgments that courts write down; those of 2025 were not. A list that begins empty and fills evenly is not the "
        "published one, so its stock, its exits and its stay stand beside theirs as context. "
        "Exits stay below entries while a list fills, where the courts' stood above them in 2024 and 2025: the "
        "published list was shrinking, and no steady town shrinks. The share that had performed after five years is "
        "counted where all other ways out are switched off. It is higher here, since entries come evenly here and "
        "came ever faster there; the published listings say the same of one another."
    ),
    "finding work with a flag": (
        "The chain of losing and finding jobs is lived as it is written. Its size is not known: Bos and others find 3 "
        "points, what Agan and Starr find implies fewer, Dobbie and others find almost none. The shipped value was "
        "chosen after the first, so it cannot agree with the last; what hangs on it is to be shown with 0 as well "
        "(`--set work.flagged=0`). The chance of losing a job was turned until those employed by others or looking are out "
        "of work as surveyed, with those among them whose business failed; of all who work or look fewer are, since the "
        "self-employed are counted too."
    ),
    "reports of others": (
        "The share of true reports that is accepted was turned until Shiyan's share of all reports came out; Nanchang and "
        "Britain ask for less, inside its range. How many reports are false is an assumption: the sources count what lacked "
        "proof among the rejected, so false and unproven is one thing there and two here. What a reward does to the mix does "
        "not depend on the level."
    ),
    "refused tickets": (
        "The number of refusals for a listed person-year was turned for (`gate.attempts_air`). The ratio of air to "
        "rail is what comes out where only the better seats are closed, as the rules have it, and whoever was refused "
        "may stop asking. Identities are counted where nobody stops. The count of July 2019 fits no earlier ratio, "
        "which speaks for a gate by rail that changed. Left open."
    ),
    "further published figures": (
        "Incomes are those of fifths, and how they differ inside a fifth was turned until a month that a town lives has the "
        "official coefficient of Gini; the fifths alone hide a part of it. An objection is granted more often where a "
        "record is wrong, and few are; that half of the appeals in Britain succeed may be because those who appeal "
        "choose what they appeal against, while here everybody objects to everything. Errors move fewer scores here "
        "than they moved in credit files of the United States: a file here has few records, and the shares of error a "
        "record come from elsewhere; that theirs hold more is our reading."
    ),
    "grades that schemes published": (
        "None of these is like for like. What Jiangsu and Suzhou published comes from yearly ratings before the "
        "points, of key firms or of one city; of the points the table is known only in part, and they begin at 9 of "
        "12, which is blue. So a town's firms stay blue: the rulebook knows too few items, and acts of firms here are "
        "seldom found out. Where only a veto is on record, the grades that come of points stay empty. Kenli is the "
        "one place that published counts of people by grade, and nothing of its points is known."
    ),
    "lending and being shut out": (
        "Below a score nobody lends, so nobody can show that he repays: without a way back everybody ends there. The "
        "rulebook says what a loan does to the score, who is shut out and that readmission sets back; no condition of "
        "a clause can say that a loan is made or repaid, so the check plays lender and borrower. The interpreter "
        "tells every life alike, and the engine lists and readmits in a town."
    ),
    "three rules elsewhere": (
        "Points with bounds, a grade by the points and a list by the grade, written once in OpenFisca-core and once "
        "as a rulebook, for the same records. Where OpenFisca-core cannot be installed this is not run, and stands in "
        "the table as that."
    ),
    "what would have saved them": (
        "Every change that `glasstown rescue` names is lived again, and every part of it, which must not have been "
        "enough."
    ),
    "the ODD page": "What was written from [the ODD page](odd.md) alone tells every life as the interpreter does.",
    "intervals of differences": (
        "Small towns of many seeds, six pairs a comparison. Where the pairs differ by nothing but luck, 95 % intervals of the "
        "mean difference exclude 0 in about one of twenty; where a lever is moved, they hold what it does to all seeds "
        "together. The same holds for each 100,000 of each income fifth, as `compare --by` tells them, where six seeds differ at all."
    ),
    "altered folders": (
        "A run's folder is altered at random: bits turned, files cut, removed or taken from another run, values of the "
        "manifest changed, checkpoints forged with the hash that fits. "
        "Each is asked everything; an answer that is not the true one comes with a word, or not at all."
    ),
}
"""By part of verification/run.py."""

"""How people lived in a run, in sentences: work and debt, reports and refusals, ties and support."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from glasstown.outcomes.measures import Accounts
from glasstown.render import words
from glasstown.render.findings import Finding
from glasstown.types import EntityKind

TITLES: Final[Mapping[EntityKind, str]] = {"person": "How people lived", "firm": "How firms fared"}


def lived_findings(accounts: Accounts) -> tuple[Finding, ...]:
    """Return what people, or firms, lived through, whatever rulebook is looked at; or why that is not told."""
    if why := accounts.why_not("firms" if accounts.kind == "firm" else "work"):
        return (Finding(f"Not told, since {why}."),)
    if accounts.kind == "firm":
        return tuple(Finding(text) for text in _fared(accounts))
    return tuple(
        Finding(text)
        for text in (
            _work(accounts),
            *_judged(accounts),
            _refused(accounts),
            *_closed(accounts),
            *_heard(accounts),
            _reported(accounts),
            *_thought(accounts),
        )
    )


def _fared(accounts: Accounts) -> list[str]:
    """Return how many firms are in distress or gone at the end, and the links that were cut."""
    people = accounts.series("people", "all")[-1]
    stressed, gone = (accounts.series("firms", item)[-1] for item in ("in distress", "gone"))
    cut = accounts.total("partners", "cut")
    return [
        f"At the end {words.percent(stressed, people)} of all firms are in distress and {words.percent(gone, people)} are gone.",
        f"{words.counted(cut, 'link')} to partners on a black list {words.noun(cut, 'was', 'were')} cut.",
    ]


def _work(accounts: Accounts) -> str:
    """Return who was out of work, in arrears or without means at the end."""
    employed, unemployed, owing, late, unable = (
        accounts.series(account, item)[-1]
        for account, item in (
            ("work", "employed"), ("work", "unemployed"), ("debt", "owing"), ("debt", "in arrears"), ("debt", "could not pay"),
        )
    )  # fmt: skip
    return (
        f"At the end {words.percent(unemployed, employed + unemployed)} of those who work for others or look for work "
        f"are out of work; of {words.count(owing)} who owe a bank, {words.percent(late, owing)} are in arrears; "
        f"{words.count(unable)} could not pay a judgment."
    )


def _judged(accounts: Accounts) -> list[str]:
    """Return the cases of courts, against whom they were, and what creditors had of them; nothing where there were none."""
    cases = sum(accounts.totals("cases").values())
    if not cases:
        return []
    unable, called, guarantors = (
        accounts.total("enforcement", item)
        for item in ("could not pay", "performed when called", "against a guarantor too")
    )
    ended = sum(accounts.total("enforcement", item) for item in ("performed in full", "settled", "discharged"))
    new, back, off = (accounts.total("judgments", item) for item in ("newly owed", "recovered", "written off"))
    owed, by_others = accounts.series("judgments", "owed")[-1], accounts.total("recovered", "from guarantors")
    return [
        f"Courts opened {words.counted(cases, 'case')} to enforce judgments; {words.count(unable)} of them against people "
        f"who could not pay, {words.count(guarantors)} against a guarantor too. "
        f"{words.count(called)} were paid when called, {words.count(ended)} ended later. Of {words.count(new)} yuan newly owed "
        f"and what was owed before, "
        f"{words.count(back)} were recovered, {words.count(by_others)} of them from guarantors, "
        f"and {words.count(off)} written off; {words.count(owed)} are owed at the end."
    ]


def _refused(accounts: Accounts) -> str:
    """Return the tickets refused and the trips not made."""
    air, rail = (accounts.total("refusals", f"{kind}-ticket") for kind in ("air", "rail"))
    not_made = accounts.total("trips", "not made")
    if not air + rail:
        return "No ticket was refused to anybody."
    return (
        f"{words.counted(air, 'air ticket')} and {words.counted(rail, 'rail ticket')} were refused; "
        f"{words.counted(accounts.total('trips', 'by a slower way'), 'trip')} went by a slower way, "
        f"{words.counted(not_made, 'was', 'were')} not made.{_others_refused(accounts)}"
    )


def _others_refused(accounts: Accounts) -> str:
    """Return how often the further gates refused something, the most frequent first; nothing where none did."""
    refused = {name: n for name, n in accounts.totals("refusals").items() if not name.endswith("-ticket")}
    if not refused:
        return ""
    told = [f"{name} {words.count(n)}" for name, n in sorted(refused.items(), key=lambda each: (-each[1], each[0]))]
    return f" Other gates refused {words.counted(sum(refused.values()), 'wish', 'wishes')}: {words.listed(told)}."


def _closed(accounts: Accounts) -> list[str]:
    """Return for how long gates were closed to people who did not stand on the list, and why; nothing where none were."""
    closed = accounts.totals("closed")
    told = [f"{words.count(n)} {name}" for name, n in closed.items()]
    if not told:
        return []
    return [f"Gates were closed to people who were not on the list themselves, in person-months: {words.listed(told)}."]


def _heard(accounts: Accounts) -> list[str]:
    """Return what notice and objections came to under the rulebook; nothing where nobody had either."""
    if accounts.why_not("redress"):
        return []
    given, left_out, objected, granted, suspended, averted = (
        accounts.total("redress", item)
        for item in ("notice given", "notice left out", "objected", "granted", "suspended", "averted")
    )
    if not given + left_out + objected:
        return []
    text = f"{words.counted(objected, 'record')} met an objection, of which {words.counted(granted, 'was', 'were')} granted"
    text += f", {words.count(averted)} of them before the record was made" if averted else ""
    text += f"; {words.counted(suspended, 'listing')} waited for the decision." if suspended else "."
    noticed = (
        f"{words.counted(given, 'was', 'were')} told before they were to be listed, "
        f"and {words.counted(left_out, 'was', 'were')} not. "
    )
    return [(noticed if given + left_out else "") + text]


def _reported(accounts: Accounts) -> str:
    """Return what came of reports of others, and the ties that broke."""
    told, true, false, believed = (
        accounts.total("reports", item) for item in ("true", "true and believed", "false", "false and believed")
    )
    return (
        f"People reported others {words.counted(told + false, 'time')}. Of true reports {words.counted(true, 'was', 'were')} "
        f"accepted; {words.counted(false, 'report was', 'reports were')} false, and {_believed(false, believed)}. "
        f"Those on black lists lost {words.counted(accounts.total('ties', 'lost'), 'tie')}."
    )


def _believed(false: int, believed: int) -> str:
    if false == 1:
        return "it was believed" if believed else "it was not believed"
    return f"{words.count(believed)} of them believed"


def _thought(accounts: Accounts) -> list[str]:
    """Return how support moved from the first month to the last, as said and as thought; nothing where there is no scheme."""
    if accounts.why_not("support"):
        return []
    said, thought = accounts.series("support", "stated"), accounts.series("support", "private")
    return [
        f"{words.counted(said[-1], 'adult says', 'adults say')} that the scheme is right "
        f"({words.count(said[0])} in the first month), and {words.counted(thought[-1], 'thinks', 'think')} so."
    ]

"""What the rules of a run got in the town and what they cost it: the sentences that its page begins with.

What is zero is left out.  Levels hang on assumptions, which stand beside the number that they move.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from glasstown.outcomes import measures
from glasstown.outcomes.measures import Accounts
from glasstown.outcomes.opened import TownRun
from glasstown.render import findings, words
from glasstown.render.findings import KIND_WORDS
from glasstown.render.hangs import hangs_on, hangs_on_wrong, wrong_ways

CLOSED_WORDS: Final = {
    "by a namesake's listing": "for a namesake's listing",
    "by a member of the household": "for somebody in the household",
    "by an old copy": "as an office had not yet updated its copy",
}
MOST_GATES: Final = 4
"""gates named in a sentence"""
NOT_TOLD: Final = "How people lived is not told, since {why}."


def kept_accounts(runs: Sequence[TownRun]) -> list[tuple[TownRun, Accounts]]:
    """Return the accounts of everybody of whom a rulebook keeps records, rulebook by rulebook."""
    return [(run, each) for run in runs for each in run.accounts.values() if not each.why_not("records") and each.dates]


def done(runs: Sequence[TownRun]) -> list[str]:
    """Return what was done in the town, and what of it was found out and written down; nothing where nothing was done."""
    return [text for accounts in runs[0].accounts.values() for text in _done(runs, accounts)]


def got(runs: Sequence[TownRun]) -> list[str]:
    """Return what came of the rules: what creditors got, what people say of the scheme; nothing where there is none of it."""
    people = _lives(runs)
    return [] if people is None else [*_judged(runs[0], people), *_thought(runs, people)]


def cost(runs: Sequence[TownRun]) -> list[str]:
    """Return what went wrong, what was refused and to whom, what broke; nothing where there is none of it."""
    told = [*_wrong(runs), *_wrongly_listed(runs), *_fined(runs), *_redress(runs)]
    people = _lives(runs)
    if people is not None:
        told += [*_refused(runs[0], people), *_closed(people), *_reported(runs[0], people), *_ties(runs[0], people)]
    return [*told, *_firms(runs[0]), *_expression(runs)]


def not_lived(runs: Sequence[TownRun]) -> list[str]:
    """Return why nothing is told of how people lived; nothing where it is."""
    why = runs[0].accounts["person"].why_not("work") if "person" in runs[0].accounts else None
    return [NOT_TOLD.format(why=why)] if why else []


def _lives(runs: Sequence[TownRun]) -> Accounts | None:
    """Return the accounts of people where their lives are lived and a month is over."""
    people = runs[0].accounts.get("person")
    return None if people is None or not people.dates or people.why_not("work") else people


def _done(runs: Sequence[TownRun], accounts: Accounts) -> Iterator[str]:
    """Yield what was done, found out and written down of people, or of firms."""
    if not accounts.dates:
        return
    run, noun = runs[0], words.first_up(KIND_WORDS[accounts.kind])
    offences, deeds = (_acts(run, accounts, "acts", tone) for tone in ("offence", "good deed"))
    seen_offences, seen_deeds = (_acts(run, accounts, "detections", tone) for tone in ("offence", "good deed"))
    if not offences + deeds:
        return
    kept = [each for _, each in kept_accounts(runs) if each.kind == accounts.kind]
    records = sum(measures.truth(each).written for each in kept)
    made = f"; {words.counted(records, 'record was', 'records were')} made of these" if records else ""
    hazard = "hazard.*" if accounts.kind == "person" else "hazard.k0"
    told = [
        *_deeds("committed", "offence", offences, seen_offences, "found out"),
        *_deeds("did", "good deed", deeds, seen_deeds, "seen"),
    ]
    yield f"{noun} {', and '.join(told)}{hangs_on(run, hazard)}{made}."


def _deeds(verb: str, what: str, done: int, seen: int, how: str) -> Iterator[str]:
    """Yield how often something was done, and how often it is known: `did 3 good deeds, of which 1 was seen`; nothing of none."""
    if done == 1:
        yield f"{verb} 1 {what}, which {'was' if seen else 'was not'} {how}"
    elif done:
        yield f"{verb} {words.counted(done, what)}, of which {words.counted(seen, 'was', 'were') if seen else 'none was'} {how}"


def _acts(run: TownRun, accounts: Accounts, account: str, tone: str) -> int:
    return sum(accounts.total(account, each.id) for each in run.acts.classes if each.tone == tone)


def _judged(run: TownRun, people: Accounts) -> Iterator[str]:
    """Yield the cases of courts, against whom they were, and what creditors had of them; nothing where there were none."""
    cases = sum(people.totals("cases").values())
    if not cases:
        return
    unable, called, guarantors = (
        people.total("enforcement", item)
        for item in ("could not pay", "performed when called", "against a guarantor too")
    )
    back, off = (people.total("judgments", item) for item in ("recovered", "written off"))
    owed, by_others = people.series("judgments", "owed")[-1], people.total("recovered", "from guarantors")
    sides = [
        f"{words.count(n)} {of}"
        for n, of in ((unable, "of them against people who could not pay"), (guarantors, "against a guarantor too"))
        if n
    ]
    against = "".join(f", {each}" for each in sides)
    of_guarantors = f", {words.count(by_others)} of them from guarantors," if by_others else ""
    yield (
        f"Courts opened {words.counted(cases, 'case')} to enforce judgments{against}{hangs_on(run, 'judgment.arrears')}. "
        f"{'None' if not called else words.count(called)} {words.noun(called or 1, 'was', 'were')} paid when called"
        f"{hangs_on(run, 'judgment.pays_when_called')}. {_yuan(back, of_guarantors, off, owed)}"
    )


def _yuan(back: int, of_guarantors: str, off: int, owed: int) -> str:
    """Return what creditors had back and let go, and what is owed at the end, without zeros."""
    recovered = f"recovered {words.count(back)} yuan{of_guarantors}" if back else "recovered nothing"
    let_go = f" and wrote off {words.count(off)}{'' if back else ' yuan'}" if off else ""
    still = (
        f"{words.counted(owed, 'yuan', 'yuan')} {words.noun(owed, 'is', 'are')} still owed"
        if owed
        else "nothing is owed"
    )
    return f"Creditors {recovered}{let_go}; {still} at the end."


def _thought(runs: Sequence[TownRun], people: Accounts) -> Iterator[str]:
    """Yield how many find the scheme right in public and in private; nothing where there is no scheme."""
    if people.why_not("support"):
        return
    said, thought = (people.series("support", item) for item in ("stated", "private"))
    if not any(said):
        return
    now = words.counted(said[-1], "adult says", "adults say") if said[-1] else "No adult says"
    first = words.count(said[0]) if said[0] else "none"
    so = words.counted(thought[-1], "thinks", "think") if thought[-1] else "nobody thinks"
    yield (
        f"{now} in public that the scheme is right ({first} in the first month); in private {so} so"
        f"{hangs_on(runs[0], 'support.falsified')}."
    )


def _wrong(runs: Sequence[TownRun]) -> Iterator[str]:
    """Yield how many records are wrong and how, under all rulebooks together, and how many were put right."""
    kept = kept_accounts(runs)
    found = [measures.truth(accounts) for _, accounts in kept]
    written, wrong = sum(each.written for each in found), sum(each.wrong for each in found)
    granted = sum(accounts.total("corrections", "granted") for _, accounts in kept)
    if not wrong:
        return
    accounts_kept = [accounts for _, accounts in kept]
    told = [(n, words.TRUTH_WORDS[name]) for name, n in wrong_ways(accounts_kept)]
    if len(told) == 1:
        how = f", {'all of them ' if wrong > 1 else ''}{told[0][1]}"
    else:
        how = f": {words.listed([f'{words.count(n)} {said}' for n, said in told])}"
    back = (
        f" {words.counted(granted, 'record was', 'records were')} taken back." if granted else " None was taken back."
    )
    yield (
        f"{words.counted(wrong, 'record', 'records')} of {words.count(written)} ({words.percent(wrong, written)}{_by_kind(kept)}) "
        f"{words.noun(wrong, 'is', 'are')} wrong{how}{hangs_on_wrong(runs[0], accounts_kept)}.{back}"
    )


def _by_kind(kept: Sequence[tuple[TownRun, Accounts]]) -> str:
    """Return how many records of people, and how many of firms, are wrong; nothing where all are of one kind."""
    told = []
    for kind, noun in KIND_WORDS.items():
        found = [measures.truth(accounts) for _, accounts in kept if accounts.kind == kind]
        written, wrong = sum(each.written for each in found), sum(each.wrong for each in found)
        if written:
            told.append(f"{words.count(wrong) if wrong else 'none'} of {words.count(written)} of {noun}")
    return f"; {words.listed(told)}" if len(told) > 1 else ""


def _wrongly_listed(runs: Sequence[TownRun]) -> Iterator[str]:
    """Yield how many entries on black lists nothing but wrong records brought about; nothing where none."""
    entries, wrongly = 0, []
    for run, accounts in kept_accounts(runs):
        black = [rule.id for rule in run.book.lists if rule.colour == "black"]
        entries += sum(accounts.total("list_in", each) for each in black)
        if n := sum(accounts.total("list_in_wrong", each) for each in black):
            wrongly.append((accounts, n))
    if wrong := sum(n for _, n in wrongly):
        share = words.percent(wrong, entries)
        came = words.noun(wrong, "is a wrongful listing", "are wrongful listings")
        yield (
            f"{words.count(wrong)} of {words.counted(entries, 'entry', 'entries')} on black lists ({share}) {came}, which "
            f"nothing but wrong records brought about{hangs_on_wrong(runs[0], [each for each, _ in wrongly])}."
        )


def _fined(runs: Sequence[TownRun]) -> Iterator[str]:
    yuan = sum(sum(accounts.totals("fines").values()) for _, accounts in kept_accounts(runs))
    if yuan:
        yield f"Fines came to {words.count(yuan)} yuan."


def _redress(runs: Sequence[TownRun]) -> Iterator[str]:
    """Yield what notice and objections came to; nothing where nobody had either."""
    kept = [accounts for _, accounts in kept_accounts(runs) if not accounts.why_not("redress")]
    given, left_out, objected, granted, suspended, averted = (
        sum(accounts.total("redress", item) for accounts in kept)
        for item in ("notice given", "notice left out", "objected", "granted", "suspended", "averted")
    )
    if given + left_out:
        hang = hangs_on(runs[0], "notice.skipped") if left_out else ""
        told = [f"{words.count(n)} had {what}" for n, what in ((given, "notice"), (left_out, "none")) if n]
        yield (
            f"Of those about to be listed, {' and '.join(told)}{hang}."
            if given
            else f"Nobody about to be listed had notice{hang}."
        )
    if objected:
        waited = f"; {words.counted(suspended, 'listing')} waited for the decision" if suspended else ""
        hang = hangs_on(runs[0], "objection.share")
        made = words.counted(objected, "objection was", "objections were")
        yield f"{made} made{hang}: {_decided(objected, granted, averted)}{waited}."


def _decided(objected: int, granted: int, averted: int) -> str:
    """Return what became of objections, parts that add up: refused, granted before the record was made, granted after."""
    refused, later = objected - granted, granted - averted
    when = [f"{words.count(n)} {said} the record was made" for n, said in ((averted, "before"), (later, "after")) if n]
    sole = f"{'before' if averted else 'after'} the record was made"
    of = sole if not (averted and later) else f"{words.listed(when)}"
    won = f"{words.count(granted)} {words.noun(granted, 'was', 'were')} granted, {of}"
    if not granted:
        return "it was refused" if objected == 1 else "all were refused"
    if not refused:
        return f"it was granted, {of}" if objected == 1 else f"all were granted, {of}"
    return f"{words.count(refused)} {words.noun(refused, 'was', 'were')} refused and {won}"


def _refused(run: TownRun, people: Accounts) -> Iterator[str]:
    """Yield the requests that closed gates refused, the most frequent first, and the trips that came of it."""
    refused = Counter(people.totals("refusals"))
    if not refused:
        return
    told = [f"{words.count(n)} for {words.GATE_WORDS.get(gate, gate)}" for gate, n in refused.most_common(MOST_GATES)]
    if more := sum(n for _, n in refused.most_common()[MOST_GATES:]):
        told.append(f"{words.count(more)} for something else")
    slower, not_made = (people.total("trips", item) for item in ("by a slower way", "not made"))
    ways = [f"{words.counted(slower, 'trip was', 'trips were')} made a slower way" if slower else ""]
    ways += [f"{words.counted(not_made, 'trip was', 'trips were')} not made at all" if not_made else ""]
    trips = f" {words.first_up(words.listed([way for way in ways if way]))}." if slower + not_made else ""
    total = sum(refused.values())
    yield (
        f"{words.counted(total, 'request was', 'requests were')} refused"
        f"{hangs_on(run, 'gate.attempts_air', 'gate.attempts_rail')}: {words.listed(told)}.{trips}"
    )


def _closed(people: Accounts) -> Iterator[str]:
    """Yield for how long gates were closed to people who stood on no list, and why; nothing where none were."""
    told = [f"{words.count(n)} {CLOSED_WORDS.get(name, name)}" for name, n in people.totals("closed").items()]
    if told:
        yield f"Gates were closed to people on no list, counted in person-months: {words.listed(told)}."


def _reported(run: TownRun, people: Accounts) -> Iterator[str]:
    """Yield what came of reports of others; nothing where nobody reported anybody."""
    told, true, false, believed = (
        people.total("reports", item) for item in ("true", "true and believed", "false", "false and believed")
    )
    if not told + false:
        return
    wrongly = f"; {words.counted(false, 'report was', 'reports were')} false" if false else ""
    taken = f", {words.count(believed)} of them believed" if believed else ""
    accepted = words.counted(true, "true report was", "true reports were") if true else "no true report was"
    hang = hangs_on(run, "inform.false_share") if false else ""
    yield f"People reported others {words.times(told + false)}; {accepted} accepted{wrongly}{taken}{hang}."


def _ties(run: TownRun, people: Accounts) -> Iterator[str]:
    if lost := people.total("ties", "lost"):
        yield f"Those on black lists lost {words.counted(lost, 'tie')} to others{hangs_on(run, 'ties.cut')}."


def _firms(run: TownRun) -> Iterator[str]:
    """Yield what became of firms; nothing where there are none, or none is touched."""
    firms = run.accounts.get("firm")
    if firms is None or not firms.dates:
        return
    if why := firms.why_not("firms"):
        yield f"How firms fared is not told, since {why}."
        return
    everybody = firms.series("people", "all")[-1]
    stressed, gone = (firms.series("firms", item)[-1] for item in ("in distress", "gone"))
    cut = firms.total("partners", "cut")
    states = [(stressed, "are in distress"), (gone, "have gone under")]
    told = [f"{words.percent(n, everybody)} {state}" for n, state in states if n]
    links = (
        f"{words.counted(cut, 'link')} to partners on a black list {words.noun(cut, 'was', 'were')} cut" if cut else ""
    )
    hang = hangs_on(run, "firm.stressed_per_month") if told else ""
    ended = f"Of firms, {words.listed(told)} at the end{hang}" if told else ""
    if said := "; ".join(each for each in (ended, links) if each):
        yield f"{said}."


def _expression(runs: Sequence[TownRun]) -> Iterator[str]:
    """Yield how much lawful expression there was, how much of it was seen, and whether a rulebook took points for it."""
    for accounts in runs[0].accounts.values():
        if not accounts.dates:
            continue
        for each in runs[0].acts.classes:
            done, seen = accounts.total("acts", each.id), accounts.total("detections", each.id)
            if each.tone == "lawful expression" and each.kind == accounts.kind and done:
                yield (
                    f"{words.first_up(each.label)} (no offence): {words.counted(done, 'act')}, "
                    f"{words.count(seen) if seen else 'none'} seen, {_answered(runs, accounts)}."
                )


def _answered(runs: Sequence[TownRun], accounts: Accounts) -> str:
    """Return what rulebooks made of lawful expression."""
    n = 0
    for run, each in kept_accounts(runs):
        if each.kind == accounts.kind:
            n += sum(row.tally.records for row in findings.clause_rows(run, each) if row.is_expression)
            n += sum(row.times for row in findings.unknown_rows(run, each) if row.is_expression)
    return f"{words.counted(n, 'record')} of them" if n else "no record of them"

"""`glasstown lives`."""

from __future__ import annotations

from typing import Annotated

import typer

from glasstown.cli.options import Json, RunFolder, number, whole
from glasstown.cli.output import finish, progress


def _asks(words: str, metavar: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(metavar=metavar, help=words)
    return option


def _is(words: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(help=words)
    return option


def lives(
    run: RunFolder,
    fifth: Annotated[str | None, number("In this fifth by income: 1 is the poorest, 5 the richest.")] = None,
    age: Annotated[str | None, _asks("Of this age at the end, or between two, such as 30-44.", "AGE")] = None,
    sex: Annotated[str | None, _asks("Of this sex.", "female|male")] = None,
    town: Annotated[str | None, _asks("In town, or in the countryside.", "urban|rural")] = None,
    work: Annotated[str | None, _asks("With this work, such as self-employed.", "WORK")] = None,
    grade: Annotated[str | None, _asks("Who end the run in this grade.", "GRADE")] = None,
    list_: Annotated[str | None, typer.Option("--list", metavar="LIST", help="Once on this list.")] = None,
    listed: Annotated[bool, _is("Once on a black list.")] = False,
    wrongly_listed: Annotated[bool, _is("Put on a black list by nothing but wrong records.")] = False,
    wrong_record: Annotated[bool, _is("With a record that is wrong.")] = False,
    corrected: Annotated[bool, _is("Who had a record taken back.")] = False,
    refused: Annotated[str | None, _asks("Refused something at this gate, such as air-ticket or air.", "GATE")] = None,
    could_not_pay: Annotated[bool, _is("Who owed by judgment what they could not pay.")] = False,
    in_arrears: Annotated[bool, _is("So late that creditors could go to court.")] = False,
    guarantor: Annotated[bool, _is("Sued for the debt of somebody else.")] = False,
    bankrupt: Annotated[bool, _is("Declared bankrupt.")] = False,
    out_of_work: Annotated[bool, _is("Once out of work.")] = False,
    firm: Annotated[bool, _is("Firms, not people.")] = False,
    size: Annotated[str | None, _asks("Firms of this size.", "SIZE")] = None,
    went_under: Annotated[bool, _is("Firms that went under.")] = False,
    in_distress: Annotated[bool, _is("Firms that end the run in distress.")] = False,
    under: Annotated[
        str | None, typer.Option(metavar="RULEBOOK", help="Under this one of the run's rulebooks alone.")
    ] = None,
    most: Annotated[str | None, number("Show so many at the most.  [default: 10]")] = None,
    as_json: Json = False,
) -> None:
    """Find synthetic people of a run by what befell them; all that is asked must fit.

    Each is told in words, with the command that opens the life. What this run's rulebooks do not have is refused with what they
    have. Neighbourhoods are lived again until enough are found.

    \b
    Examples:
      glasstown lives runs/court --wrongly-listed --could-not-pay
      glasstown lives runs/court --refused air --fifth 1
      glasstown lives runs/suining-2010-1 --grade D --most 3
    """
    from glasstown import api

    with progress("Looking", "neighbourhoods") as report:
        answer = api.lives(
            run, fifth=whole(fifth, "--fifth") if fifth is not None else None, age=age, sex=sex, town=town, work=work,
            grade=grade, list=list_, listed=listed, wrongly_listed=wrongly_listed, wrong_record=wrong_record,
            corrected=corrected, refused=refused, could_not_pay=could_not_pay, in_arrears=in_arrears,
            guarantor=guarantor, bankrupt=bankrupt, out_of_work=out_of_work, firm=firm, size=size,
            went_under=went_under, in_distress=in_distress, under=under,
            most=whole(most, "--most") if most is not None else None, progress=report,
        )  # fmt: skip
    finish(answer, as_json=as_json)

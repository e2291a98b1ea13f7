"""The part of the Python interface that begins with the folder of a run: going on with it, reading it, and passing it on.

`api` has these functions too, and is where they are used from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glasstown.incoming import path_of
from glasstown.runs.arguments import Agree, Reference, asked, folder_of, text_of
from glasstown.types import EntityKind, Progress

if TYPE_CHECKING:
    from glasstown.answers.archive import Archived
    from glasstown.answers.life import Lived
    from glasstown.answers.lives import Lives
    from glasstown.answers.query import Asked, Written
    from glasstown.answers.rescue import Listed, Rescued
    from glasstown.answers.run import Town
    from glasstown.answers.unpack import Unpacked
    from glasstown.explorer.published import Published


@asked
def archive(run: Reference, *, out: Reference | None = None) -> Archived:
    """Pack a finished run into one file with checksums and a citation, by default beside its folder; the same run, the same bytes.

    In the package it is called `pack`: `glasstown.archive` is the room of rulebooks.

    >>> _ = glasstown.run("suining-2010", people=300, months=6, out="packed")
    >>> glasstown.pack("packed").packed.file.name
    'packed.tar'
    """
    from glasstown.answers.archive import archived

    return archived(path_of(run), folder_of(out))


@asked
def unpack(file: Reference, folder: Reference | None = None) -> Unpacked:
    """Write the run in an archive into a new folder, by default named as the file, after every checksum was found right.

    >>> town = glasstown.run("suining-2010", people=300, months=6, out="sent")
    >>> archive = glasstown.pack("sent", out="sent.tar").packed.file
    >>> glasstown.unpack(archive, "received").manifest.digest == town.result.values["digest"]
    True
    """
    from glasstown.answers.unpack import unpacked

    return unpacked(path_of(file), folder_of(folder))


@asked
def rescue(
    folder: Reference, person: int | None = None, *, under: Reference | None = None, firm: bool = False
) -> Rescued | Listed:
    """Return what would have kept a person of a run off the black lists; without one, who ends the run on one.

    The number is a person's; with `firm`, and where only firms are scored, a firm's.
    """
    from glasstown.answers.rescue import rescued

    return rescued(path_of(folder), person, text_of(under), "firm" if firm else None)


@asked
def resume(
    folder: Reference, *, trust_mechanism: str | None = None, all: bool = False, progress: Progress | None = None
) -> Town:
    """Go on with an interrupted run to the result it would have had; of a finished one that is whole, return the result.

    `trust_mechanism` is the SHA-256 of the mechanism in it, where somebody else made the run and you have read its code.
    `all` tells every clause, measure and fitted number of it.

    >>> town = glasstown.run("suining-2010", people=300, months=6, out="whole")
    >>> glasstown.resume("whole").result.values["digest"] == town.result.values["digest"]
    True
    """
    from glasstown.answers.run import Town
    from glasstown.runs.session import resume_town, trust_in

    trust_in(path_of(folder), trust_mechanism)
    result = resume_town(path_of(folder), progress)
    return Town(result, result.folder, is_whole=all)


@asked
def life(
    run: Reference, person: int | str, *, verify: bool = False, firm: bool = False, under: Reference | None = None
) -> Lived:
    """Return one synthetic life of a run, clause by clause; `verify` lays both readings and the run side by side.

    The number is a person's; with `firm`, and where only firms are scored, a firm's.  `under` tells it under one rulebook alone.
    A person's number is a place in a household: "7.0" is who lived there first, and 7 who does at the end.

    >>> _ = glasstown.run("suining-2010", people=300, months=6, out="lived")
    >>> glasstown.life("lived", 7, verify=True).exit_code  # both readings and the run agree
    0
    """
    from glasstown.answers.life import lived
    from glasstown.runs.usage import tenant_of

    place, tenant = tenant_of(str(person))
    return lived(path_of(run), place, "firm" if firm else None, text_of(under), verify=verify, tenant=tenant)


@asked
def lives(
    run: Reference,
    *,
    fifth: int | None = None,
    age: str | None = None,
    sex: str | None = None,
    town: str | None = None,
    work: str | None = None,
    grade: str | None = None,
    list: str | None = None,
    listed: bool = False,
    wrongly_listed: bool = False,
    wrong_record: bool = False,
    corrected: bool = False,
    refused: str | None = None,
    could_not_pay: bool = False,
    in_arrears: bool = False,
    guarantor: bool = False,
    bankrupt: bool = False,
    out_of_work: bool = False,
    firm: bool = False,
    size: str | None = None,
    went_under: bool = False,
    in_distress: bool = False,
    under: Reference | None = None,
    most: int | None = None,
    progress: Progress | None = None,
) -> Lives:
    """Return the synthetic people of a run, or firms, who fit all that is asked, by number: the first ten, or `most`.

    What this run's rulebooks do not have, such as a grade of another scheme, is refused with what they have.

    >>> _ = glasstown.run("suining-2010", people=300, months=6, out="looked")
    >>> glasstown.lives("looked", grade="D", fifth=1).found.in_all
    0
    """
    from glasstown.answers.lives import found_lives

    questions = {
        "fifth": fifth, "age": age, "sex": sex, "town": town, "work": work, "size": size, "grade": grade, "list": list,
        "listed": listed, "wrongly_listed": wrongly_listed, "wrong_record": wrong_record, "corrected": corrected,
        "refused": refused, "could_not_pay": could_not_pay, "in_arrears": in_arrears, "guarantor": guarantor,
        "bankrupt": bankrupt, "out_of_work": out_of_work,
        "went_under": went_under, "in_distress": in_distress,
    }  # fmt: skip
    kind: EntityKind = "firm" if firm else "person"
    return found_lives(path_of(run), questions, text_of(under), kind, most, progress)


@asked
def report(
    run: Reference, *, life: int | None = None, out: Reference | None = None, under: Reference | None = None
) -> Written:
    """Write a run as one self-contained HTML file and return where it lies.

    `under` names the rulebook to tell where a run has several; all by default.

    >>> _ = glasstown.run("suining-2010", people=300, months=6, out="told")
    >>> glasstown.report("told", out="told.html").report.name
    'told.html'
    """
    from glasstown.answers.query import Written
    from glasstown.render.report import write_report

    folder = path_of(run)
    return Written(folder, write_report(folder, life, folder_of(out), under=text_of(under)))


@asked
def query(run: Reference, sql: str) -> Asked:
    """Return the answer to one selecting statement over a run's tables.

    >>> _ = glasstown.run("suining-2010", people=300, months=6, out="asked")
    >>> dict(glasstown.query("asked", "select count(distinct month) as months from months").columns())
    {'months': [6]}
    """
    from glasstown.answers.query import Asked
    from glasstown.storage.folder import RunFolder

    folder = RunFolder.open(path_of(run))
    folder.say_how_far()
    folder.check_whole()
    from glasstown.storage.store import query as ask  # only now: a run that is not whole needs no DuckDB

    return Asked(folder.path, sql, ask(folder, sql))


@asked
def publish(
    run: Reference,
    folder: Reference,
    *,
    lives: int | None = None,
    alone: bool = False,
    size: bool = False,
    agree: Agree | None = None,
    progress: Progress | None = None,
) -> Published:
    """Write the explorer's pages of one run as files that open from a disk and under any address; with `size` only count them.

    `lives` is how many lives are among them at most (200); `alone` leaves out stories and papers, which are of other towns.
    `agree` is told the size before anything is written, and says whether it is.  It needs the extra `explore`.
    """
    from glasstown.explorer.published import published

    return published(path_of(run), path_of(folder), lives, is_asked=size, alone=alone, agree=agree, progress=progress)

"""The door for commands: a survey's answers are published through the gate, written, put on record, and let out."""

import getpass
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from admin_scripts.database import connected
from admin_scripts.disclosure.breakdown import BreakdownRefused
from admin_scripts.disclosure.differences import Base, bases_of, grown, sizes_in
from admin_scripts.disclosure.fingerprint import sealed
from admin_scripts.disclosure.gate import Wanted, publish
from admin_scripts.disclosure.rules import Rules
from admin_scripts.files import Writer, in_place
from admin_scripts.microdata.loading import load_dataset
from admin_scripts.publication import Publication
from admin_scripts.refusal import Refused
from admin_scripts.screen import say
from storage.engine import snapshot, transaction
from storage.register import participants
from storage.releases import Kind, Release, list_releases, log_release
from storage.surveys import State, Survey, get_survey

Making = Callable[[Publication], Mapping[Path, Writer]]
"""What writes the files of a publication."""


async def release(
    name: str, wanted: Wanted, making: Making, rules: Rules | None = None
) -> tuple[Publication, tuple[Path, ...]]:
    """Write what may be published of the survey of this name: that, and the paths of the files.

    Refused if it would tell what few people have said, and said aloud where the next one could.
    All is written before it is on record, and on record before any of it is in its place: what fails is no release.
    """
    async with connected() as (engine, settings):
        async with snapshot(engine) as connection:
            survey = await get_survey(connection, name)
            publication = await published(connection, name, wanted, rules)
            publication = replace(publication, data_hash=sealed(publication.data_hash, settings.secret_key()))
            refuse_few(publication)
            earlier = await list_releases(connection, survey.id)
            refuse_differences(publication, earlier)
            refuse_second_breakdown(publication, earlier)
        files = making(publication)
        with in_place() as placed:
            for place, write in files.items():
                write(placed(place))
            async with transaction(engine) as connection:
                refuse_differences(publication, await list_releases(connection, survey.id))  # those made meanwhile
                await log_release(connection, survey.id, release_of(publication, wanted, _today()))
    for sentence in cautions(survey, publication, datetime.now(UTC)):
        say(sentence)
    return publication, tuple(files)


async def published(connection: AsyncConnection, name: str, wanted: Wanted, rules: Rules | None = None) -> Publication:
    """What may be published of the survey of this name, without looking at earlier releases."""
    dataset = await load_dataset(connection, name)
    people = [one.person for one in await participants(connection, dataset.survey.id)]
    names = frozenset(told for one in people for told in (one.name, one.person_id))
    try:
        return publish(dataset, Wanted(wanted.by, wanted.weights, wanted.cells, names), rules)
    except BreakdownRefused as refused:
        raise Refused(str(refused)) from refused


def refuse_few(publication: Publication) -> None:
    """Refused if there is nothing to tell yet: so that nothing is on record which would stand in the way later."""
    if publication.responses < publication.k:
        have = "1 person has" if publication.responses == 1 else f"{publication.responses} people have"
        raise Refused(
            f"So far {have} answered, and nothing is told of fewer than {publication.k}. Nothing was written."
        )


def refuse_second_breakdown(publication: Publication, earlier: Iterable[Release]) -> None:
    """Refused if earlier results have other groups: where one group lies in another, the rest may be one person."""
    others = {str(release.options.get("by") or "") for release in earlier if release.kind is Kind.PUBLISHED}
    others -= {"", publication.by}
    if publication.by and others:
        raise Refused(
            f"Results by {', '.join(sorted(others))} are on record. Who sets two break-downs against each other may"
            " learn what few people have said: publish one only, or this without --by. Nothing was written."
        )


def cautions(survey: Survey, publication: Publication, now: datetime) -> Iterator[str]:
    """What a coordinator has to know before the next release."""
    if survey.state(now) is State.OPEN:
        yield (
            "The survey is still open. This is on record as published: the next results follow when every figure has"
            f" at least {publication.k} more answers, or the same ones. Better publish once, after the close."
        )


def refuse_differences(publication: Publication, earlier: Iterable[Release]) -> None:
    """Refused if it differs from an earlier release by so few people that the difference would be their answers."""
    bases = bases_of(publication)
    for release in earlier:
        if release.kind is Kind.PUBLISHED and release.data_hash != publication.data_hash:
            few = grown(sizes_in(_bases_in(release.bases)), bases, publication.k)
            if few or release.responses == publication.responses:
                raise Refused(_why(release, publication, few))


def release_of(publication: Publication, wanted: Wanted, day: date) -> Release:
    """The line of the log."""
    options = {"by": wanted.by, "weights": wanted.weights, "cells": wanted.cells, "k": publication.k}
    told = [[variable, by, sorted(codes), number] for (variable, by, codes), number in bases_of(publication).items()]
    return Release(day, Kind.PUBLISHED, _who(), "", publication.responses, publication.data_hash, options, told)


def _bases_in(told: Sequence[Sequence[Any]]) -> dict[Base, int]:
    return {(variable, by, frozenset(codes)): number for variable, by, codes, number in told}


def _why(release: Release, publication: Publication, few: Mapping[Base, int]) -> str:
    since = f"Results of {release.responses} responses were released on {release.day}"
    if not few:
        return f"{since}. There are as many now, but some are others: what changed would be seen. Nothing was written."
    (_, by, codes), number = next(iter(few.items()))
    whose = f" of {by} {'+'.join(sorted(codes))}" if by else ""
    remedy = " or publish without that breakdown," if by else ""
    return (
        f"{since}, and now there are {number} more or fewer{whose}: who compares the two would learn what these few"
        f" have said. Wait until at least {publication.k} have been added,{remedy} or go on with the files"
        f" of {release.day}. Nothing was written."
    )


def _who() -> str:
    return getpass.getuser()


def _today() -> date:
    return datetime.now(UTC).date()

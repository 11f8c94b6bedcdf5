"""One export from beginning to end: what is kept back, the tables, the codebook, the files, all or none."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from admin_scripts.disclosure.exports import published_by, refuse_few, said_on_record
from admin_scripts.exporting.explained import Tally, codebook, words_by_condition
from admin_scripts.exporting.kept import Kept, Whole, rows_in
from admin_scripts.exporting.layout import Export, tables_of
from admin_scripts.exporting.protected import protected
from admin_scripts.exporting.record import LetOut
from admin_scripts.exporting.sink import Sink
from admin_scripts.files import Writer, in_place
from admin_scripts.microdata.source import Source
from admin_scripts.microdata.stream import Stream, opened_stream
from admin_scripts.refusal import Refused
from admin_scripts.sent_files import SentNames, copies, drop_others, folder_of
from admin_scripts.synthetic import MEANING, file_stem
from conversations.languages import shown_name
from conversations.protocol import Mode
from storage.media import MediaStore
from storage.releases import Kind

Progress = Callable[[int, int], object]
"""Told how much is done of how much."""
Record = Callable[[LetOut], object]
"""Called when all is written and before any of it is in its place: what is not on record does not get out."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to write and where to. `labels`: the language in which labels take the place of names; None for names.

    `secret`: of the installation, from which a protected export has its ids; without it no other export has the same.
    """

    sink: type[Sink]
    out: Path
    labels: str | None = None
    is_whole: bool = False
    secret: bytes = field(default_factory=secrets.token_bytes)


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the files, how many of those that people have sent, and what was kept back, by column.

    Of `withheld` a number is of rows; None is a whole column. `lost`: files that answers name and that are not there.
    `why`: why nothing was told of what describes people. `published_by`: the break-downs of results on record.
    `cut`: how many texts of a column were longer than the format has room for.
    """

    paths: tuple[Path, ...]
    media: Path
    responses: int
    copied: int
    lost: int
    withheld: Mapping[str, int | None]
    why: str
    published_by: tuple[str, ...]
    cut: Mapping[str, int]


def write_export(
    source: Source, total: int, wish: Wish, media: MediaStore, *, on_progress: Progress, record: Record
) -> Written:
    """Write all files of one export, or none: then Refused says why."""
    language = language_of(source, wish.labels)
    with opened_stream(source) as stream:
        kept = kept_of(stream, wish.secret, is_whole=wish.is_whole)
        refuse_difference(kept)
        export = export_of(source, kept, total, language, has_labels=wish.labels is not None)
        _refuse_mixture(export, wish)
        copied = partial(copies, media=media, folder=wish.out / wish.sink.media(export))
        return _write(export, kept, wish, Around(copied, on_progress, record))


@dataclass(frozen=True, slots=True)
class Around:
    """What an export has to do with the world: files to copy, somebody who waits, the record."""

    copied: Callable[..., dict[Path, Writer]]
    on_progress: Progress
    record: Record


def kept_of(stream: Stream, secret: bytes, *, is_whole: bool) -> Kept:
    """In an identified survey people have been told that their answers are read with their names."""
    rows = rows_in(stream)
    if is_whole or stream.source.survey.mode is Mode.IDENTIFIED:
        return Whole(stream, rows)
    return protected(stream, rows, secret, datetime.now(UTC))


def refuse_difference(kept: Kept) -> None:
    """Refused if the rows of few would be known by setting this export against an earlier one."""
    if not kept.is_whole:
        refuse_few(kept.rows, kept.stream.source.earlier)


def let_out(kept: Kept) -> LetOut:
    """What the record says of it."""
    rows = kept.rows
    if kept.is_whole:
        return LetOut(Kind.WHOLE, rows.responses, rows.handed_in)
    beside = said_on_record(rows, describes=kept.describes)
    return LetOut(Kind.PROTECTED, rows.responses, rows.handed_in, beside)


def export_of(source: Source, kept: Kept, total: int, language: str, *, has_labels: bool) -> Export:
    """The plan of the files."""
    survey = source.survey
    return Export(
        stem=file_stem(survey),
        title=survey.title,
        tables=tables_of(kept.dictionary, kept.schemas, {**source.about, source.mark: MEANING}),
        languages=tuple(source.dictionary.languages),
        language=language,
        has_labels=has_labels,
        total=total,
        media_folder=folder_of(survey),
    )


def language_of(source: Source, wish: str | None) -> str:
    """The language meant by "it", "Italiano" or "Italiano (it)", else the default one. Refused if there is none."""
    return language_in(source.dictionary.languages, wish)


def language_in(languages: Mapping[str, str], wish: str | None) -> str:
    """The same of a questionnaire's languages, tag -> name."""
    first = next(iter(languages))
    if wish is None or first == "":
        return first
    for tag, name in languages.items():
        if wish.lower() in (tag.lower(), name.lower(), shown_name(name).lower()):
            return tag
    raise Refused(f"The questionnaire has no labels in '{wish}'. Choose one of: {', '.join(languages)}.")


def _write(export: Export, kept: Kept, wish: Wish, around: Around) -> Written:
    tally, sent, done = Tally(), SentNames(kept.dictionary), 0
    with in_place() as placed:
        paths = {name: placed(wish.out / name) for name in wish.sink.files(export)}
        with wish.sink(export, paths) as sink:
            for chunk in kept.chunks():
                sink.add(chunk.tables, chunk.missing)
                tally.add(chunk.missing)
                tally.add_cut(chunk.tables, wish.sink.too_long)
                sent.add(chunk.tables)
                done += chunk.tables[""].num_rows
                around.on_progress(done, export.total)
            sink.finish(codebook(export, tally, words_by_condition(kept.stream.source.dictionary)))
        names = {name: kept.kept_name(name) for name in sorted(sent.names)} if export.media_folder else {}
        beside = around.copied(names, on_copied=partial(around.on_progress, done, export.total))
        for place, copy in beside.items():
            copy(placed(place))
        around.record(let_out(kept))
    folder = wish.out / wish.sink.media(export)
    if export.media_folder:
        drop_others(folder, names)
    written = tuple(wish.out / name for name in paths)
    cut = {name: times for (_, name), times in tally.cut.items()}
    lost = len(names) - len(beside)
    by = () if kept.is_whole else published_by(kept.stream.source.earlier)
    return Written(written, folder, done, len(beside), lost, kept.withheld, kept.why, by, cut)


def _refuse_mixture(export: Export, wish: Wish) -> None:
    """Files of an earlier export that this one would leave there, to be taken for its own."""
    written = {wish.out / name for name in wish.sink.files(export)}
    there = wish.out.glob(wish.sink.pattern(export))
    left = sorted(path.name for path in there if path not in written)
    if left:
        raise Refused(
            f"{wish.out} holds another export: {', '.join(left)}. Move it away, or choose another folder with --out."
        )

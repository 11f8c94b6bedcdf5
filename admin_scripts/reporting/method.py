"""The method note: how the survey was made, counted, weighted and protected; what was merged and hidden."""

from admin_scripts.publication import FieldWork, Hidden, Publication
from admin_scripts.reporting.parts import Grid
from admin_scripts.wording import Wording
from admin_scripts.wording.terms import hidden_words, left_out_words, mode, reason, text_in

Note = tuple[str, tuple[str, ...]]


def method(words: Wording, publication: Publication, by: str) -> tuple[Note, ...]:
    """Headings with their paragraphs; `by` is what the groups are called."""
    notes = [
        (words.say("When"), (period(words, publication.field) or words.say("Not known."),)),
        (words.say("Who was asked"), _population(words, publication)),
        (words.say("Margins of error"), _margins(words, publication)),
        (words.say("How figures are shown"), _figures(words)),
        (words.say("Missing answers"), _missing(words)),
        (words.say("Weighting"), _weighting(words, publication)),
        (words.say("Protection of those who answered"), _protection(words, publication)),
    ]
    if by:
        notes.append((words.say("Groups: {by}", by=by), _merged(words, publication)))
    notes += [(words.say("What is not shown"), _hidden(words, publication))]
    notes += [(words.say("Versions and languages"), _versions(words, publication))]
    return tuple(note for note in notes if note[1])


def period(words: Wording, field: FieldWork) -> str:
    """The first and last day of the responses."""
    if field.first_day is None or field.last_day is None:
        return ""
    if field.first_day == field.last_day:
        return words.say("on {day}", day=words.day(field.first_day))
    first, last = words.span(field.first_day, field.last_day)
    return words.say("from {first} to {last}", first=first, last=last)


def _population(words: Wording, publication: Publication) -> tuple[str, ...]:
    return (
        words.say(
            "The survey was addressed to everybody in a register of {n} people, not to a sample of them. "
            "It was {mode}.",
            n=words.whole(publication.population), mode=mode(words, publication.mode),
        ),
    )  # fmt: skip


def _margins(words: Wording, publication: Publication) -> tuple[str, ...]:
    first = next(
        (p for t in publication.tables for p in t.panels[:1] if p.answered == publication.responses and p.margin), None
    )
    said = [
        words.say(
            "The intervals are those of 95%, exact, from the hypergeometric distribution: they take into account that "
            "a large part of a finite population has answered. They hold if those who have not answered think like "
            "those who have, which nobody can know."
        ),
        words.say("The margin of error under a chart is the widest that a percentage on that base can have."),
    ]
    if first and first.margin:
        margin = words.margin(first.margin)
        said.insert(0, words.say("For a question that all have answered it is {margin} points at most.", margin=margin))
    return tuple(said)


def _figures(words: Wording) -> tuple[str, ...]:
    return (
        words.say(
            "Percentages are of those who answered the question (n); beside them those of all who were asked. "
            "They have no decimals where the base is under 100, and may therefore not add up to exactly 100."
        ),
        words.say("Smallest and largest values are never shown."),
        words.say("What was calculated from answers, and is no question, is in the tables (colloquio tables) only."),
    )


def _missing(words: Wording) -> tuple[str, ...]:
    names = ", ".join(reason(words, name) for name in ("skipped", "prefer_not", "dont_know"))
    return (words.say("Kept apart and outside the base: {reasons}.", reasons=names),)


def _weighting(words: Wording, publication: Publication) -> tuple[str, ...]:
    weighting = publication.weighting
    if weighting is None:
        return (words.say("The answers are not weighted."),)
    said = [
        words.say(
            "The weighted percentages are adjusted by raking to the register's margins of: {margins}. "
            "Design effect (Kish) {effect}: the {n} answers count as {effective}. Largest to smallest weight: {ratio}.",
            margins="; ".join(_called(words, publication, name) for name in weighting.margins) or "–",
            effect=words.decimal(weighting.design_effect, 1),
            n=words.whole(publication.responses),
            effective=words.whole(weighting.effective),
            ratio=words.whole(weighting.ratio),
        ),
        words.say("Charts, intervals and sentences are of the unweighted answers."),
    ]
    for name, why in weighting.left_out.items():
        margin = _called(words, publication, name)
        said.append(words.say("Not used: {margin} ({why}).", margin=margin, why=left_out_words(words, why)))
    return tuple(said)


def _called(words: Wording, publication: Publication, name: str) -> str:
    """The question of this name in its own words."""
    found = (text_in(table.wording, words) for table in publication.tables if table.variable == name)
    return words.say("“{item}”", item=next(found, "").rstrip("?. ") or name)


def _protection(words: Wording, publication: Publication) -> tuple[str, ...]:
    return (
        words.say(
            "Groups of fewer than {k} people are not shown, nor could one be worked out by taking shown figures from "
            "each other. Where (nearly) all of a group of fewer than 20 said the same, only the prevailing answer is "
            "told. Small groups are merged rather than left out.",
            k=publication.k,
        ),
        words.say(
            "Open answers are shown only of questions that at least {k} people answered, in an order that is another "
            "one for each question, without those that might name somebody.",
            k=publication.k_text,
        ),
    )


def _merged(words: Wording, publication: Publication) -> tuple[str, ...]:
    merged = sum(any(len(panel.group.codes) > 1 for panel in table.panels) for table in publication.tables)
    if not merged:
        return (words.say("No groups had to be merged."),)
    return (
        words.count(
            "In {n} question groups with too few answers are put together; its table says which.",
            "In {n} questions groups with too few answers are put together; their tables say which.",
            merged,
        ),
    )


def _hidden(words: Wording, publication: Publication) -> tuple[str, ...]:
    whole = [table for table in publication.tables if table.panels[0].hidden]
    said = [
        words.say(
            "“{item}”: {why}.",
            item=text_in(table.wording, words) or table.variable,
            why=hidden_words(words, table.panels[0].hidden or Hidden.FEW, publication.k),
        )
        for table in whole
    ]
    groups = sum(1 for table in publication.tables for panel in table.panels[1:] if panel.hidden)
    if groups:
        said.append(words.count("{n} figure of a group is hidden.", "{n} figures of groups are hidden.", groups))
    return tuple(said) or (words.say("Every question and every group is shown."),)


def _versions(words: Wording, publication: Publication) -> tuple[str, ...]:
    field = publication.field
    said = [words.say("Version of the questionnaire: {version}.", version=publication.version or "–")]
    if field.versions and len(field.versions) > 1:
        counts = ", ".join(f"{version} ({n})" for version, n in field.versions.items())
        said.append(words.say("Responses by version: {counts}.", counts=counts))
    if field.languages:
        counts = ", ".join(f"{publication.languages.get(tag, tag)} {n}" for tag, n in field.languages.items())
        said.append(words.say("Responses by language: {counts}.", counts=counts))
    return tuple(said)


def manifest_grid(words: Wording, publication: Publication, program: str) -> Grid:
    """What the report was made from: with the same, the same bytes come out."""
    rows = (
        (words.say("Survey"), publication.name),
        (words.say("Responses"), words.whole(publication.responses)),
        (words.say("Hash of the responses"), publication.data_hash),
        (words.say("Version of the questionnaire"), publication.version or "–"),
        (words.say("Hash of the questionnaire"), publication.form_hash),
        (words.say("Version of the program"), f"Colloquio {program}"),
        (words.say("Seed of every shuffle"), str(publication.seed)),
        (words.say("Smallest group; of open answers"), f"{publication.k}; {publication.k_text}"),
    )
    return Grid(words.say("What this report was made from"), (words.say("What"), words.say("Value")), rows)

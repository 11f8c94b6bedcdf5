"""How the figures came about and how they are to be read, in plain words."""

from collections.abc import Iterator

from admin_scripts.publication import Publication, TableKind, Weighting
from admin_scripts.tabled.book import Chapter
from admin_scripts.tabled.grids import has_weights
from admin_scripts.wording import N_, Wording
from admin_scripts.wording.terms import text_in


def chapters(publication: Publication, wording: Wording) -> Iterator[Chapter]:
    """From who was counted to where the figures come from."""
    say = wording.say
    yield Chapter(say("Who was counted"), tuple(_counted(publication, wording)))
    yield Chapter(say("What a base is"), (say(BASE), say(ASKED), say(DECIMALS)))
    yield Chapter(say("What the interval and the margin say"), tuple(_intervals(publication, wording)))
    yield Chapter(say("How each kind of question is summed up"), tuple(_kinds(publication, wording)))
    if any(table.comparison for table in publication.tables):
        yield Chapter(say("How groups are compared"), (say(TESTS), say(HOLM)))
    if publication.weighting is not None and any(has_weights(table.panels) for table in publication.tables):
        yield Chapter(say("Weights"), tuple(_weights(publication.weighting, wording)))
    yield Chapter(say("What is not shown, and why"), tuple(_hidden(publication, wording)))
    yield Chapter(say("Where the figures come from"), tuple(_origin(publication, wording)))


BASE = N_(
    "The base of a percentage is the number of people who answered the question. Who was not asked, left it blank, "
    "did not know or preferred not to answer is not in it; these are counted below the answers."
)
ASKED = N_("“% of those asked” counts everybody who was asked the question, with or without an answer.")
DECIMALS = N_(
    "Percentages of fewer than 100 people have no decimals: one person more or less would change them by a whole "
    "point or more. So rounded percentages may add up to 99 or 101."
)
INTERVAL = N_(
    "Not everybody answered. The 95% interval says where the figure would most likely be if all {population} people "
    "had: it is exact (hypergeometric) and knows that the population is small and that many of it answered."
)
MARGIN = N_("The margin of error of a base is half of the widest interval that a percentage on that base can have.")
SELECTION = N_(
    "Both only know chance. They hold if those who did not answer are like those who did; if people kept silent "
    "because they think otherwise, no calculation shows it."
)
TESTS = N_(
    "Groups are compared by a test that is exact or made by permutation, so it holds for small numbers: Fisher or "
    "chi-square for answers without order, Mann-Whitney or Kruskal-Wallis for scales and numbers. p says how often "
    "chance alone would make groups differ at least as much."
)
HOLM = N_(
    "Of many comparisons some look striking by chance. The adjusted p (Holm) takes account of all comparisons of "
    "this publication; only below 0.05 do we speak of a difference."
)
PROTECTED = N_(
    "A group is shown if at least {k} of it answered. Where all, or all but one, of fewer than 20 people gave the "
    "same answer, only that answer is told. Small groups are put together rather than left out, and what would "
    "let a hidden figure be worked out is hidden too. Smallest and largest values are never told."
)
KINDS = {
    TableKind.MULTIPLE: N_("Several answers: percentages of those who answered; they can add up to more than 100%."),
    TableKind.SCALE: N_("Scales: the distribution, the median, and the share of the two highest and two lowest steps."),
    TableKind.NUMBER: N_(
        "Numbers: the median, the quartiles with the middle half between them, the mean, and classes."
    ),
    TableKind.RANK: N_("Order of importance: three points for a first place, two for a second, one for a third."),
    TableKind.NPS: N_("0 to 10: the share of promoters (9, 10) minus that of detractors (0 to 6), from −100 to +100."),
    TableKind.TEXT: N_("Open answers that nobody has coded: only how many there are."),
}


def _counted(publication: Publication, wording: Wording) -> Iterator[str]:
    rate = wording.percent(100 * publication.responses / publication.population, publication.population)
    told = {"responses": wording.whole(publication.responses), "population": wording.whole(publication.population)}
    yield wording.say("{responses} of {population} people answered ({rate}).", **told, rate=rate)
    field = publication.field
    if field.first_day and field.last_day:
        first, last = wording.span(field.first_day, field.last_day)
        yield wording.say("The answers are from {first} to {last}.", first=first, last=last)
    yield wording.say("Only questionnaires that were handed in are counted.")


def _intervals(publication: Publication, wording: Wording) -> Iterator[str]:
    yield wording.say(INTERVAL, population=wording.whole(publication.population))
    yield wording.say(MARGIN)
    yield wording.say(SELECTION)


def _kinds(publication: Publication, wording: Wording) -> Iterator[str]:
    there = {table.kind for table in publication.tables}
    yield from (wording.say(sentence) for kind, sentence in KINDS.items() if kind in there)


def _weights(weighting: Weighting, wording: Wording) -> Iterator[str]:
    yield wording.say(
        "Weights make the respondents as many as the register has in each class of: {margins}. Unweighted figures "
        "stand beside; intervals and tests are of the unweighted ones.",
        margins=", ".join(weighting.margins) or "–",
    )
    yield wording.say(
        "Design effect (Kish): {effect}. With weights the answers count as those of about {effective} people. "
        "The largest weight is {ratio} times the smallest.",
        effect=wording.decimal(weighting.design_effect, 1),
        effective=wording.whole(weighting.effective),
        ratio=wording.whole(weighting.ratio),
    )
    if weighting.left_out:
        yield wording.say("Not used for weights: {margins}.", margins=", ".join(weighting.left_out))


def _hidden(publication: Publication, wording: Wording) -> Iterator[str]:
    yield wording.say(PROTECTED, k=publication.k)
    partly = [table for table in publication.tables if any(panel.hidden for panel in table.panels)]
    if partly:
        names = "; ".join(
            wording.say("“{item}”", item=text_in(table.wording, wording).strip() or table.variable) for table in partly
        )
        yield wording.say("Something is hidden in: {questions}.", questions=names)
    for codes in publication.merged.values():
        yield wording.say("Put together: {groups}.", groups=_together(publication, codes, wording))


def _together(publication: Publication, codes: tuple[str, ...], wording: Wording) -> str:
    groups = (panel.group for table in publication.tables for panel in table.panels)
    found = next((group for group in groups if set(group.codes) == set(codes)), None)
    return text_in(found.labels, wording) if found else " + ".join(codes)


def _origin(publication: Publication, wording: Wording) -> Iterator[str]:
    if publication.is_synthetic:
        yield wording.say("SYNTHETIC: nobody has given these answers; a program has made them up to rehearse.")
    yield wording.say(
        "Questionnaire: version {version}, {hash}.", version=publication.version, hash=publication.form_hash
    )
    yield wording.say("Answers that were counted: {hash}.", hash=publication.data_hash)
    yield wording.say("The same answers always give the same tables.")

"""Questions about what the law protects, or people like to keep to themselves, that cannot be left unanswered.

Words, not understanding: the list holds the special categories of Art. 9 GDPR (health, religion and belief, political
opinions, trade union membership, ethnic origin, sex life and orientation) and what non-response studies find to be
refused most (income, age, gender), in Italian and English. A word is there only if it rarely means something else in a
questionnaire: "health and safety", "politiche pubbliche", "European Union" or "genere di servizi" are not meant.
"""

import re
from collections.abc import Iterator

from conversations.answers.cleaning import folded
from conversations.forms.chat_checks.book import Book, Question, Remark

SENSITIVE = {
    "health": r"(?:suo|tuo|proprio) stato di salute|stato di salute|(?:sua|tua|propria) salute|problemi di salute|"
    r"condizioni di salute|malatti[ae]|patologi[ae]|diagnosi medica|gravidanza|(?:your|state of|own) health|"
    r"health (?:status|condition|problem)s?|illness(?:es)?|diseases?|pregnan(?:t|cy)",
    "disability": r"disabilita|invalidita|disabilit(?:y|ies)|disabled",
    "religion": r"religion[ei]|religios[oaie]|fede|credo religioso|religious|religion|(?:your|what) faith",
    "politics": r"orientamento politico|opinion[ei] politic(?:a|he)|partito (?:politico|ha votato|vota)|"
    r"per chi ha votato|political (?:view|opinion|orientation|part)\w*|vote[d]? for",
    "trade union": r"iscritt[oa] (?:a|ad) un sindacato|sindacato|appartenenza sindacale|trade union|labou?r union|"
    r"union member(?:ship)?",
    "ethnic origin": r"etni[ae]|origine etnica|razza|ethnic(?:ity)?|race",
    "sexuality": r"orientamento sessuale|vita sessuale|sexual orientation|sex life",
    "gender": r"identita di genere|(?:suo|tuo) (?:genere|sesso)|genere|sesso|(?:your|what) (?:gender|sex)|gender|sex",
    "age": r"eta|fascia di eta|quanti anni ha|anno di nascita|data di nascita|your age|age group|how old are you|"
    r"(?:date|year) of birth",
    "income": r"reddito|stipendio|retribuzione|guadagn[ao]|income|salary|earnings",
}
"""What is asked about -> the words that show it, without accents and in small letters."""

_WHOLE_ONLY = frozenset({"genere", "sesso", "gender", "sex", "eta", "fede", "razza", "race"})
"""Words that count only as a whole label or name, or after "your": elsewhere they mean other things."""

_DECLINING = re.compile(
    r"prefer(?:isco|irei| not|isc)|non (?:rispond|so\b|desider|voglio|indic|dichiar|saprei)|"
    r"(?:do not|don t|dont|would rather not|rather not|no answer|not (?:say|answer|specif)|decline|refuse|undisclosed)|"
    r"nessuna risposta|non specificat"
)
_DECLINING_NAMES = frozenset({"nd", "nr", "na", "np", "dk", "ref", "rif", "refused", "no_answer", "non_so", "pns"})
_ANSWERED = frozenset({"select_one", "select_multiple", "rank", "text", "integer", "decimal", "date", "range"})


def undeclinable(book: Book) -> Iterator[Remark]:
    """Required questions of that kind without a choice such as "I prefer not to say"."""
    for question in book.asked():
        subject = _subject(question) if question.is_required and question.kind in _ANSWERED else ""
        if subject and not _can_decline(book, question):
            choose = bool(book.offered(question))
            yield Remark(
                book.cell(question, "required"),
                f"'{question.name}' seems to ask about {subject}, must be answered, and has no way to decline.",
                "Add a choice such as “Preferisco non rispondere” / “Prefer not to say”, or leave required blank."
                if choose
                else "Leave required blank, or ask by choices of which one is “Prefer not to say”.",
            )


def _subject(question: Question) -> str:
    name = " ".join(folded(question.name.replace("_", " ")).split())
    labels = [folded(question.row.get(column)) for column in question.row.columns("label")]
    return next(
        (
            subject
            for subject, words in SENSITIVE.items()
            if _says(name, words) or any(_says(la, words) for la in labels)
        ),
        "",
    )


def _says(text: str, words: str) -> bool:
    found = re.search(rf"\b(?:{words})\b", text)
    return found is not None and (found[0] not in _WHOLE_ONLY or text == found[0])


def _can_decline(book: Book, question: Question) -> bool:
    for row in book.offered(question):
        labels = [folded(row.get(column)) for column in row.columns("label")]
        if row.get("name").lower() in _DECLINING_NAMES or any(map(_DECLINING.search, labels)):
            return True
    return False

"""Whether a text names somebody: a person of the register in any spelling, or anybody with a title."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, pairwise

from admin_scripts.disclosure.ordinary_words import ORDINARY, PARTICLES

SHORTEST_NAME, SHORTEST_NUMBER, SHORTEST_ID = 3, 4, 4
SIGHT = 30
"""So many characters before a word tell what it is."""
MARK = "\u0300"
"""Whatever accent a letter has."""
APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ`´′ʹ＇"), "'")
FILLERS = dict.fromkeys(map(ord, "\u115f\u1160\u17b4\u17b5\u3164\uffa0"))
UNSPLIT = {ord(letter): plain for letter, plain in zip("øØłŁđĐħĦı", "oOlLdDhHi", strict=True)} | {
    ord(letter): plain
    for letter, plain in (("æ", "ae"), ("Æ", "Ae"), ("œ", "oe"), ("Œ", "Oe"), ("ð", "d"), ("þ", "th"))
}
"""Letters whose stroke is no accent to Unicode."""
SPELT_OUT = {ord(letter): plain for letter, plain in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"))}
PART = re.compile(f"[^\\w'{MARK}]+")
LETTER = f"[^\\W\\d_]{MARK}?"
WORD = re.compile(rf"(?:{LETTER})+")
ACCENT_BEHIND = re.compile(rf"(?<!['\w{MARK}])((?:{LETTER})*[aeiouAEIOU])'(?!\w)")
"""Niccolo' for Niccolò, where nobody quotes."""
RUN = re.compile(r"[^\W\d_]+|\d+")
TOKEN = re.compile(r"[^\W_]+")
ENDS_SENTENCE = re.compile(r"[.!?:;\n•*–—]")
TITLE = re.compile(
    r"\b(?:sig|sigg|sig\.?ra|sig\.?na|signor[ae]?|signorina|dott|dott\.?ssa|dottor|dottoressa|dr|ing|arch|avv|geom|rag"
    r"|prof|prof\.?ssa|mr|mrs|ms|miss|herr|frau)\b[\s.]*$",
    re.IGNORECASE,
)
INITIAL = re.compile(r"\b[A-Z]\.\s*$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, with a MARK for each accent; `before` is what stands before it in the text."""

    text: str
    before: str
    gap: str  # between the word before and this one

    @property
    def plain(self) -> str:
        """Without accents and capitals."""
        return self.text.replace(MARK, "").casefold()

    @property
    def accented(self) -> str:
        """Without capitals."""
        return self.text.casefold()

    @property
    def is_proper(self) -> bool:
        """Whether it has its capital of itself, not from where it stands."""
        return self.text[0].isupper() and bool(self.before.strip()) and not ENDS_SENTENCE.search(self.gap)


@dataclass(frozen=True)
class Names:
    """Of the people of a register, in all spellings; `usual` words say nothing of a person in this survey."""

    words: frozenset[str] = frozenset()
    accented: frozenset[str] = frozenset()
    pairs: frozenset[frozenset[str]] = frozenset()  # of the words of one name
    compounds: frozenset[tuple[str, str]] = frozenset()  # D'Amico
    ids: frozenset[tuple[str, ...]] = frozenset()
    usual: frozenset[str] = frozenset()

    @cached_property
    def lengths(self) -> frozenset[int]:
        """How many runs of letters or digits ids have."""
        return frozenset(map(len, self.ids))

    def are_in(self, text: str) -> bool:
        """Whether a text has a name or an id."""
        cleaned = clean(text)
        words = list(words_of(cleaned))
        return (
            any(_is_titled(word) or self._is_name(word) for word in words)
            or self._has_pair(words)
            or self._has_id(cleaned)
        )

    def _is_name(self, word: Word) -> bool:
        if word.plain not in self.words:
            return False
        is_other_word = word.accented not in self.accented and MARK in word.text  # "sarà" is not Sara
        if not is_other_word and word.plain not in ORDINARY | self.usual:
            return True
        return _is_initialled(word) or (word.is_proper and word.plain not in self.usual)

    def _has_pair(self, words: Sequence[Word]) -> bool:
        for one, other in pairwise(words):
            if (one.plain, other.plain) in self.compounds or {one.plain, other.plain} in self.pairs:
                return True
        return False

    def _has_id(self, cleaned: str) -> bool:
        runs = RUN.findall(cleaned.casefold())
        tokens = {(token,) for token in TOKEN.findall(cleaned.casefold())}
        return not tokens.isdisjoint(self.ids) or any(
            tuple(runs[start : start + length]) in self.ids for length in self.lengths for start in range(len(runs))
        )


def names_in(names: Iterable[str], wordings: Iterable[str] = ()) -> Names:
    """From names and ids; words of the questionnaire's `wordings` are usual ones, unless it names somebody so."""
    told = [clean(name).partition("@")[0] for name in names]
    ids = frozenset(one for name in told if any(map(str.isdigit, name)) for one in _id_of(name))
    people = [name for name in told if not any(map(str.isdigit, name))]
    compounds = frozenset(pair for name in people for pair in _compounds(name))
    split = [list(_words_of_name(name)) for name in people]
    words = frozenset(form for one in split for word in one for form in _spellings(word))
    joined = frozenset("".join(pair) for pair in compounds)
    accented = frozenset(word.casefold() for one in split for word in one) | joined
    pairs = frozenset(frozenset(pair) for one in split for pair in combinations(sorted({*map(_bare, one)}), 2))
    found = Names(words | joined, accented, pairs, compounds, ids)
    return replace(found, usual=frozenset(_usual(found, wordings)))


def clean(text: str) -> str:
    """In one spelling: no characters without a width, a MARK for each accent, one kind of apostrophe."""
    plain = unicodedata.normalize("NFKD", text.translate(APOSTROPHES | UNSPLIT | FILLERS)).translate(FILLERS)
    kept = "".join(
        MARK if unicodedata.combining(one) else one
        for one in plain
        if unicodedata.category(one) not in ("Cf", "Me") and not "\ufe00" <= one <= "\ufe0f" and one != "\u034f"
    )
    return ACCENT_BEHIND.sub(rf"\1{MARK}", re.sub(f"{MARK}+", MARK, kept))


def words_of(cleaned: str) -> Iterator[Word]:
    """The words of a clean text."""
    end = 0
    for found in WORD.finditer(cleaned):
        start = found.start()
        yield Word(found.group(), cleaned[max(0, start - SIGHT) : start], cleaned[end:start])
        end = found.end()


def _is_titled(word: Word) -> bool:
    return word.text[0].isupper() and TITLE.search(word.before) is not None


def _is_initialled(word: Word) -> bool:
    return INITIAL.search(word.before) is not None


def _words_of_name(name: str) -> Iterator[str]:
    """Those by which somebody is called: no particle, and not the halves of D'Amico."""
    for part in PART.split(name):
        found = WORD.findall(part)
        if len(found) == 1 and len(_bare(found[0])) >= SHORTEST_NAME and _bare(found[0]) not in PARTICLES:
            yield found[0]


def _compounds(name: str) -> Iterator[tuple[str, str]]:
    for part in PART.split(name):
        found = [_bare(word) for word in WORD.findall(part)]
        yield from pairwise(found)


def _spellings(word: str) -> set[str]:
    """Müller, Muller, Mueller."""
    spelt_out = unicodedata.normalize("NFC", word.replace(MARK, "\u0308").casefold()).translate(SPELT_OUT)
    return {_bare(word), _bare(clean(spelt_out))}


def _bare(word: str) -> str:
    return word.replace(MARK, "").casefold()


def _id_of(name: str) -> Iterator[tuple[str, ...]]:
    """PO001 as it stands, and as PO 001; not a small number, which is anything."""
    runs = tuple(RUN.findall(name.casefold()))
    whole = "".join(runs)
    if whole.isdigit():
        if len(whole) >= SHORTEST_NUMBER:
            yield (whole,)
        return
    yield (whole,)
    if len(whole) >= SHORTEST_ID:
        yield runs


def _usual(names: Names, wordings: Iterable[str]) -> Collection[str]:
    usual = set[str]()
    for wording in wordings:
        words = list(words_of(clean(wording)))
        if not names._has_pair(words):  # noqa: SLF001 - of this file
            usual |= {word.plain for word in words}
    return usual & names.words

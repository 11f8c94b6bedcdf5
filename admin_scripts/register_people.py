"""Lines of a register -> people and bad lines. The only file that knows what columns may be called."""

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from admin_scripts.refusal import Refused
from admin_scripts.register_file import Line
from conversations.languages import shown_name, tag_of
from storage.register import Person
from storage.senders import address_in

HEADINGS: Mapping[str, frozenset[str]] = {
    "person_id": frozenset(
        {"staff_id", "person_id", "participant_id", "employee_id", "id", "matricola", "numero_matricola", "n_matricola"}
        | {"codice", "codice_persona", "codice_dipendente", "id_persona", "id_dipendente"}
    ),
    "name": frozenset(
        {"full_name", "nome_e_cognome", "cognome_e_nome", "nome_cognome", "cognome_nome", "nominativo", "nome_completo"}
    ),
    "first": frozenset({"name", "nome", "first_name", "given_name"}),
    "last": frozenset({"surname", "cognome", "last_name", "family_name"}),
    "email": frozenset(
        {"email", "e_mail", "mail", "email_address", "posta_elettronica", "indirizzo_email", "indirizzo_e_mail"}
    ),
    "language": frozenset({"language", "lang", "lingua"}),
    "weight": frozenset({"weight", "peso"}),
}
EMAIL = re.compile(r"""[^\s@,;:<>()"]+@([^\s@.,;:<>()"]+\.)+[^\s@.,;:<>()"]{2,}""")
WEIGHT = re.compile(r"[0-9]+([.,][0-9]+)?")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be imported: where it is, and everything that is wrong with it."""

    number: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """What a register file says: the good people and the bad lines."""

    people: tuple[Person, ...]
    bad: tuple[BadLine, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """Which column holds what: fields by our name for them, attributes by their own title."""

    fields: Mapping[str, int]
    attributes: Mapping[str, int]
    width: int


def understand(lines: Sequence[Line], languages: Sequence[str]) -> Register:
    """Check every line below the heading. `languages` are the questionnaire's, by name; without any, all tags do."""
    heading = _heading(_composed(lines[0]))
    spellings = {spelling.lower(): tag for name in languages for spelling, tag in _spellings(name)}
    people: list[Person] = []
    bad: list[BadLine] = []
    seen: dict[str, int] = {}
    for line in map(_composed, lines[1:]):
        row = _Row(heading, line, spellings)
        reasons = (*row.reasons(), *_repeated(row.person_id, seen))
        seen.setdefault(row.person_id, line.number)
        if reasons:
            bad.append(BadLine(line.number, reasons))
        else:
            people.append(row.person())
    return Register(tuple(people), tuple(bad))


def _composed(line: Line) -> Line:
    """An accent is part of its letter (NFC), however the file writes it."""
    return Line(line.number, tuple(unicodedata.normalize("NFC", cell) for cell in line.cells))


def _spellings(name: str) -> Iterator[tuple[str, str]]:
    """'Italiano (it)' may be written so, 'Italiano' or 'it'."""
    tag = tag_of(name) or name
    return ((spelling, tag) for spelling in (name, shown_name(name), tag))


def _repeated(person_id: str, seen: Mapping[str, int]) -> tuple[str, ...]:
    if not person_id or person_id not in seen:
        return ()
    return (f"the id '{person_id}' is already on line {seen[person_id]}",)


def _heading(line: Line) -> Heading:
    fields: dict[str, int] = {}
    attributes: dict[str, int] = {}
    for column, title in enumerate(line.cells):
        field = next((name for name, titles in HEADINGS.items() if _plain(title) in titles), "")
        kept, name = (fields, field) if field else (attributes, title)
        if name in kept:
            raise Refused(f"The columns '{line.cells[kept[name]]}' and '{title}' mean the same. Rename one of them.")
        if title:
            kept[name] = column
    if "person_id" not in fields:
        raise Refused(
            f"No column holds a person's id among: {', '.join(line.cells)}. Name that column 'staff_id' or 'matricola'."
        )
    return Heading(fields, attributes, len(line.cells))


def _visible(text: str) -> str:
    """Without the characters of no width that come along when an id is copied from a page."""
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cf").strip()


def _plain(title: str) -> str:
    """'Nome e Cognome', 'E-mail', 'MATRICOLA' as they are listed above."""
    letters = unicodedata.normalize("NFKD", title.casefold())
    return re.sub(r"[^a-z0-9]+", "_", letters.encode("ascii", "ignore").decode()).strip("_")


def _wrong_address(email: str) -> Iterator[str]:
    """Also one that no e-mail could be sent to: that would be found out when the invitations have left."""
    if email and not EMAIL.fullmatch(email):
        yield f"'{email}' is no e-mail address"
    elif email and not address_in(email):
        yield (
            f"no e-mail can be sent to '{email}': before the @ no accents and at most 64 characters, after it a domain"
            " as servers know it; correct it, or leave it empty"
        )


class _Row:
    """One line, read by the names of its columns."""

    def __init__(self, heading: Heading, line: Line, spellings: Mapping[str, str]) -> None:
        self._heading = heading
        self._cells = line.cells
        self._spellings = spellings
        self.person_id = _visible(self._field("person_id"))

    def _field(self, name: str) -> str:
        return self._cell(self._heading.fields.get(name, len(self._cells)))

    def _cell(self, column: int) -> str:
        return self._cells[column] if column < len(self._cells) else ""

    def reasons(self) -> Iterator[str]:
        """Everything that is wrong with the line, in words."""
        if any(self._cells[self._heading.width :]):
            yield "it has more cells than the heading"
        for number, cell in enumerate(self._cells, start=1):
            if CONTROL.search(cell):
                yield f"its cell {number} holds a line break or another control character"
        if not self.person_id:
            yield "the id is missing"
        yield from _wrong_address(self._field("email"))
        if self._field("language") and not self._language():
            yield f"the questionnaire has no language '{self._field('language')}'{self._offered()}"
        if self._weight() is None:
            yield f"the weight '{self._field('weight')}' is not a positive number"

    def _offered(self) -> str:
        tags = dict.fromkeys(self._spellings.values())
        return f", only {', '.join(tags)}" if tags else ""

    def _language(self) -> str:
        wished = self._field("language").lower()
        if self._spellings:
            return self._spellings.get(wished, "")
        return wished if TAG.fullmatch(wished) else ""

    def _weight(self) -> float | None:
        """A blank weight is 1; a decimal comma is a decimal point."""
        written = self._field("weight") or "1"
        if not WEIGHT.fullmatch(written):
            return None
        weight = float(written.replace(",", "."))
        return weight if math.isfinite(weight) and weight > 0 else None

    def person(self) -> Person:
        """The person of a line that has no reasons against it."""
        return Person(
            person_id=self.person_id,
            name=self._field("name") or f"{self._field('first')} {self._field('last')}".strip(),
            email=self._field("email"),
            language=self._language(),
            weight=self._weight() or 1.0,
            attributes={title: self._cell(column) for title, column in self._heading.attributes.items()},
        )

"""What somebody could learn from a publication that it does not want to tell."""

from dataclasses import dataclass

from admin_scripts.publication import Group, Publication, Table


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence about one place."""

    rule: str  # base, alike, complement, cell, worked out, difference, texts, unit, counts
    place: str  # "survey, question, group"
    what: str


def place_of(publication: Publication, table: Table | None = None, group: Group | None = None) -> str:
    """Where something was found, in the names of the questionnaire."""
    who = "" if group is None else "+".join(group.codes) or "everybody"
    return ", ".join(part for part in (publication.name, table.variable if table else "", who) if part)

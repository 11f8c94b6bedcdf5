"""How far the coders of a question agree: over all, code by code, and on which texts they do not."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from admin_scripts.exporting.layout import said
from admin_scripts.microdata.coded import FINAL
from admin_scripts.open_answers.listing import Listing
from admin_scripts.open_answers.sheets import shown
from admin_scripts.refusal import Refused
from admin_scripts.statistics.agreement import alpha_of_code, alpha_of_sets

RELIABLE, TENTATIVE = 0.8, 0.667
"""Krippendorff's own limits: from the first on results may be relied on, between the two with care."""


@dataclass(frozen=True, slots=True)
class OfCode:
    """One code: how many texts each coder gave it to, and alpha; nan if there was nothing to differ on."""

    name: str
    label: str
    times: tuple[int, ...]
    alpha: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of texts that at least two coders have coded."""

    coders: tuple[str, ...]
    texts: int
    alpha: float
    codes: tuple[OfCode, ...]
    differing: tuple[tuple[str, ...], ...]  # id, text, the codes of each coder


def agreement_of(listing: Listing) -> Agreement:
    """Of all who code; what they agreed on afterwards is left out. Refused with fewer than two."""
    coders = tuple(coder for coder in listing.coders if coder != FINAL)
    if len(coders) < 2:  # noqa: PLR2004
        known = f"only {coders[0]} has" if coders else "nobody has yet"
        raise Refused(f"Two coders are needed, and {known} coded '{listing.question.name}'.")
    given = [listing.codes_of(coder) for coder in coders]
    shared = [known for known in listing.texts if sum(known in codes for codes in given) > 1]
    if not shared:
        raise Refused("No text has been coded by two of them yet. Let both code the same texts.")
    codings = [[frozenset(codes[known]) if known in codes else None for known in shared] for codes in given]
    language = next(iter(listing.languages), "")
    codes = tuple(
        OfCode(
            code.name,
            said(code.labels, language),
            tuple(sum(one is not None and code.name in one for one in coder) for coder in codings),
            alpha_of_code(codings, code.name),
        )
        for code in listing.frame
    )
    return Agreement(coders, len(shared), alpha_of_sets(codings), codes, tuple(_differing(listing, given, shared)))


def _differing(
    listing: Listing, given: Sequence[dict[str, tuple[str, ...]]], shared: Sequence[str]
) -> Iterator[tuple[str, ...]]:
    for known in shared:
        sets = {frozenset(codes[known]) for codes in given if known in codes}
        if len(sets) > 1:
            yield (known, listing.texts[known].text, *(shown(codes.get(known)) for codes in given))


def verdict(alpha: float) -> str:
    """What the number means, in words."""
    if math.isnan(alpha):
        return "nothing varies, so there is nothing to agree on"
    if alpha >= RELIABLE:
        return f"reliable ({RELIABLE} and more)"
    if alpha >= TENTATIVE:
        return "to be used with care"
    return f"not reliable (less than {TENTATIVE}): talk about the frame"

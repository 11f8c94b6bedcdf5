"""Labels by which somebody refrains from an answer, in Italian or English: "Non so", "Prefer not to say"."""

import re

PREFERS_NOT = re.compile(
    r"\b(preferisc[oe] non|non rispond[oe]|prefer(?:s)? not|rather not|no answer)\b", re.IGNORECASE
)
DOES_NOT_KNOW = re.compile(
    r"\b(non (?:lo )?so|troppo presto per dir(?:e|lo)|don[’']?t know|do not know|too (?:early|soon) to (?:say|tell))\b",
    re.IGNORECASE,
)

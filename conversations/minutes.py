"""How long a questionnaire takes: an estimate from its questions, told before the first one.

Reading and answering are counted apart, because what makes a questionnaire long is mostly its words.

- Reading: 200 words a minute. Silent reading of fiction and non-fiction in English is 238 (Brysbaert 2019, a
  meta-analysis of 190 studies); of standard texts 228 in English and 188 in Italian (Trauzettel-Klosinski and Dietz
  2012, the IReST texts); people read slower on a phone and when something is asked of them.
- Choices are looked over and not read: a quarter of a second each, and never more than a screen of them.
- Answering, by kind: `SECONDS`. There is no published table for a chat; these numbers are ours, set by two
  questionnaires in `examples/` whose authors say how long they take: the mayors', where nearly everybody meets every
  question ("8 minutes"), comes out at 8; the managers' ("about 10"), at 9 on the usual way and 12 for every question.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from conversations.forms import Control, ControlKind, FormDefinition
from conversations.forms.definition import CHOOSING, CONTAINERS, Wording
from conversations.forms.xpath.syntax import Text, calls_in
from conversations.stops import controls_of

WORDS_A_SECOND = 200 / 60
SECONDS_A_CHOICE = 0.25
MOST_CHOICES = 20

SECONDS = {
    ControlKind.TEXT: 25,
    ControlKind.SELECT_MULTIPLE: 10,
    ControlKind.RANK: 20,
    ControlKind.GEOPOINT: 15,
    ControlKind.GEOTRACE: 60,
    ControlKind.GEOSHAPE: 60,
    ControlKind.IMAGE: 25,
    ControlKind.AUDIO: 45,
    ControlKind.VIDEO: 60,
    ControlKind.FILE: 30,
}
"""To think and to answer in a chat, once the question is read; an answer in one's own words is typed on a phone."""

OTHER_SECONDS = 6
UNTIMED = {ControlKind.NOTE, *CONTAINERS}


def estimated_minutes(form: FormDefinition, language: str = "") -> int:
    """Minutes, at least 1, for somebody who meets every question once; in the default language unless another."""
    return in_minutes(sum(seconds_of(form, control, language) for control in controls_of(form.controls)))


def minutes_left(form: FormDefinition, open_kinds: Iterable[ControlKind], met_kinds: Iterable[ControlKind]) -> int:
    """Minutes, at least 1, still to go for somebody who meets questions of these kinds, of which some are open.

    A share of `estimated_minutes`, so that who was told ten minutes is not told four after the first answer.
    """
    share = _seconds(open_kinds) / max(1, _seconds(met_kinds))
    return in_minutes(_whole(form) * share)


@lru_cache(maxsize=32)  # asked with every question, and a version of a questionnaire never changes
def _whole(form: FormDefinition) -> float:
    return sum(seconds_of(form, control) for control in controls_of(form.controls))


def asked_kinds(form: FormDefinition) -> list[ControlKind]:
    """The kind of every question of the questionnaire, in order; rows of repeats count once."""
    return [control.kind for control in controls_of(form.controls) if control.kind not in UNTIMED]


def seconds_of(form: FormDefinition, control: Control, language: str = "") -> float:
    """To read it and to answer it, in a language of the questionnaire or in its default one."""
    said = (control.label, control.hint)
    read = sum(len(text.split()) for wording in said for text in _texts(form, wording, language)) / WORDS_A_SECOND
    if control.kind in UNTIMED:
        return read
    return read + min(MOST_CHOICES, _choices(form, control)) * SECONDS_A_CHOICE + _seconds((control.kind,))


def in_minutes(seconds: float) -> int:
    """Whole minutes, at least 1."""
    return max(1, round(seconds / 60))


def _texts(form: FormDefinition, wording: Wording, language: str) -> Iterator[str]:
    template = wording.template
    if wording.text_id:
        template = form.translations.get(language or form.default_language, {}).get(wording.text_id, ())
    return (part for part in template if isinstance(part, str))


def _choices(form: FormDefinition, control: Control) -> int:
    """How many there are before any filter."""
    if control.kind not in CHOOSING or control.itemset is None:
        return len(control.items)
    ids = [call.arguments[0] for call in calls_in(control.itemset.nodes.tree) if call.name == "instance"]
    trees = (form.instances.get(one.value) for one in ids if isinstance(one, Text))
    return sum(len(root.children) for tree in trees if tree for root in tree.children)


def _seconds(kinds: Iterable[ControlKind]) -> int:
    """To answer questions of these kinds; what is only read takes none."""
    return sum(SECONDS.get(kind, OTHER_SECONDS) for kind in kinds if kind not in UNTIMED)

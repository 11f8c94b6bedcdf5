"""Lets the runner of the XForms conformance corpus drive our engine: run_corpus.py tests/conformance_adapter.py."""

import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).parents[1]))  # the runner is started outside the project

from conversations.forms import FormDefinition
from conversations.forms import load_form as load_xform
from conversations.forms.xpath import XPathError  # noqa: F401 - what `evaluate` raises
from conversations.session import FormSession, Refused
from tests.conformance_xpath import evaluate  # noqa: F401 - for the runner


@dataclass
class Walk:
    """A session and what is needed to restore it."""

    form: FormDefinition
    now: datetime
    session: FormSession


def load_form(source):
    files = {name: text.encode() for name, text in (source.get("attachments") or {}).items()}
    return load_xform(source["xml"], files)


def start(form, now, tz, language):
    zone = ZoneInfo(tz)
    moment = datetime.fromisoformat(now).astimezone(zone) if now else datetime.now(UTC).astimezone(zone)
    return Walk(form, moment, FormSession.start(form, now=moment, language=language or "", seed=1))


def set_value(walk, ref, value):
    match walk.session.answer(ref, value):
        case Refused("type", message) if not walk.session.value(ref) and walk.session.is_required(ref):
            # the corpus has no such reason: to it, what does not fit its type was never given
            return {"accepted": False, "reason": "required", "message": message}
        case Refused(reason, message):
            return {"accepted": False, "reason": reason, "message": message}
        case _:
            return {"accepted": True, "reason": None, "message": None}


def add_repeat(walk, ref):
    walk.session.add_repeat(ref)


def remove_repeat(walk, ref):
    walk.session.remove_repeat(ref)


def set_language(walk, name):
    walk.session.set_language(name)


def value(walk, ref):
    return walk.session.value(ref)


def is_relevant(walk, ref):
    return walk.session.is_relevant(ref)


def is_required(walk, ref):
    return walk.session.is_required(ref)


def is_readonly(walk, ref):
    return walk.session.is_readonly(ref)


def choices(walk, ref):
    return [(choice.name, choice.label) for choice in walk.session.choices(ref)]


def label(walk, ref):
    return walk.session.label(ref)


def hint(walk, ref):
    return walk.session.hint(ref)


def repeat_count(walk, ref):
    return walk.session.repeat_count(ref)


def validate(walk):
    return walk.session.validate()


def submission(walk):
    return walk.session.submission()


def reload(walk):
    stored = json.loads(json.dumps(walk.session.snapshot()))
    return Walk(walk.form, walk.now, FormSession.restore(walk.form, stored, now=walk.now))

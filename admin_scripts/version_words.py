"""The words of a question by column of the author's sheet, and which of them a newer version changes."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from conversations.forms import Control, FormDefinition
from conversations.forms.definition import Aside, Template, Wording

MOST_LISTED = 8
LONGEST = 60
CONTEXT = 20
"""Characters shown before the first that differs, in a text that is too long to be shown."""

_NOTHING = Aside()


def texts_at(form: FormDefinition, path: str) -> dict[str, str]:
    """Label, hint, guidance, messages and media in every language, by column: "label::English (en)"."""
    control, bind = form.control_at.get(path), form.nodes[path].bind
    own = {"label": control.label, "hint": control.hint} if isinstance(control, Control) else {}
    wordings = own | {"required_message": bind.required_message, "constraint_message": bind.constraint_message}
    return {
        f"{column}::{language}" if language else column: text
        for language in form.languages or ("",)
        for name, wording in wordings.items()
        for column, text in _columns(form, name, wording, language)
        if text
    }


def _columns(form: FormDefinition, name: str, wording: Wording, language: str) -> Iterator[tuple[str, str]]:
    translated = form.translations.get(language, {}).get(wording.text_id, ())
    yield name, _written(translated if wording.text_id else wording.template)
    aside = form.asides.get(language or form.default_language, {}).get(wording.text_id, _NOTHING)
    yield "guidance_hint", _written(aside.guidance)
    for medium, template in aside.media.items():
        yield f"media::{medium}", _written(template)


def _written(template: Template) -> str:
    pieces = (one if isinstance(one, str) else f"{{{one.text.rpartition('/')[2]}}}" for one in template)
    return " ".join("".join(pieces).split())


def other_words(old: Mapping[str, str], new: Mapping[str, str]) -> str:
    """The columns that changed, each with its old and its new text; "" when none has."""
    columns = [column for column in {**new, **old} if old.get(column, "") != new.get(column, "")]
    return "\n".join(
        [
            *(f"{column}: {' → '.join(_both(old.get(column, ''), new.get(column, '')))}" for column in columns[:2]),
            *([f"… and {len(columns) - 2} more"] if len(columns) > 2 else []),  # noqa: PLR2004 - as many as are shown
        ]
    )


def _both(was: str, now: str) -> tuple[str, str]:
    """Two texts on one line each, from shortly before where they differ if they are long."""
    same = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(was, now, strict=False))))
    begin = max(0, same - CONTEXT) if max(len(was), len(now)) > LONGEST else 0
    return _piece(was, begin), _piece(now, begin)


def _piece(text: str, begin: int) -> str:
    rest = text[begin:]
    short = rest if len(rest) <= LONGEST else f"{rest[: LONGEST - 1]}…"
    return f"{'…' if begin else ''}{short}" if text else "(nothing)"


def listed(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    more = f" … and {len(names) - MOST_LISTED} more" if len(names) > MOST_LISTED else ""
    return ", ".join(names[:MOST_LISTED]) + more

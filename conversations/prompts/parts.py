"""Parts that several prompts are made of: buttons with their codes, titles, notes."""

from conversations.codes import Verb, make_code
from conversations.languages import shown_name, tag_of
from conversations.protocol import Block, Button, Style
from conversations.stops import Stop
from conversations.walk import Walk


def button(walk: Walk, label: str, verb: Verb, argument: str = "", *, place: str | None = None) -> Button:
    """A button that acts on `place`, which is where the walk stands unless another is given."""
    at = walk.session.place if place is None else place
    return Button(label, make_code(walk.session.seed, at, verb, argument))


def tag(walk: Walk) -> str:
    """The IETF tag of what is spoken; English where the questionnaire's language has none."""
    return tag_of(walk.session.language) or "en"


def note_blocks(walk: Walk, refs: tuple[str, ...]) -> list[Block]:
    """The author's notes, and what a question that is only to be read holds."""
    texts = (f"{walk.filled.label(ref)} {walk.filled.value(ref) or ''}".strip() for ref in refs)
    return [Block(Style.NOTE, text) for text in texts if text]


def title_of(walk: Walk, groups: tuple[str, ...]) -> str:
    """The innermost title of the groups around a question, and of which rows around that; rows are numbered."""
    labels = ((group, walk.filled.label(group)) for group in reversed(groups))
    titles = [(group, f"{label} {_row_number(group)}".strip()) for group, label in labels if label]
    rows = [title for group, title in titles[1:] if group.endswith("]")]
    return " – ".join([*(title for _, title in titles[:1]), *rows])


def _row_number(group: str) -> str:
    return group[group.rindex("[") + 1 : -1] if group.endswith("]") else ""


def section_blocks(walk: Walk, stop: Stop) -> list[Block]:
    """The section's title where it begins, and wherever the question would be lost without it."""
    title = title_of(walk, stop.groups)
    before = walk.route.before(stop.place)
    changed = before is None or before.groups != stop.groups
    return [Block(Style.SECTION, title)] if title and (changed or stop.always_titled) else []


def language_buttons(walk: Walk) -> list[Button]:
    """A button for each other language of the questionnaire."""
    names = walk.form.languages
    return [
        button(walk, shown_name(name), Verb.LANGUAGE, str(index))
        for index, name in enumerate(names)
        if name != walk.session.language
    ]

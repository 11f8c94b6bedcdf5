"""What the respondent reads, in the current language, with the outputs filled in."""

from conversations.forms.definition import Template, Wording
from conversations.forms.limits import LONGEST_TEXT
from conversations.session.evaluation import Evaluation
from conversations.session.instance import InstanceNode


def say(evaluation: Evaluation, wording: Wording, node: InstanceNode) -> str:
    """The text of a wording at `node`."""
    template = template_of(evaluation, wording.text_id) if wording.text_id else wording.template
    return fill(evaluation, template, node).strip()


def template_of(evaluation: Evaluation, text_id: str) -> Template:
    """The translated text, in the default language where the current one lacks it."""
    form = evaluation.form
    for name in (evaluation.language, form.default_language):
        found = form.translations.get(name, {}).get(text_id)
        if found:
            return found
    return ()


def fill(evaluation: Evaluation, template: Template, node: InstanceNode) -> str:
    """The template with its outputs replaced, as far as anybody would read it."""
    parts: list[str] = []
    room = LONGEST_TEXT
    for part in template:
        parts.append((part if isinstance(part, str) else evaluation.string(part, node))[:room])
        room -= len(parts[-1])
        if not room:
            break
    return "".join(parts)


def said_of(evaluation: Evaluation, text_id: str) -> str:
    """A text of the questionnaire by its id, in the current language, filled in from the top."""
    return fill(evaluation, template_of(evaluation, text_id), evaluation.sheet.root)

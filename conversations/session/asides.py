"""What goes with a text in the current language: guidance, and the files of its pictures, sounds and films."""

from collections.abc import Mapping

from conversations.forms.definition import Aside, Itemset, Wording
from conversations.forms.xpath import Node
from conversations.session.evaluation import Evaluation
from conversations.session.instance import InstanceNode
from conversations.session.itext import fill

_NONE = Aside()


def media(evaluation: Evaluation, wording: Wording, node: InstanceNode) -> Mapping[str, str]:
    """The names of the files shown with a text, by "image", "audio", "video" and "big-image"."""
    return _named(evaluation, _shown(evaluation, wording.text_id), node)


def guidance(evaluation: Evaluation, hint: Wording, node: InstanceNode) -> str:
    """What a hint says to those who want to know more; "" when nothing."""
    for aside in _in_languages(evaluation, hint.text_id):
        if aside.guidance:
            return fill(evaluation, aside.guidance, node).strip()
    return ""


def picture_of_choice(evaluation: Evaluation, itemset: Itemset, item: Node, node: InstanceNode) -> str:
    """The name of the file of a choice's picture; "" without one."""
    ids = item.named(itemset.text_id) if itemset.text_id else []
    return picture(evaluation, ids[0].string(), node) if ids else ""


def picture(evaluation: Evaluation, text_id: str, node: InstanceNode) -> str:
    """The name of the file of the picture that goes with a text; "" without one."""
    if not evaluation.form.asides:
        return ""
    return _named(evaluation, _shown(evaluation, text_id), node).get("image", "")


def _shown(evaluation: Evaluation, text_id: str) -> Aside:
    """What goes with a text; in the default language where the current one shows nothing."""
    return next((aside for aside in _in_languages(evaluation, text_id) if aside.media), _NONE)


def _in_languages(evaluation: Evaluation, text_id: str) -> list[Aside]:
    form = evaluation.form
    languages = dict.fromkeys((evaluation.language, form.default_language))
    found = (form.asides.get(language, {}).get(text_id) for language in languages)
    return [aside for aside in found if aside]


def _named(evaluation: Evaluation, aside: Aside, node: InstanceNode) -> dict[str, str]:
    names = {form: fill(evaluation, template, node).strip() for form, template in aside.media.items()}
    return {form: name for form, name in names.items() if name}

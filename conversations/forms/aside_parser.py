"""What goes with the texts of an XForm: guidance, pictures, sounds and films; and which files all of them need."""

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from conversations.forms.definition import Aside, Asides, Template
from conversations.forms.expressions import ExpressionReader
from conversations.forms.text_parser import UNNAMED, read_template, translations_of
from conversations.forms.xml_reading import attribute, first, has_attribute, named

GUIDANCE = "guidance"
MEDIA = ("image", "audio", "video", "big-image")

_LAST_SAVED = "jr://instance/last-saved"
_SCHEME = "jr://"


def read_asides(model: Element, expressions: ExpressionReader) -> dict[str, Asides]:
    """What goes with the texts, by language and itext id; texts that stand alone are left out."""
    found: dict[str, Asides] = {
        attribute(translation, "lang"): dict(_asides(translation, expressions))
        for translation in translations_of(model)
    }
    return {"": found[UNNAMED]} if set(found) == {UNNAMED} else found


def _asides(translation: Element, expressions: ExpressionReader) -> Iterator[tuple[str, Aside]]:
    for text in named(translation, "text"):
        text_id = attribute(text, "id")
        path, _, column = text_id.rpartition(":")
        by_form = {attribute(value, "form"): value for value in named(text, "value")}
        said = {
            form: read_template(value, path, column, expressions)
            for form, value in by_form.items()
            if form == GUIDANCE or form in MEDIA
        }
        if said:
            yield text_id, Aside(said.pop(GUIDANCE, ()), {form: _named(template) for form, template in said.items()})


def _named(template: Template) -> Template:
    """The template of an address, jr://images/town.png, as that of the file's name."""
    start, *rest = template or ("",)
    return (bare_name(start), *rest) if isinstance(start, str) else template


def bare_name(address: str) -> str:
    """The name of the file at an address such as jr://file-csv/towns.csv, or as an author writes it."""
    text = address.strip()
    return unquote(text.removeprefix(_SCHEME).partition("/")[2]) if text.startswith(_SCHEME) else text


def source_of(instance: Element) -> str:
    """The name of the file that a list stands in; "" for one that is in the questionnaire or comes from elsewhere."""
    source = attribute(instance, "src")
    return "" if is_last_saved(instance) else bare_name(source)


def is_last_saved(instance: Element) -> bool:
    """Whether it stands for the person's previous response."""
    return has_attribute(instance, "src") and attribute(instance, "src").strip() == _LAST_SAVED


def media_files_of(asides: Mapping[str, Asides]) -> tuple[str, ...]:
    """The names of the files shown, as far as they do not depend on answers, each once."""
    templates = (template for texts in asides.values() for aside in texts.values() for template in aside.media.values())
    return tuple(dict.fromkeys(_fixed_names(templates)))


def _fixed_names(templates: Iterable[Template]) -> Iterator[str]:
    for template in templates:
        match template:
            case (str(name),) if name:
                yield name


def files_named_in(root: Element) -> tuple[str, ...]:
    """All the files that an XForm needs beside it, data first, each once."""
    head = first(root, "head")
    model = None if head is None else first(head, "model")
    if model is None:
        return ()
    data = [source_of(one) for one in named(model, "instance") if has_attribute(one, "src")]
    media = media_files_of(read_asides(model, ExpressionReader()))
    return tuple(dict.fromkeys(name for name in (*data, *media) if name))

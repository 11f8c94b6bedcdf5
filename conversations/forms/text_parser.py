"""Labels, hints and messages of an XForm: texts with outputs, and the translations they come from."""

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from conversations.forms.definition import Template, Translation, Wording
from conversations.forms.expressions import ExpressionReader
from conversations.forms.xml_reading import attribute, first, has_attribute, local, named
from conversations.forms.xpath import CompiledExpression

UNNAMED = "default"
"""What pyxform calls the language of a questionnaire that names none."""

_TEXT_ID = re.compile(r"""\s*jr:itext\(\s*(?:'([^']*)'|"([^"]*)")\s*\)\s*""")


def read_wording(element: Element | None, path: str, column: str, expressions: ExpressionReader) -> Wording:
    """What a label or hint element says; an empty wording without one."""
    if element is None:
        return Wording()
    if has_attribute(element, "ref"):
        return wording_of_reference(attribute(element, "ref"), path, column, expressions)
    return Wording(template=read_template(element, path, column, expressions))


def wording_of_reference(text: str, path: str, column: str, expressions: ExpressionReader) -> Wording:
    """What `jr:itext('id')` or another expression says."""
    found = _TEXT_ID.fullmatch(text)
    if found:
        return Wording(text_id=found[1] or found[2] or "")
    expression = expressions.read(text, path, column)
    return Wording(template=(expression,)) if expression else Wording()


def wording_of_message(text: str) -> Wording:
    """What a message attribute says: an itext id in disguise, or the text itself."""
    found = _TEXT_ID.fullmatch(text)
    if found:
        return Wording(text_id=found[1] or found[2] or "")
    return Wording(template=(text,) if text else ())


def read_template(element: Element, path: str, column: str, expressions: ExpressionReader) -> Template:
    """The text of `element`, its outputs as expressions in between."""
    return tuple(_parts(element, path, column, expressions))


def read_translations(
    model: Element, expressions: ExpressionReader
) -> tuple[Mapping[str, Translation], tuple[str, ...], str]:
    """The texts by language, the languages the author named, and the default one ("" without names)."""
    found: dict[str, Translation] = {}
    default = ""
    for translation in translations_of(model):
        language = attribute(translation, "lang")
        found[language] = {attribute(text, "id"): _plain(text, expressions) for text in named(translation, "text")}
        if has_attribute(translation, "default"):
            default = language
    if set(found) == {UNNAMED}:
        return {"": found[UNNAMED]}, (), ""
    return found, tuple(found), default or next(iter(found), "")


def translations_of(model: Element) -> Iterator[Element]:
    """The translations, in order."""
    itext = first(model, "itext")
    return iter(()) if itext is None else named(itext, "translation")


def _plain(text: Element, expressions: ExpressionReader) -> Template:
    """The value to be read, else its long form; the other forms are pictures, sounds and guidance."""
    by_form = {attribute(value, "form"): value for value in named(text, "value")}
    value = by_form.get("", by_form.get("long"))
    path, _, column = attribute(text, "id").rpartition(":")
    return () if value is None else read_template(value, path, column, expressions)


def _parts(
    element: Element, path: str, column: str, expressions: ExpressionReader
) -> Iterator[str | CompiledExpression]:
    if element.text:
        yield element.text
    for child in element:
        expression = _output(child, path, column, expressions)
        if expression:
            yield expression
        if child.tail:
            yield child.tail


def _output(child: Element, path: str, column: str, expressions: ExpressionReader) -> CompiledExpression | None:
    if local(child.tag) != "output":
        return None
    return expressions.read(attribute(child, "value") or attribute(child, "ref"), path, column)

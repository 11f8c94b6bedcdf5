"""XML text to elements, refusing what could do harm; names are compared without their namespace."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

MAX_CHARACTERS = 20_000_000
MAX_DEPTH = 100


class UnreadableXml(ValueError):
    """The text is not XML, is too big or too deep, or declares entities."""


def read_xml(text: str) -> Element:
    """The root element of `text`. Raises `UnreadableXml`."""
    if len(text) > MAX_CHARACTERS:
        raise UnreadableXml(f"it is longer than {MAX_CHARACTERS} characters")
    try:
        root: Element = ElementTree.fromstring(text, forbid_dtd=True)
    except DefusedXmlException as error:
        raise UnreadableXml("it declares a document type or entities") from error
    except (ElementTree.ParseError, ValueError) as error:
        raise UnreadableXml(str(error)) from error
    if _is_deeper_than(root, MAX_DEPTH):
        raise UnreadableXml(f"it is nested more than {MAX_DEPTH} levels deep")
    return root


def local(name: str) -> str:
    """A tag or attribute name without its namespace."""
    return name.rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """The value of the attribute of that local name, "" without one."""
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def has_attribute(element: Element, name: str) -> bool:
    """Whether there is an attribute of that local name, even an empty one."""
    return any(local(key) == name for key in element.attrib)


def named(element: Element, name: str) -> Iterator[Element]:
    """The child elements of that local name, in order."""
    return (child for child in element if local(child.tag) == name)


def first(element: Element, name: str) -> Element | None:
    """The first child element of that local name."""
    return next(named(element, name), None)


def _is_deeper_than(root: Element, limit: int) -> bool:
    level = [root]
    for _ in range(limit):
        level = [child for element in level for child in element]
        if not level:
            return False
    return True

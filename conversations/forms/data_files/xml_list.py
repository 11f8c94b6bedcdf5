"""A list in an XML file: whatever tree the author made; choices stand in root/item."""

from xml.etree.ElementTree import Element

from conversations.forms.data_files.read import DataFile, Unreadable, text_of
from conversations.forms.data_files.sizes import MAX_TAGS
from conversations.forms.xml_reading import UnreadableXml, local, read_xml
from conversations.forms.xpath import Node, document

_TAG = b"<"


def read_xml_list(content: bytes) -> DataFile:
    """The tree of the file. Raises `Unreadable`."""
    if content.count(_TAG) > MAX_TAGS:
        raise Unreadable(f"it has more than {MAX_TAGS // 2} elements", "Take out what nobody chooses.")
    try:
        return DataFile(document(_node(read_xml(text_of(content)))))
    except UnreadableXml as error:
        raise Unreadable(str(error), "Open it in a text editor and correct the place that is named.") from error


def _node(element: Element) -> Node:
    text = "" if len(element) else element.text or ""
    node = Node(local(element.tag), text, attributes={local(key): value for key, value in element.attrib.items()})
    for child in element:
        inside = _node(child)
        inside.parent = node
        node.children.append(inside)
    return node

"""Whether a picture, sound or film beside a workbook is what its name says: nobody shall be shown another file."""

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from conversations.forms.xml_reading import local
from conversations.signatures import HEAD, recognised

_ALIKE = {
    "jpeg": "jpg",
    "oga": "ogg",
    "ogv": "ogg",
    "opus": "ogg",
    **dict.fromkeys(("m4a", "m4v", "mov", "3gp"), "mp4"),
}
"""One signature for several endings; which of them it is makes no difference to what is shown."""

SHOWN = ("jpg", "png", "gif", "webp", "svg", "bmp", "avif", "heic")
HEARD = ("mp3", "ogg", "flac", "wav", "aac", "mp4", "webm")
_KNOWN = frozenset((*SHOWN, *HEARD, *_ALIKE))


def is_known(name: str) -> bool:
    """Whether its ending is that of a picture, a sound or a film that can be shown."""
    return _ending(name) in _KNOWN


def is_what_it_says(name: str, content: bytes) -> bool:
    """Whether the content is of the kind that the ending of the name tells."""
    ending = _ending(name)
    if ending == "svg":
        return is_svg(content)
    _, found = recognised(content[:HEAD])
    return _ALIKE.get(found, found) == _ALIKE.get(ending, ending)


def is_svg(content: bytes) -> bool:
    """Whether it is XML of which the outermost element is svg, and declares nothing of its own."""
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError):
        return False
    return local(root.tag) == "svg"


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""

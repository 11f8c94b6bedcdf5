"""Texts that lack a translation: pyxform writes a dash for them, and the default language says more than a dash."""

import re
from collections.abc import Mapping

from conversations.forms.workbook import Sheet

_DASH = "-"
_TRANSLATION = re.compile(r"<translation\b([^>]*)>.*?</translation>", re.DOTALL)
_TEXT = re.compile(r'<text id="([^"]*)">(<value>-</value>)?')


def without_dashes(xform: str, sheets: Mapping[str, Sheet]) -> str:
    """The XForm without the dashes for texts that the default language has; an author's own dashes stay."""
    cells = (text for sheet in sheets.values() for row in sheet.rows for text in row.cells.values())
    spoken = next((one[0] for one in _TRANSLATION.finditer(xform) if "default=" in one[1]), "")
    if not spoken or _DASH in cells:
        return xform
    said = {found[1] for found in _TEXT.finditer(spoken) if not found[2]}

    def shortened(text: re.Match[str]) -> str:
        return f'<text id="{text[1]}">' if text[1] in said else text[0]

    return _TRANSLATION.sub(lambda one: one[0] if one[0] == spoken else _TEXT.sub(shortened, one[0]), xform)

"""The body of an XForm: what the respondent sees, in order."""

import re
from collections.abc import Mapping
from dataclasses import replace
from xml.etree.ElementTree import Element

from conversations.forms.definition import (
    Action,
    Bind,
    Control,
    ControlKind,
    Item,
    Itemset,
    RepeatDefinition,
)
from conversations.forms.expressions import CHOICE_PARTS, ExpressionReader
from conversations.forms.model_parser import UNBOUND, absolute, read_actions
from conversations.forms.text_parser import read_wording
from conversations.forms.xml_reading import attribute, first, local, named
from conversations.forms.xpath import CompiledExpression

_BY_ELEMENT = {
    "select1": ControlKind.SELECT_ONE,
    "select": ControlKind.SELECT_MULTIPLE,
    "rank": ControlKind.RANK,
    "range": ControlKind.RANGE,
    "trigger": ControlKind.ACKNOWLEDGE,
}
_BY_DATATYPE = {
    "int": ControlKind.INTEGER,
    "integer": ControlKind.INTEGER,
    "decimal": ControlKind.DECIMAL,
    "date": ControlKind.DATE,
    "time": ControlKind.TIME,
    "dateTime": ControlKind.DATETIME,
    "geopoint": ControlKind.GEOPOINT,
    "geotrace": ControlKind.GEOTRACE,
    "geoshape": ControlKind.GEOSHAPE,
    "barcode": ControlKind.BARCODE,
}
_BY_MEDIATYPE = {"image": ControlKind.IMAGE, "audio": ControlKind.AUDIO, "video": ControlKind.VIDEO}
_SEEN = {"input", "secret", "upload", "group", "repeat", *_BY_ELEMENT}
_TEXT_ID_OF_ITEM = re.compile(r"\s*jr:itext\(\s*([\w.-]+)\s*\)\s*")
_NO_PARAMETERS = {"ref", "nodeset", "appearance", "class", "count", "noAddRemove"}


class BodyReader:
    """Reads controls; `binds` tell the type of an answer. `actions` are those met on the way, `repeats` too."""

    def __init__(self, binds: Mapping[str, Bind], expressions: ExpressionReader) -> None:
        self._binds = binds
        self._expressions = expressions
        self.actions: list[Action] = []
        self.repeats: dict[str, RepeatDefinition] = {}

    def controls(self, parent: Element, base: str) -> tuple[Control, ...]:
        """The controls in `parent`, in order; `base` is the node that relative paths start from."""
        return _with_headlines([self._control(child, base) for child in parent if local(child.tag) in _SEEN])

    def _control(self, element: Element, base: str) -> Control:
        path = _path_of(element, base)
        self.actions.extend(read_actions(element, path, self._expressions))
        if local(element.tag) == "group":
            return self._group(element, path, base)
        if local(element.tag) == "repeat":
            return self._repeat(element, element, path)
        return self._question(element, path)

    def _group(self, element: Element, path: str, base: str) -> Control:
        seen = [child for child in element if local(child.tag) in _SEEN]
        if len(seen) == 1 and local(seen[0].tag) == "repeat" and path in {"", _path_of(seen[0], path)}:
            inner = _path_of(seen[0], base)
            self.actions.extend(read_actions(seen[0], inner, self._expressions))
            return self._repeat(seen[0], element, inner)
        return Control(
            kind=ControlKind.GROUP,
            path=path,
            label=read_wording(first(element, "label"), path, "label", self._expressions),
            appearance=_appearance(element),
            children=self.controls(element, path or base),
        )

    def _repeat(self, element: Element, heading: Element, path: str) -> Control:
        self.repeats[path] = RepeatDefinition(
            count=self._expressions.read(attribute(element, "count"), path, "repeat_count"),
            fixed=attribute(element, "noAddRemove").strip() == "true()",
        )
        return Control(
            kind=ControlKind.REPEAT,
            path=path,
            label=read_wording(first(heading, "label"), path, "label", self._expressions),
            appearance=tuple(dict.fromkeys(_appearance(heading) + _appearance(element))),
            children=self.controls(element, path),
        )

    def _question(self, element: Element, path: str) -> Control:
        return Control(
            kind=self._kind(element, self._binds.get(path, UNBOUND)),
            path=path,
            label=read_wording(first(element, "label"), path, "label", self._expressions),
            hint=read_wording(first(element, "hint"), path, "hint", self._expressions),
            appearance=_appearance(element),
            parameters={local(key): value for key, value in element.attrib.items() if local(key) not in _NO_PARAMETERS},
            items=tuple(self._item(item, path) for item in named(element, "item")),
            itemset=self._itemset(element, path),
        )

    def _kind(self, element: Element, bind: Bind) -> ControlKind:
        name = local(element.tag)
        if name == "upload":
            return _BY_MEDIATYPE.get(attribute(element, "mediatype").partition("/")[0], ControlKind.FILE)
        if name in _BY_ELEMENT:
            return _BY_ELEMENT[name]
        if bind.readonly and bind.readonly.text.strip() == "true()":
            return ControlKind.NOTE
        return _BY_DATATYPE.get(bind.datatype, ControlKind.TEXT)

    def _item(self, item: Element, path: str) -> Item:
        value = first(item, "value")
        name = "" if value is None else (value.text or "").strip()
        return Item(name, read_wording(first(item, "label"), path, "label", self._expressions))

    def _itemset(self, element: Element, path: str) -> Itemset | None:
        itemset = first(element, "itemset")
        if itemset is None:
            return None
        nodes = self._expressions.read(attribute(itemset, "nodeset"), path, "choice_filter")
        value = self._part_of_itemset(itemset, "value", path)
        label = self._part_of_itemset(itemset, "label", path) or value
        if nodes is None or value is None or label is None:
            return None
        text_id = _TEXT_ID_OF_ITEM.fullmatch(label.text)
        return Itemset(nodes, value, label, text_id[1] if text_id else "")

    def _part_of_itemset(self, itemset: Element, name: str, path: str) -> CompiledExpression | None:
        part = first(itemset, name)
        return None if part is None else self._expressions.read(attribute(part, "ref"), path, CHOICE_PARTS)


def _with_headlines(controls: list[Control]) -> tuple[Control, ...]:
    """A choice that is to show its labels only, with no row of a table below it, is a question like any other."""
    lists = [_list_of(control) if "list-nolabel" in control.appearance else None for control in controls]
    return tuple(
        replace(control, appearance=tuple(word for word in control.appearance if word != "label"))
        if control.is_headline and _list_of(control) not in lists[number:]
        else control
        for number, control in enumerate(controls)
    )


def _list_of(control: Control) -> str | tuple[str, ...]:
    return control.itemset.nodes.text if control.itemset else tuple(item.name for item in control.items)


def _path_of(element: Element, base: str) -> str:
    """The node that a control is for."""
    return absolute((attribute(element, "ref") or attribute(element, "nodeset")).strip(), base)


def _appearance(element: Element) -> tuple[str, ...]:
    return tuple(attribute(element, "appearance").split())

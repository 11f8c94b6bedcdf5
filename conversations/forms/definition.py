"""What a questionnaire is once it has been read: immutable, the same for every respondent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from conversations.forms.dependencies import DependencyGraph
from conversations.forms.last_saved import LastSaved
from conversations.forms.xpath import CompiledExpression, Node


class ControlKind(StrEnum):
    """What an author asks for."""

    NOTE = "note"
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TIME = "time"
    DATETIME = "dateTime"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    RANK = "rank"
    RANGE = "range"
    ACKNOWLEDGE = "acknowledge"
    GROUP = "group"
    REPEAT = "repeat"
    GEOPOINT = "geopoint"
    GEOTRACE = "geotrace"
    GEOSHAPE = "geoshape"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    FILE = "file"
    BARCODE = "barcode"


CHOOSING = frozenset({ControlKind.SELECT_ONE, ControlKind.SELECT_MULTIPLE, ControlKind.RANK})
CONTAINERS = frozenset({ControlKind.GROUP, ControlKind.REPEAT})

Template = tuple[str | CompiledExpression, ...]
"""A text with its outputs: plain pieces and expressions in between."""

Translation = Mapping[str, Template]
"""The texts of one language by their itext id."""


@dataclass(frozen=True, slots=True)
class Aside:
    """What goes with a text in one language: `guidance` for those who want to know more, and files.

    `media`: the name of a file by "image", "audio", "video" or "big-image".
    """

    guidance: Template = ()
    media: Mapping[str, Template] = field(default_factory=dict)


Asides = Mapping[str, Aside]
"""What goes with the texts of one language, by their itext id."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Where a label, a hint or a message comes from: an itext id, or the text itself."""

    text_id: str = ""
    template: Template = ()


@dataclass(frozen=True, slots=True)
class Itemset:
    """Choices taken from nodes: of a list of the questionnaire or of a file, or of the rows of a repeat.

    `text_id` is the name of the child that has the itext id of the label; "" when the label is no itext.
    """

    nodes: CompiledExpression
    value: CompiledExpression
    label: CompiledExpression
    text_id: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A choice written into the question itself."""

    name: str
    label: Wording


@dataclass(frozen=True, slots=True, eq=False)
class Control:
    """Something the respondent sees. `path` is generic (/data/rep/q); "" for a group that is only a heading.

    `parameters` holds start, end and step of a range, rows of a text, ...; of a repeat, `label` is its group's.
    """

    kind: ControlKind
    path: str
    label: Wording = Wording()
    hint: Wording = Wording()
    appearance: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    items: tuple[Item, ...] = ()
    itemset: Itemset | None = None
    children: tuple["Control", ...] = ()

    @property
    def is_headline(self) -> bool:
        """Whether it only shows the labels above the rows of a table, as the first line of a table-list does."""
        return self.kind in CHOOSING and "label" in self.appearance


@dataclass(frozen=True, slots=True)
class Bind:
    """The rules of one node. `datatype` has no prefix: "int", "decimal", "date", ... or "" without one."""

    datatype: str = ""
    relevant: CompiledExpression | None = None
    required: CompiledExpression | None = None
    readonly: CompiledExpression | None = None
    calculate: CompiledExpression | None = None
    constraint: CompiledExpression | None = None
    required_message: Wording = Wording()
    constraint_message: Wording = Wording()
    preload: str = ""
    preload_parameter: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class NodeDefinition:
    """One node of the primary instance; of a repeat, what a new row looks like."""

    name: str
    path: str
    bind: Bind
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: tuple["NodeDefinition", ...] = ()
    repeat: "RepeatDefinition | None" = None

    @property
    def size(self) -> int:
        """How many nodes it is, itself included; rows of repeats below it are not counted."""
        return 1 + sum(child.size for child in self.children if not child.repeat)


@dataclass(frozen=True, slots=True, eq=False)
class RepeatDefinition:
    """How the rows of a repeat come and go: `rows` to start with, then `count`, or the respondent unless `fixed`."""

    rows: tuple[NodeDefinition, ...] = ()
    count: CompiledExpression | None = None
    fixed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Action:
    """A setvalue: at `events`, `target` gets `value`. `source` is the control it stands in, "" for the model.

    `target` is a generic path; `selected` is there instead when it picks rows with a predicate.
    """

    events: frozenset[str]
    source: str
    target: str
    selected: CompiledExpression | None = None
    value: CompiledExpression | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class FormDefinition:
    """A version of a questionnaire; `hash` is its identity (SHA-256 of the XForm).

    `languages` is () when the author named none; `default_language` is then "". `ends` are the nodes for the time
    of the end; `nodes` and `control_at` find nodes and controls by their path. `files` are the names of the files it
    reads as data, `media_files` of those it shows; `asides` are by language, as `translations` are.
    """

    title: str
    form_id: str
    version: str
    hash: str
    default_language: str
    languages: tuple[str, ...]
    translations: Mapping[str, Translation]
    asides: Mapping[str, Asides]
    controls: tuple[Control, ...]
    root: NodeDefinition
    instances: Mapping[str, Node]
    actions: tuple[Action, ...]
    ends: tuple[str, ...]
    files: tuple[str, ...]
    media_files: tuple[str, ...]
    last_saved: LastSaved
    graph: DependencyGraph
    nodes: Mapping[str, NodeDefinition] = field(repr=False)
    control_at: Mapping[str, Control] = field(repr=False)

"""Rows of a file as nodes that are made when they are looked at: a list of 100,000 rows stays small."""

from collections.abc import Mapping, Sequence

from conversations.forms.xpath import Node, document

ITEM = "item"

Rows = Sequence[tuple[int, Sequence[str]]]
"""The cells of each row, and its number as the spreadsheet counts."""

_NO_ATTRIBUTES: dict[str, str] = {}


class FileRow(Node):
    """A row: its cells as children, made one by one. `place` is its number as the spreadsheet counts."""

    __slots__ = ("_cells", "_columns", "_leaves", "_order", "place")

    def __init__(self, columns: Mapping[str, int], cells: Sequence[str], place: int, order: int, parent: Node) -> None:
        self.name = ITEM
        self.text = ""
        self.parent = parent
        self.attributes = _NO_ATTRIBUTES
        self.relevant = True
        self.datatype = ""
        self._by_name = None
        self._lookups = None
        self.place = place
        self._columns = columns
        self._cells = cells
        self._order = order
        self._leaves: dict[str, list[Node]] | None = None

    def cell(self, column: str) -> str:
        """The text in a column, "" without that column."""
        place = self._columns.get(column)
        return "" if place is None else self._cells[place]

    def has(self, column: str) -> bool:
        """Whether there is such a column."""
        return column in self._columns

    @property
    def children(self) -> list[Node]:  # type: ignore[override]
        """The cells, in the order of the columns."""
        return [self.named(column)[0] for column in self._columns]

    def named(self, name: str) -> list[Node]:
        """The cell of that column."""
        if self._leaves is None:
            self._leaves = {}
        found = self._leaves.get(name)
        if found is None:
            if name not in self._columns:
                return []
            leaf = Node(name, self.cell(name))
            leaf.parent = self
            found = self._leaves[name] = [leaf]
        return found

    def order(self) -> tuple[int, ...]:
        """A key that sorts nodes of one tree into document order."""
        return (0, self._order)


class FileTable(Node):
    """The root above the rows; finds rows by a column without making nodes of their cells."""

    __slots__ = ("_columns", "_rows")

    def __init__(self, columns: Sequence[str], rows: Rows) -> None:
        super().__init__("root")
        self._columns = columns
        self._rows = rows
        places = {name: place for place, name in enumerate(columns) if name}
        self.children.extend(FileRow(places, cells, place, order, self) for order, (place, cells) in enumerate(rows))

    def __reduce__(self) -> tuple[object, ...]:
        """Stored as the rows that it was made of."""
        return FileTable, (self._columns, self._rows), (None, {"parent": self.parent})

    def _indexed(self, name: str, key: str) -> dict[str, list[Node]]:
        index: dict[str, list[Node]] = {}
        for row in self.named(name):
            if isinstance(row, FileRow) and row.has(key):
                index.setdefault(row.cell(key), []).append(row)
        return index


def table(columns: Sequence[str], rows: Rows) -> Node:
    """The document of a list: root/item/column."""
    return document(FileTable(columns, rows))

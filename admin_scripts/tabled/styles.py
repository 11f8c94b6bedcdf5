"""How the workbook looks: few colours, dark on light, the same for every sheet."""

from functools import cached_property

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from admin_scripts.tabled.book import Role
from admin_scripts.tabled.cells import Cell, Form

DARK, GREY, RULE = "#123B4A", "#595959", "#B8C4C9"
HEAD = {"bold": True, "font_color": "#FFFFFF", "bg_color": DARK, "text_wrap": True}
NUMBERS = {
    Form.COUNT: "#,##0",
    Form.PERCENT: '{}"%"',
    Form.SIGNED: "+{0};−{0};0",
    Form.NUMBER: "#,##{}",
    Form.TEXT: "@",
}


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, made: Workbook) -> None:
        self._made = made
        self._figures: dict[tuple[Form, int, Role], Format] = {}

    def _format(self, **look: object) -> Format:
        return self._made.add_format({"font_name": "Calibri", "font_size": 11, "valign": "top", **look})

    @cached_property
    def title(self) -> Format:
        """The question."""
        return self._format(bold=True, font_size=15, font_color=DARK, text_wrap=True)

    @cached_property
    def mark(self) -> Format:
        """Nobody has given these answers."""
        return self._format(bold=True, font_color="#FFFFFF", bg_color="#9B1C1C")

    @cached_property
    def heading(self) -> Format:
        """The caption of a grid, the title of a chapter."""
        return self._format(bold=True, font_size=12, font_color=DARK)

    @cached_property
    def head(self) -> Format:
        """Over a column of figures."""
        return self._format(
            bold=True, font_color="#FFFFFF", bg_color=DARK, text_wrap=True, align="center", border=1, border_color=DARK
        )

    @cached_property
    def head_left(self) -> Format:
        """Over the labels."""
        return self._format(**HEAD)

    @cached_property
    def soft(self) -> Format:
        """What is less important."""
        return self._format(font_color=GREY, text_wrap=True)

    @cached_property
    def text(self) -> Format:
        """Words in lines of their cell."""
        return self._format(text_wrap=True)

    @cached_property
    def link(self) -> Format:
        """To another sheet."""
        return self._format(font_color="#0B5A73", underline=1, text_wrap=True)

    def label(self, role: Role) -> Format:
        """The first cell of a row."""
        return self._figure(Form.TEXT, 0, role, is_label=True)

    def figure(self, cell: Cell, role: Role) -> Format:
        """A cell of a row."""
        return self._figure(cell.form, cell.places, role)

    def _figure(self, form: Form, places: int, role: Role, *, is_label: bool = False) -> Format:
        key = (form, -1 if is_label else places, role)
        if key not in self._figures:
            shown = "0." + "0" * places if places else "0"
            look: dict[str, object] = {"num_format": NUMBERS[form].format(shown), "bottom": 1, "bottom_color": RULE}
            look |= {"text_wrap": True} if is_label else {"align": "right", "shrink": form is Form.TEXT}
            look |= {"italic": True, "font_color": GREY} if role is Role.REASON else {}
            look |= {"bold": True} if role is Role.BASE else {}
            self._figures[key] = self._format(**look)
        return self._figures[key]

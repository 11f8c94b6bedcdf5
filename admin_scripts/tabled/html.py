"""Book -> one HTML file that needs nothing else: for screens, light and dark, for paper and for screen readers."""

from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined

from admin_scripts.tabled.book import Book, Page

TEMPLATE = "tables.html.jinja"


def page_of(book: Book) -> str:
    """The content of the file; what people have written stays text."""
    environment = Environment(
        loader=PackageLoader("admin_scripts.tabled", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["groupby_order"] = _by_section
    return environment.get_template(TEMPLATE).render(book=book)


def _by_section(pages: tuple[Page, ...]) -> list[tuple[str, list[Page]]]:
    """The questions under the sections of the questionnaire, in its order."""
    return [(section, list(found)) for section, found in groupby(pages, key=lambda page: page.section)]

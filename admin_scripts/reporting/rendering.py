"""Report and templates -> HTML: sandboxed, escaped; a mistake in a template is told with file and line."""

import base64
import shutil
import sys
import traceback
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from admin_scripts.charts.picture import Picture
from admin_scripts.refusal import Refused
from admin_scripts.reporting.parts import Report
from admin_scripts.wording import Wording

TEMPLATES = Path(__file__).parent / "templates"
PAGE = "report.html"


class Medium(StrEnum):
    """Where the page will be read; what a chart is in it."""

    HTML = "html"  # the SVG itself, whose colours follow light and dark
    PDF = "pdf"  # an image with its alternative text
    DOCX = "docx"  # the name of a picture


def render(report: Report, words: Wording, medium: Medium, folder: Path | None = None) -> str:
    """The whole page. Templates in `folder` stand in place of ours of the same name. A mistake raises Refused."""
    if folder is not None and not folder.is_dir():
        raise Refused(f"{folder} is no folder. Make it with --write-template, then change the templates in it.")
    loaders = [FileSystemLoader(path) for path in ((folder,) if folder else ())] + [FileSystemLoader(TEMPLATES)]
    environment = SandboxedEnvironment(
        loader=ChoiceLoader(loaders), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(
        report=report, say=words.say, count=words.count, medium=str(medium), chart=_chart_for(medium),
        style=Markup(environment.loader.get_source(environment, "style.css")[0]) if environment.loader else "",  # noqa: S704 - a coordinator's own file
    )  # fmt: skip
    try:
        return environment.get_template(PAGE).render()
    except TemplateSyntaxError as error:
        raise _refused(error.filename or error.name or PAGE, error.lineno, error) from error
    except (TemplateError, SecurityError, TypeError, ValueError, KeyError, AttributeError) as error:
        raise _refused(*_place(error), error) from error


def write_templates(folder: Path) -> list[Path]:
    """Copy our templates into a folder, to be changed there; one that is there already is left and Refused."""
    folder.mkdir(parents=True, exist_ok=True)
    there = sorted(path.name for path in TEMPLATES.iterdir() if (folder / path.name).exists())
    if there:
        raise Refused(f"{folder} has {', '.join(there)} already. Choose another folder, so that nothing is lost.")
    return [Path(shutil.copy(path, folder)) for path in sorted(TEMPLATES.iterdir())]


def _place(error: Exception) -> tuple[str, int]:
    """The innermost line of a template in the traceback."""
    frames = traceback.extract_tb(error.__traceback__ or sys.exc_info()[2])
    inside = [frame for frame in frames if frame.filename.endswith((".html", ".css"))]
    return (inside[-1].filename, inside[-1].lineno or 0) if inside else (PAGE, 0)


def _refused(file: str, line: int, error: Exception) -> Refused:
    return Refused(f"{file}, line {line}: {error}. Correct the template, or take it out of the folder.")


def _chart_for(medium: Medium) -> Callable[[Picture], Markup]:
    return {Medium.HTML: _inline, Medium.PDF: _image, Medium.DOCX: _named}[medium]


def _inline(picture: Picture) -> Markup:
    """The SVG, as one image with a name for those who hear the page; twice, the style shows the one that fits."""
    shown = Markup()
    for kind, drawn in (("roomy", picture.svg()), ("narrow", picture.narrow_svg())):
        inside = Markup(drawn.removeprefix("<svg").removeprefix(' class="marks"'))  # noqa: S704 - drawn by ourselves, texts in it are escaped
        shown += Markup('<svg role="img" class="{}" aria-label="{}"').format(kind, picture.alternative) + inside
    return shown


def _image(picture: Picture) -> Markup:
    data = base64.b64encode(picture.svg().encode()).decode()
    return Markup('<img alt="{}" src="data:image/svg+xml;base64,{}">').format(picture.alternative, data)


def _named(picture: Picture) -> Markup:
    return Markup('<img alt="{}" data-picture="{}">').format(picture.alternative, picture.name)

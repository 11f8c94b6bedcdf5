"""The page as a tagged PDF (PDF/UA-1), by WeasyPrint: our own fonts, no clock, nothing fetched."""

from pathlib import Path

from admin_scripts.charts.picture import FONTS
from admin_scripts.refusal import Refused

_FACE = '@font-face {{ font-family: "DejaVu Sans"; font-weight: {weight}; src: url("{url}") }}'
_BODY = 'body, svg text { font-family: "DejaVu Sans", sans-serif }'


def pdf_of(page: str, identifier: str) -> bytes:
    """The same page and identifier give the same bytes. Refused where the system lacks Pango."""
    try:
        from weasyprint import CSS, HTML  # noqa: PLC0415 - a second, and not without Pango
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
        from weasyprint.urls import URLFetcher  # noqa: PLC0415
    except OSError as error:
        raise Refused(
            "A PDF needs Pango, a library of the system, which is not installed. Debian and Ubuntu: apt install "
            "libpango-1.0-0 libpangoft2-1.0-0; macOS: brew install pango. Or choose --format html or docx."
        ) from error
    fonts = FontConfiguration()
    fetch = URLFetcher(allowed_protocols=("data", "file"))
    faces = [_FACE.format(weight=weight, url=path.as_uri()) for weight, path in _faces().items()]
    sheet = CSS(string="\n".join([*faces, _BODY]), font_config=fonts, url_fetcher=fetch)
    made = HTML(string=page, url_fetcher=fetch).write_pdf(
        stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1", pdf_identifier=identifier.encode()
    )
    return bytes(made)


def _faces() -> dict[str, Path]:
    """DejaVu, and for headings the bold face of the family it comes from, which reportlab brings along."""
    import reportlab  # noqa: PLC0415

    bold = Path(reportlab.__file__).parent / "fonts" / "VeraBd.ttf"
    return {"normal": FONTS / "DejaVuSans.ttf", **({"bold": bold} if bold.exists() else {})}

"""A web address as a QR code that is drawn within the page, so that no image has to be loaded."""

import segno


def qr_of(address: str) -> str:
    """An SVG as large as its place, dark on light in every palette, with the margin that scanners need."""
    code = segno.make_qr(address, error="m")
    return str(code.svg_inline(omitsize=True, svgclass=None, lineclass=None, dark="#000", light="#fff"))

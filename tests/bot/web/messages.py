"""Messages in a folder, as the bot leaves them where there is no mail server."""

import os
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO
from pathlib import Path

import segno

LINK = "http://127.0.0.1:8080/s/abc"
PAGE = """<!doctype html><html><head><title>x</title></head><body><p>Please answer &amp; thank you</p>
<a href="LINK">Answer</a><img src="cid:qr@example.org" alt="QR"><script>document.body.remove()</script></body>"""


def picture(link: str) -> bytes:
    """A QR code as mail programs show it."""
    code = BytesIO()
    segno.make_qr(link).save(code, kind="png", scale=4)
    return code.getvalue()


def write(folder: Path, name: str, *, subject: str = "Invitation", at: float = 0, link: str = LINK) -> None:
    """A message as the bot leaves it, written so many seconds after the first one."""
    message = EmailMessage(policy=SMTP)
    message["From"] = "Città <office@example.org>"
    message["To"] = "p0@example.org"
    message["Subject"] = subject
    message["Date"] = datetime(2026, 11, 23, 11, tzinfo=UTC)
    message.set_content(f"Please answer <now>:\n{link}.\n")
    message.add_alternative(PAGE.replace("LINK", link), subtype="html")
    list(message.iter_parts())[1].add_related(picture(link), "image", "png", cid="<qr@example.org>")
    (folder / f"{name}.eml").write_bytes(message.as_bytes())
    os.utime(folder / f"{name}.eml", (at, at))

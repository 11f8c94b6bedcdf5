"""The file in a message, as Telegram tells of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FILES = ("photo", "voice", "audio", "video", "video_note", "document")
"""The kinds of messages that have one."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that can be fetched. `declared` and `name` are what its sender says of it; `album` names what it is of."""

    file: str
    size: int = 0
    declared: str = ""
    name: str = ""
    album: str = ""


def attachment_of(message: Mapping[str, Any]) -> Attachment | None:
    """The file of a message; of a photo the largest size."""
    found = next((message[kind] for kind in FILES if kind in message), None)
    if isinstance(found, list):
        found = max(found, key=lambda size: size.get("width", 0) * size.get("height", 0), default=None)
    if not found:
        return None
    return Attachment(
        file=str(found["file_id"]),
        size=int(found.get("file_size") or 0),
        declared=str(found.get("mime_type") or ""),
        name=str(found.get("file_name") or ""),
        album=str(message.get("media_group_id") or ""),
    )

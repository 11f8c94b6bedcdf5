"""The file in a message, as Telegram tells of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conversations.protocol import Media

FILES = ("photo", "voice", "audio", "video", "video_note", "document")
"""The kinds of messages that have one."""

_RECORDED = {"voice": Media.AUDIO, "audio": Media.AUDIO, "video": Media.VIDEO, "video_note": Media.VIDEO}
"""What Telegram itself shows as sound or film, whatever its format."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that can be fetched.

    `declared` and `name` are what its sender says of it. `album` names what it is of. `media` is what Telegram
    plays it as.
    """

    file: str
    size: int = 0
    declared: str = ""
    name: str = ""
    album: str = ""
    media: Media = Media.FILE


def attachment_of(message: Mapping[str, Any]) -> Attachment | None:
    """The file of a message; of a photo the largest size."""
    kind = next((kind for kind in FILES if kind in message), "")
    found = message.get(kind)
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
        media=_RECORDED.get(kind, Media.FILE),
    )

"""The author's pictures, sounds and films: which files are shown with a prompt."""

from collections.abc import Iterable

from conversations.protocol import Exhibit, Media
from conversations.walk import Walk


def exhibits_of(walk: Walk, refs: Iterable[str]) -> tuple[Exhibit, ...]:
    """The files of notes and of a question, in order; of a picture the big one, where there are two."""
    shown: list[Exhibit] = []
    for ref in refs:
        files = walk.filled.media(ref)
        names = {
            Media.IMAGE: files.get("big-image") or files.get("image", ""),
            Media.AUDIO: files.get("audio", ""),
            Media.VIDEO: files.get("video", ""),
        }
        shown += [Exhibit(media, name) for media, name in names.items() if name]
    return tuple(shown)

"""The kinds of questions answered by sending something; beside the answers, so that exports need not load those."""

from collections.abc import Mapping

from conversations.forms import ControlKind
from conversations.protocol import Media

SENT: Mapping[ControlKind, Media] = {
    ControlKind.IMAGE: Media.IMAGE,
    ControlKind.AUDIO: Media.AUDIO,
    ControlKind.VIDEO: Media.VIDEO,
    ControlKind.FILE: Media.FILE,
}
"""The kinds, and what is sent."""

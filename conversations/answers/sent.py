"""Image, audio, video and file: something that is sent; what is stored is the name under which it was kept."""

from conversations.answers.asked import Asked, Slip
from conversations.forms import ControlKind
from conversations.phrases import N_
from conversations.protocol import Media
from conversations.sent_kinds import SENT

_WANTED = {
    ControlKind.IMAGE: N_("A picture is expected here: please send a photo."),
    ControlKind.AUDIO: N_("A recording is expected here: please send a voice message or an audio file."),
    ControlKind.VIDEO: N_("A video is expected here: please send one."),
    ControlKind.FILE: N_("A file is expected here: please send one."),
}
_NOT_TAKEN = {
    ControlKind.IMAGE: N_("This is not a picture, so it was not taken. Please send a photo."),
    ControlKind.AUDIO: N_(
        "This is not a recording, so it was not taken. Please send a voice message or an audio file."
    ),
    ControlKind.VIDEO: N_("This is not a video, so it was not taken. Please send one."),
    ControlKind.FILE: N_("This is not a file, so it was not taken. Please send one."),
}
_RECEIVED = {
    ControlKind.IMAGE: N_("Picture received"),
    ControlKind.AUDIO: N_("Recording received"),
    ControlKind.VIDEO: N_("Video received"),
    ControlKind.FILE: N_("File received"),
}


def read(asked: Asked, _text: str) -> str | Slip:
    """No text is a file."""
    return Slip(not_taken(asked))


def show(asked: Asked, _value: str) -> str:
    """Say that it has come; its name means nothing to people."""
    return asked.phrases.say(_RECEIVED[asked.kind])


def wanted(asked: Asked) -> str:
    """What is to be sent."""
    return asked.phrases.say(_WANTED[asked.kind])


def not_taken(asked: Asked) -> str:
    """What is said to anything else."""
    return asked.phrases.say(_NOT_TAKEN[asked.kind])


def fits(kind: ControlKind, media: Media) -> bool:
    """Whether something of this sort answers the question; a file is anything."""
    return SENT.get(kind) in (media, Media.FILE)

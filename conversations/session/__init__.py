"""One walk through a questionnaire."""

from conversations.session.engine import FormSession
from conversations.session.known import STRANGER, Known
from conversations.session.walk import ChoiceItem, Position, PositionKind, Reason, Refused

__all__ = ["STRANGER", "ChoiceItem", "FormSession", "Known", "Position", "PositionKind", "Reason", "Refused"]

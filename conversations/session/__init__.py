"""One walk through a questionnaire."""

from conversations.session.engine import FormSession
from conversations.session.walk import ChoiceItem, Position, PositionKind, Reason, Refused

__all__ = ["ChoiceItem", "FormSession", "Position", "PositionKind", "Reason", "Refused"]

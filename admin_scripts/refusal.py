"""The one exception with which a command says no to a person."""


class Refused(Exception):
    """What was asked is not done. The message is one sentence that says why, and one that says what to do."""

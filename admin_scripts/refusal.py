"""The one exception with which a command says no to a person."""


class Refused(Exception):  # noqa: N818 - it is a refusal, nothing broke
    """What was asked is not done. The message is one sentence that says why, and one that says what to do."""

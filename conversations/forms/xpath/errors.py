"""What goes wrong with an expression: it cannot be read, or it cannot be evaluated."""


class XPathError(Exception):
    """The expression cannot be evaluated."""


class XPathSyntaxError(XPathError):
    """The expression cannot be read; `position` is the 0-based index of the offending character."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(f"{message} (at character {position + 1})")
        self.position = position

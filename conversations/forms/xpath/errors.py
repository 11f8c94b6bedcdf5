"""What goes wrong with an expression: it cannot be read, or it cannot be evaluated."""

from typing import Self

NOWHERE = -1


class XPathError(Exception):
    """The expression cannot be evaluated; `position` is the 0-based index of the character where that part begins."""

    position: int = NOWHERE

    def located(self, position: int) -> Self:
        """The error with its position, unless a part further inside has said one already."""
        if self.position == NOWHERE:
            self.position = position
            self.args = (f"{self} (at character {position + 1})",)
        return self


class XPathSyntaxError(XPathError):
    """The expression cannot be read; `position` is the 0-based index of the offending character."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.located(position)

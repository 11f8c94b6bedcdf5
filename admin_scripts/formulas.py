"""Text that a spreadsheet would run: what it begins with, how a CSV file disarms it, and back."""

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def is_dangerous(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula."""
    return text.startswith(DANGEROUS)


def harmless(text: str) -> str:
    """The text for a CSV cell: an apostrophe in front of what could be a formula."""
    return f"'{text}" if is_dangerous(text) else text


def as_meant(cell: str) -> str:
    """The text of a CSV cell, without an apostrophe that was put there by `harmless`."""
    return cell[1:] if cell.startswith("'") and is_dangerous(cell[1:]) else cell

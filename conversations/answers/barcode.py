"""Barcode: what is written under the bars, or what the reader of a phone makes of them."""

from conversations.answers.asked import Asked, Slip


def read(_asked: Asked, text: str) -> str | Slip:
    """Keep it on one line."""
    return " ".join(text.split())


def show(_asked: Asked, value: str) -> str:
    """Show what was written."""
    return value

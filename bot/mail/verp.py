"""The address that a message comes back to if it cannot be delivered: it names the message, whatever the rest says."""

from storage.senders import LONGEST_LOCAL_PART

MOST_DIGITS = 9
"""Of an attempt's number; what is longer was never ours."""


def return_path(bounce_address: str, tag: str) -> str:
    """As "bounces+TAG@example.org"; the plain address where there is no place for the tag before the @."""
    local, _, domain = bounce_address.rpartition("@")
    tagged = f"{local}+{tag}"
    return f"{tagged}@{domain}" if len(tagged) <= LONGEST_LOCAL_PART else bounce_address


def tag_in(bounce_address: str, recipient: str) -> str | None:
    """What stands behind the "+", "" in the plain address; None if this recipient is not the bounce address."""
    local, _, domain = bounce_address.lower().rpartition("@")
    name, _, at = recipient.strip().strip("<>").lower().rpartition("@")
    if at != domain or not f"{name}+".startswith(f"{local}+"):
        return None
    return name[len(local) + 1 :]


def attempted(occasion: str, attempt: int) -> str:
    """The occasion with the number of the attempt, so that it is known which one came back: "w12", then "w12x2"."""
    return occasion if attempt == 1 else f"{occasion}x{attempt}"


def attempt_in(attempted_occasion: str) -> tuple[str, int]:
    """The occasion and the attempt."""
    occasion, _, attempt = attempted_occasion.partition("x")
    return occasion, int(attempt) if attempt.isdecimal() and len(attempt) <= MOST_DIGITS else 1

"""What a session may know of its person when it begins."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

NOBODY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Known:
    """`last_saved` are the answers of the previous response by ref, `person` what metadata ask for.

    That is "deviceid", "username", "phonenumber" or "email"; what is not there stays blank.
    """

    last_saved: tuple[tuple[str, str], ...] = ()
    person: Mapping[str, str] = field(default_factory=dict)


STRANGER = Known()

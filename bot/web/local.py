"""Who sits at this very machine: the messages of an installation without a mail server are shown to nobody else."""

from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from aiohttp import web

_BY_A_PROXY = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")


def is_local(request: web.Request) -> bool:
    """Whether the browser runs here, and asked for this machine by a name that can mean no other.

    The name matters: a page elsewhere may let its own name point to 127.0.0.1 and would be allowed to read the answer.
    """
    if any(header in request.headers for header in _BY_A_PROXY):
        return False
    return _is_loopback(request.remote or "") and _names_loopback(request.host)


def _names_loopback(host: str) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return name == "localhost" or _is_loopback(name)


def _is_loopback(address: str) -> bool:
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = known.ipv4_mapped if isinstance(known, IPv6Address) else None
    return (mapped or known).is_loopback

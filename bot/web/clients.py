"""Where a request comes from, as far as limits need it."""

from ipaddress import IPv6Address, ip_address

from aiohttp import web


def client_of(request: web.Request) -> str:
    """The address it comes from; behind a proxy on this machine, the one that the proxy names.

    Of IPv6 the network, since everybody has one of his own.
    """
    remote = request.remote or ""
    if _is_here(remote):
        remote = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or remote
    try:
        known = ip_address(remote.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(known, IPv6Address) and known.ipv4_mapped is None:
        return known.exploded[:19]
    return str(getattr(known, "ipv4_mapped", None) or known)


def _is_here(remote: str) -> bool:
    try:
        return ip_address(remote.partition("%")[0]).is_loopback
    except ValueError:
        return False

"""Where a request comes from, for budgets: one household or campus counts once, however many addresses it has."""

from __future__ import annotations

from ipaddress import ip_address, ip_network


def network(address: str) -> str:
    """An IPv4 address, or the /64 of an IPv6 one."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return address
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ip_network((found, 64), strict=False))

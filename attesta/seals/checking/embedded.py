"""Certificates inside a signature are not signed by it: each must be what its own issuer signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from asn1crypto import cms, core, x509

from attesta.seals.checking import signed
from attesta.seals.checking.trust import Trust, issued

MOST = 20

type Path = tuple[x509.Certificate, ...]


def certificates(data: cms.SignedData) -> Iterator[x509.Certificate]:
    """Those of a signature and of its time-stamps, at most a few."""
    found = list(_own(data))
    for token in signed.tokens(data):
        found.extend(_own(token))
    yield from found[:MOST]


def strays(inside: Iterable[x509.Certificate], trust: Trust, paths: Sequence[Path]) -> str:
    """``damaged``: a certificate is not what its issuer signed. ``stray``: what has no business here. Else empty.

    ``paths``: of all signers. Where one is empty, nothing here can vouch for an uppermost certificate.
    """
    known = {each.dump() for each in (*trust.roots, *chain.from_iterable(paths))}
    pool = tuple({each.dump(): each for each in (*trust.roots, *trust.certificates)}.values())
    strangers = [each for each in inside if each.dump() not in known]
    verdicts = {_account(each, pool, topless=not all(paths)) for each in strangers}
    return "damaged" if "damaged" in verdicts else "stray" if "stray" in verdicts else ""


def _account(certificate: x509.Certificate, pool: Sequence[x509.Certificate], *, topless: bool) -> str:
    issuers = [each for each in pool if _is_named_issuer(each, certificate)]
    if any(issued(certificate, by=each) for each in issuers):
        return ""
    if issuers:
        return "damaged"
    return "" if topless and any(issued(each, by=certificate) for each in pool) else "stray"


def _is_named_issuer(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    """By name, and by key where both tell it: authorities can have the same name."""
    told, own = certificate.authority_key_identifier, issuer.key_identifier
    return bool(issuer.subject == certificate.issuer) and (told is None or own is None or told == own)


def _own(data: cms.SignedData) -> Iterator[x509.Certificate]:
    found = data["certificates"]
    for choice in () if found is core.VOID else found:
        if choice.name == "certificate":
            yield choice.chosen

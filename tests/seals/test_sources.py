"""What an operator writes about institutions' own certificates."""

from __future__ import annotations

import pytest

from attesta.seals.sources import Source, read

pytestmark = pytest.mark.once

WHOLE = """
# The Cégep des Lacs keeps its key in the module; Lakes College has a file and no service of its own.
[lacs]
chain = "/etc/attesta/lacs/chain.pem"
token_key = "lacs-2026"
time_stamps = "https://tsa.example/rfc3161"
roots = ["/etc/attesta/lacs/root.pem", "/etc/attesta/tsa-root.pem"]
crls = ["/var/lib/attesta/lacs.crl"]

[lakes-college]
chain = "/etc/attesta/lakes/chain.pem"
key = "/etc/attesta/lakes/key.pem"
roots = ["/etc/attesta/lakes/root.pem"]
"""


def test_reads_every_entry() -> None:
    assert read(WHOLE) == {
        "lacs": Source(
            chain="/etc/attesta/lacs/chain.pem",
            token_key="lacs-2026",
            time_stamps="https://tsa.example/rfc3161",
            roots=("/etc/attesta/lacs/root.pem", "/etc/attesta/tsa-root.pem"),
            crls=("/var/lib/attesta/lacs.crl",),
        ),
        "lakes-college": Source(
            chain="/etc/attesta/lakes/chain.pem",
            key="/etc/attesta/lakes/key.pem",
            roots=("/etc/attesta/lakes/root.pem",),
        ),
    }


def test_an_empty_file_names_nobody() -> None:
    assert read("") == {}


GOOD = {"chain": '"/c.pem"', "key": '"/k.pem"', "roots": '["/r.pem"]'}


def written(**entries: str | None) -> str:
    """A good institution but for ``entries``; None leaves one out."""
    lines = (f"{name} = {value}" for name, value in (GOOD | entries).items() if value is not None)
    return "\n".join(["[lacs]", *lines])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('chain = "/c.pem"', "chain: begin each institution with its short name in brackets, as [chain]."),
        (
            written().replace("[lacs]", '["Cégep des Lacs"]'),
            "[Cégep des Lacs]: this is no short name of an institution (letters without accents, digits, hyphens).",
        ),
        (
            written(chain=None),
            "[lacs]: chain is missing: the file with its certificate and those between it and its root.",
        ),
        (written(roots=None), "[lacs]: roots is missing: the root certificates that its seals lead to."),
        (
            written(key=None),
            "[lacs]: name either key (a file) or token_key (the key's label on the token), one of the two.",
        ),
        (
            written(token_key='"label"'),
            "[lacs]: name either key (a file) or token_key (the key's label on the token), one of the two.",
        ),
        (written(chain='"c.pem"'), "[lacs] chain: c.pem must be a whole path, beginning with /."),
        (written(crls='["/a.crl", "b.crl"]'), "[lacs] crls: b.crl must be a whole path, beginning with /."),
        (written(chain="12"), "[lacs] chain: write text between quotes."),
        (written(chain='" "'), "[lacs] chain: write text between quotes."),
        (written(roots='"/r.pem"'), '[lacs] roots: write a list of paths, as ["/etc/attesta/root.pem"].'),
        (written(roots="[]"), '[lacs] roots: write a list of paths, as ["/etc/attesta/root.pem"].'),
        (written(crls="[1]"), '[lacs] crls: write a list of paths, as ["/etc/attesta/root.pem"].'),
        (written(time_stamp='"https://x"'), "[lacs] time_stamp: this entry is not known; did you mean time_stamps?"),
        (
            written(colour='"red"'),
            "[lacs] colour: this entry is not known; known are chain, key, token_key, time_stamps, roots, crls.",
        ),
        *(
            (
                written(time_stamps=f'"{address}"'),
                "[lacs] time_stamps: write the address of the service, beginning with https:// or http://.",
            )
            for address in ("tsa.example", "ftp://tsa.example", "https://", "https://[x", "https://tsa.example:x")
        ),
        *(
            (
                written(time_stamps=f'"https://{account}@tsa.example/rfc3161"'),
                "[lacs] time_stamps: leave the name and password before the @ out: they would not be sent.",
            )
            for account in ("lacs:secret", "secret", ":secret")
        ),
    ],
)
def test_each_mistake_has_its_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ValueError) as told:
        read(text)
    assert str(told.value) == sentence


@pytest.mark.parametrize("text", ["lacs = ", "[lacs]\n[lacs]", "\0"])
def test_what_is_no_toml_is_told_by_line(text: str) -> None:
    with pytest.raises(ValueError, match=r"^This is not TOML: .+\.$"):
        read(text)


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(ValueError) as told:
        read('[lacs]\nkey = "k.pem"\n[lakes]\nchain = 5\n')
    assert str(told.value).count("[lacs]") == 3
    assert str(told.value).endswith("[lakes] chain: write text between quotes.")

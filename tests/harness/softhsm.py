"""A private token in a folder: SoftHSM stands for a hardware security module."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PLACES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)
CONF = "SOFTHSM2_CONF"


@dataclass(frozen=True, slots=True)
class SoftHsm:
    """Tokens of one folder. Other processes find them when they inherit this one's environment."""

    folder: Path
    module: str
    label: str = "attesta"
    pin: str = field(default="4711-Sésame", repr=False)

    def add_token(self, label: str) -> None:
        _tool("--init-token", "--free", "--label", label, "--so-pin", "so-1234", "--pin", self.pin)

    def import_key(self, pem: bytes, *, label: str, number: int = 1) -> None:
        """A private key (PKCS #8, PEM) under ``label``; ``number`` differs between the keys of a token."""
        file = self.folder / "imported.pem"
        file.write_bytes(pem)
        name = ("--token", self.label, "--pin", self.pin, "--label", label, "--id", f"{number:04x}")
        _tool("--import", str(file), *name)
        file.unlink()

    def generate(self, *, label: str, kind: str = "p256") -> bytes:
        """A key made in the token, which it never leaves; its public half (DER)."""
        arguments = (self.module, self.label, label, kind)
        made = subprocess.run(
            [sys.executable, "-c", GENERATE, *arguments], input=self.pin.encode(), stdout=subprocess.PIPE, check=True
        )
        return bytes.fromhex(made.stdout.decode())


@contextmanager
def softhsm(folder: Path) -> Iterator[SoftHsm]:
    """One token named ``attesta`` in ``folder``."""
    (folder / "tokens").mkdir(parents=True)
    configuration = folder / "softhsm2.conf"
    configuration.write_text(
        f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n"
    )
    before = os.environ.get(CONF)
    os.environ[CONF] = str(configuration)
    try:
        token = SoftHsm(folder, module=module())
        token.add_token(token.label)
        yield token
    finally:
        os.environ.pop(CONF)
        if before is not None:
            os.environ[CONF] = before


def module() -> str:
    """The library's file."""
    found = [place for place in PLACES if Path(place).exists()]
    assert found, "These tests need SoftHSM: apt-get install softhsm2"
    return found[0]


def _tool(*arguments: str) -> None:
    done = subprocess.run(["softhsm2-util", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


GENERATE = """
import sys
import pkcs11
from pkcs11.util.ec import encode_ec_public_key, encode_named_curve_parameters
from pkcs11.util.rsa import encode_rsa_public_key

module, token, label, kind = sys.argv[1:]
session = pkcs11.lib(module).get_token(token_label=token).open(rw=True, user_pin=sys.stdin.read())
if kind == "p256":
    curve = {pkcs11.Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")}
    parameters = session.create_domain_parameters(pkcs11.KeyType.EC, curve, local=True)
    public, _ = parameters.generate_keypair(store=True, label=label)
    found = encode_ec_public_key(public)
else:
    public, _ = session.generate_keypair(pkcs11.KeyType.RSA, 3072, store=True, label=label)
    from asn1crypto.keys import PublicKeyInfo, RSAPublicKey
    found = PublicKeyInfo.wrap(RSAPublicKey.load(encode_rsa_public_key(public)), "rsa").dump()
print(found.hex())
"""

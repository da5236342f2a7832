"""Signing through PKCS#11, with SoftHSM in the place of a hardware security module."""

from __future__ import annotations

import ctypes
import logging
import multiprocessing
import os
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from attesta.seals import pdf, tokens
from attesta.seals.checking import check
from attesta.seals.pkcs11 import Pin, TokenSigner, TokenUnavailable
from attesta.seals.pki import Authority, create
from attesta.seals.signers import Algorithm, Signer
from tests.harness.pdfs import make_pdf
from tests.harness.softhsm import SoftHsm, softhsm
from tests.seals.checkers import Checkers
from tests.seals.office import Office

pytestmark = pytest.mark.once

NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
CEGEP = UUID("6f1d9f4e-3f65-4b52-9a35-0b7d1c9f2a11")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return create(tmp_path_factory.mktemp("pki") / "seals", name="Attesta", now=NOW)


@pytest.fixture(scope="module")
def hsm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoftHsm]:
    with softhsm(tmp_path_factory.mktemp("hsm")) as found:
        yield found


@pytest.fixture(autouse=True)
def sessions() -> Iterator[None]:
    """Each test opens its own."""
    yield
    tokens.close()


@pytest.fixture(scope="module")
def chain(authority: Authority, hsm: SoftHsm) -> bytes:
    """Of the key ``cegep``, made in the token."""
    return certified(authority, hsm.generate(label="cegep"))


@pytest.fixture
def signer(hsm: SoftHsm, chain: bytes) -> TokenSigner:
    return on(hsm, chain)


def on(hsm: SoftHsm, chain: bytes, *, label: str = "cegep", token: str = "", pin: str | Pin = "") -> TokenSigner:
    return TokenSigner(
        module=hsm.module, token_label=token or hsm.label, pin=pin or hsm.pin, key_label=label, chain=chain
    )


def certified(authority: Authority, public_key: bytes, now: datetime = NOW) -> bytes:
    return authority.certify(
        public_key, organization_id=CEGEP, name_fr="Cégep des Lacs", name_en="Lakes College", now=now
    )


def verify(signer: Signer, data: bytes) -> None:
    """Signs, and raises unless the certificate's key made the signature."""
    signature = signer.sign(data)
    public = x509.load_der_x509_certificate(signer.chain[0]).public_key()
    if isinstance(public, ec.EllipticCurvePublicKey):
        public.verify(signature, data, ec.ECDSA(SHA256()))
    else:
        assert isinstance(public, rsa.RSAPublicKey)
        public.verify(signature, data, padding.PKCS1v15(), SHA256())


@pytest.mark.parametrize(("kind", "algorithm"), [("p256", Algorithm.ECDSA_SHA256), ("rsa3072", Algorithm.RSA_SHA256)])
def test_trust_26_a_key_made_in_the_token_signs(
    authority: Authority, hsm: SoftHsm, kind: str, algorithm: Algorithm
) -> None:
    chain = certified(authority, hsm.generate(label=f"made-{kind}", kind=kind))
    signer = on(hsm, chain, label=f"made-{kind}")
    signer.check()
    assert signer.algorithm is algorithm
    verify(signer, b"signed attributes")
    verify(signer, b"x" * 100_000)
    assert len(signer.chain) == 2


@pytest.mark.parametrize("kind", ["p256", "rsa3072"])
def test_trust_26_a_document_sealed_through_the_token_passes_every_check(
    hsm: SoftHsm, office: Office, checkers: Callable[[Office], Checkers], diploma: bytes, kind: str
) -> None:
    """The same checks as for a key in a file."""
    public_key = hsm.generate(label=f"seal-{kind}", kind=kind)
    signer = on(hsm, certified(office.authority, public_key, office.now), label=f"seal-{kind}")
    evidence = office.authority.evidence(office.now, signer.chain)
    for document in (make_pdf(pages=2), diploma):
        sealed = pdf.seal(document, signer=signer, stamper=office.stamper, evidence=evidence, **office.words)
        checkers(office).all_agree(sealed)
        report = check(sealed, roots=[office.root], now=office.now + timedelta(minutes=1))
        assert (report.is_intact, report.is_trusted) == (True, True)
        assert report.signer_organization == str(CEGEP)


@pytest.mark.parametrize(("kind", "number"), [("p256", 11), ("rsa3072", 12)])
def test_an_imported_key_signs(authority: Authority, hsm: SoftHsm, kind: str, number: int) -> None:
    material = authority.new_sealing(
        organization_id=CEGEP, name_fr="Cégep", name_en="College", now=NOW, key="p256" if kind == "p256" else "rsa3072"
    )
    hsm.import_key(material.key_pem, label=f"imported-{kind}", number=number)
    verify(on(hsm, material.chain_pem, label=f"imported-{kind}"), b"data")


def test_the_pin_is_in_no_repr_error_or_log(hsm: SoftHsm, chain: bytes, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    verify(on(hsm, chain), b"with the right one")
    wrong = on(hsm, chain, pin="secret-9999")
    shown = repr(wrong) + repr(vars(wrong)) + str(wrong._place)
    try:
        wrong.sign(b"data")
    except TokenUnavailable as trouble:
        logging.getLogger("test").exception("sealing failed")
        shown += str(trouble) + repr(trouble)
        shown += "".join(traceback.TracebackException.from_exception(trouble, capture_locals=True).format())
    assert "TokenUnavailable" in shown
    assert "secret-9999" not in shown + caplog.text


def test_a_refused_pin_is_tried_once(hsm: SoftHsm, chain: bytes) -> None:
    wrong = on(hsm, chain, pin="secret-9999")
    for _ in range(20):  # SoftHSM would not lock itself; others do after three
        with pytest.raises(TokenUnavailable, match=r"refuses the PIN \(PinIncorrect\)\. It is not tried again"):
            wrong.sign(b"data")
    verify(on(hsm, chain), b"data")


def test_a_pin_is_a_file_s_first_line(tmp_path: Path, hsm: SoftHsm, chain: bytes) -> None:
    (tmp_path / "pin").write_text(f"{hsm.pin}\n")
    verify(on(hsm, chain, pin=Pin.read(tmp_path / "pin")), b"data")
    with pytest.raises(TokenUnavailable, match=r"cannot be read \(FileNotFoundError\)"):
        Pin.read(tmp_path / "none")


def test_a_key_that_is_not_the_certificate_s_never_signs(authority: Authority, hsm: SoftHsm, chain: bytes) -> None:
    hsm.generate(label="another")
    with pytest.raises(TokenUnavailable, match=r"'another' .* does not belong to the certificate"):
        on(hsm, chain, label="another").sign(b"data")
    rsa_chain = authority.new_sealing(
        organization_id=CEGEP, name_fr="Cégep", name_en="College", now=NOW, key="rsa3072"
    ).chain_pem
    with pytest.raises(TokenUnavailable):
        on(hsm, rsa_chain, label="another").sign(b"data")


def test_what_is_missing_is_named(hsm: SoftHsm, chain: bytes) -> None:
    hsm.generate(label="twice")
    hsm.generate(label="twice")
    for signer, words in (
        (on(hsm, chain, label="none"), "holds no private key called 'none'"),
        (on(hsm, chain, label="twice"), "holds several private keys called 'twice'"),
        (on(hsm, chain, token="nowhere"), "No token is called 'nowhere'"),
        (
            TokenSigner(module="/nowhere/lib.so", token_label="x", pin="1234", key_label="y", chain=chain),
            "cannot open shared object file",
        ),
    ):
        with pytest.raises(TokenUnavailable, match=words):
            signer.check()
    verify(on(hsm, chain), b"data")


def test_a_chain_that_is_none_is_refused_at_once(hsm: SoftHsm) -> None:
    with pytest.raises(ValueError, match="PEM"):
        on(hsm, b"nonsense")


def test_threads_sign_at_once(signer: TokenSigner, hsm: SoftHsm, chain: bytes) -> None:
    other = on(hsm, chain)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: verify((signer, other)[number % 2], b"%d" % number), range(200)))


def test_signs_again_after_its_sessions_were_closed(signer: TokenSigner, hsm: SoftHsm) -> None:
    verify(signer, b"before")
    behind = ctypes.CDLL(hsm.module)
    slots = (ctypes.c_ulong * 16)()
    count = ctypes.c_ulong(16)
    assert behind.C_GetSlotList(b"\1", slots, ctypes.byref(count)) == 0
    for slot in slots[: count.value]:
        behind.C_CloseAllSessions(ctypes.c_ulong(slot))
    verify(signer, b"after")


def test_signs_again_after_the_library_was_stopped(signer: TokenSigner, hsm: SoftHsm) -> None:
    verify(signer, b"before")
    assert ctypes.CDLL(hsm.module).C_Finalize(None) == 0
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: verify(signer, b"after"), range(8)))


def test_signs_again_after_the_token_came_back(hsm: SoftHsm, chain: bytes, tmp_path: Path) -> None:
    signer = on(hsm, chain)
    verify(signer, b"before")
    (hsm.folder / "tokens").rename(tmp_path / "away")
    (hsm.folder / "tokens").mkdir()
    ctypes.CDLL(hsm.module).C_Finalize(None)
    for _ in range(2):
        with pytest.raises(TokenUnavailable, match="No token is called 'attesta'"):
            signer.sign(b"meanwhile")
    (hsm.folder / "tokens").rmdir()
    (tmp_path / "away").rename(hsm.folder / "tokens")
    verify(signer, b"after")


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")  # as servers are
def test_forked_workers_and_their_parent_sign(signer: TokenSigner) -> None:
    verify(signer, b"before")
    forked = multiprocessing.get_context("fork")
    workers = [forked.Process(target=sign_in_worker, args=(signer,)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for number in range(50):
        verify(signer, b"meanwhile %d" % number)
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    verify(signer, b"after")


def sign_in_worker(signer: TokenSigner) -> None:
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda number: verify(signer, b"%d %d" % (os.getpid(), number)), range(30)))

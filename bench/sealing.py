"""Speed of sealing: how many times faster than pyHanko, which seals the same bytes with keys of the same kind.

    python -m bench.sealing [--short]

PAdES B-LT in one revision, time-stamped in this process. *stock* is pyHanko with its signer for key files, which reads
the key again at each signature; *kept* is pyHanko with the key object kept. Both are given our time-stamps and evidence
that is read already. A --short run only shows that everything answers: its figures mean nothing.
"""

from __future__ import annotations

import argparse
import logging
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from asn1crypto import cms, tsp
from asn1crypto.crl import CertificateList
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSignatureMetadata,
    PdfSigner,
    SigDSSPlacementPreference,
)
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko_certvalidator import ValidationContext

from attesta.seals.pki import Key
from tests.harness.pdfs import make_pdf
from tests.seals import composed
from tests.seals.office import LOCATION, REASON, Office

KEYS: tuple[Key, ...] = ("p256", "rsa3072")
AIMS = {"stock": 10.0, "kept": 3.0}
FULL, SHORT = 40, 2
Sealer = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Figures:
    """Median milliseconds a document, by who seals."""

    ours: float
    stock: float
    kept: float

    @property
    def ratios(self) -> dict[str, float]:
        return {"stock": self.stock / self.ours, "kept": self.kept / self.ours}


class KeptKey(SimpleSigner):
    """pyHanko's signer with the key object kept, as ours."""

    def __init__(self, reading: SimpleSigner, office: Office) -> None:
        assert reading.signing_cert
        super().__init__(reading.signing_cert, reading.signing_key, reading.cert_registry)
        self._sign = office.signer.sign

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        return self._sign(data)


class OurTime(TimeStamper):
    """Our time-stamps for pyHanko, in this process."""

    def __init__(self, office: Office) -> None:
        super().__init__(include_nonce=False)  # type: ignore[no-untyped-call]
        self._stamper = office.stamper

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        token = self._stamper.stamp(req["message_imprint"]["hashed_message"].native)
        return tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": cms.ContentInfo.load(token)})


def main() -> None:
    logging.disable()  # pyHanko remarks at each document that nothing is fetched
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true")
    rounds = SHORT if parser.parse_args().short else FULL
    for key in KEYS:
        with tempfile.TemporaryDirectory() as folder:
            office = Office.new(Path(folder, "pki"), key=key)
            for name, document in documents().items():
                report(f"{name}, {key}", measure(office, document, Path(folder), rounds=rounds))


def documents() -> dict[str, bytes]:
    return {
        "diploma of 1 page": composed.compose(composed.DIPLOMA),
        "transcript of 3 pages": composed.compose(composed.TRANSCRIPT),
        "another's PDF of 2 pages": make_pdf(pages=2),
    }


def measure(office: Office, document: bytes, folder: Path, *, rounds: int) -> Figures:
    """In turns, so that what else the machine does hits all alike; the first round only warms up."""
    stock, kept = pyhanko_sealers(office, folder)
    sealers: dict[str, Sealer] = {"ours": office.seal, "stock": stock, "kept": kept}
    times: dict[str, list[float]] = {name: [] for name in sealers}
    for number in range(rounds + 1):
        for name, sealer in sealers.items():
            began = time.perf_counter()
            sealer(document)
            if number:
                times[name].append(1000 * (time.perf_counter() - began))
    return Figures(**{name: statistics.median(found) for name, found in times.items()})


def pyhanko_sealers(office: Office, folder: Path) -> tuple[Sealer, Sealer]:
    own, *others = office.signer.chain
    contents = {"key.pem": office.material.key_pem, "own.der": own, "issuing.der": b"".join(others)}
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    stock = SimpleSigner.load(str(folder / "key.pem"), str(folder / "own.der"), [str(folder / "issuing.der")])
    return pyhanko(office, stock), pyhanko(office, KeptKey(stock, office))


def pyhanko(office: Office, signer: SimpleSigner) -> Sealer:
    root = Certificate.load(office.root)
    others = [Certificate.load(der) for der in office.evidence.certificates if der != office.root]
    crls = [CertificateList.load(der) for der in office.evidence.crls]
    stamper = OurTime(office)

    def seal(document: bytes) -> bytes:
        context = ValidationContext(
            trust_roots=[root], other_certs=others, crls=crls, allow_fetching=False, revocation_mode="require"
        )
        writer = IncrementalPdfFileWriter(BytesIO(document))
        out = PdfSigner(metadata(context), signer=signer, timestamper=stamper).sign_pdf(writer)
        sealed: bytes = out.getvalue()
        return sealed

    return seal


def metadata(context: ValidationContext) -> PdfSignatureMetadata:
    """The same kind of seal as ours."""
    together = SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
    return PdfSignatureMetadata(
        field_name="Seal1",
        reason=REASON,
        location=LOCATION,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
        embed_validation_info=True,
        validation_context=context,
        dss_settings=DSSContentSettings(include_vri=False, placement=together),
    )


def report(name: str, figures: Figures) -> None:
    print(f"\n{name}: {figures.ours:.1f} ms  (pyHanko stock {figures.stock:.1f}, kept {figures.kept:.1f})")
    for baseline, ratio in figures.ratios.items():
        print(f"  {baseline} / ours {ratio:8.1f}   aim >= {AIMS[baseline]:.0f}")


if __name__ == "__main__":
    main()

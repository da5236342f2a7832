"""What others say of a sealed PDF: poppler, OpenSSL, qpdf, page-validation and pyHanko, each trusting one root."""

from __future__ import annotations

import asyncio
import dataclasses
import subprocess
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from pathlib import Path

import page
from asn1crypto import cms, x509
from asn1crypto.crl import CertificateList
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.validation import ades
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer

GOOD = ["Total document signed", "Signature is Valid.", "Certificate is Trusted."]


class Checkers:
    def __init__(self, folder: Path, root: bytes) -> None:
        self.folder = folder
        self.root = root
        self.root_pem = folder / "root.pem"
        self.root_pem.write_bytes(load_der_x509_certificate(root).public_bytes(Encoding.PEM))

    def all_agree(self, pdf: bytes) -> None:
        """Every tool says good things of this seal."""
        assert self.pdfsig(pdf) == GOOD
        assert self.openssl(pdf) == "CMS Verification successful"
        assert self.openssl_time(pdf) == "Verification: OK"
        assert self.qpdf(pdf) == []
        assert self.ades(pdf) == (AdESPassed.OK, "INTACT:TRUSTED,TIMESTAMP_TOKEN<INTACT:TRUSTED>,UNTOUCHED")

    def pdfsig(self, pdf: bytes) -> list[str]:
        """What poppler finds good. Its exit code says nothing."""
        database = self._nss()
        answer = run("pdfsig", "-nssdir", f"sql:{database}", self._kept("pdfsig.pdf", pdf))
        return [line for line in GOOD if line in answer.stdout]

    def openssl(self, pdf: bytes) -> str:
        signature, signed = parts(pdf)
        command = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-out", self._kept("out", b"")]
        files = ["-in", self._kept("cms", signature), "-content", self._kept("signed", signed)]
        answer = run(*command, *files, "-CAfile", str(self.root_pem))
        return answer.stderr.strip()

    def openssl_time(self, pdf: bytes) -> str:
        """Of the signature's time-stamp."""
        info = cms.ContentInfo.load(parts(pdf)[0])["content"]["signer_infos"][0]
        token = info["unsigned_attrs"][0]["values"][0].dump()
        files = ["-in", self._kept("token", token), "-data", self._kept("data", info["signature"].native)]
        answer = run("openssl", "ts", "-verify", "-token_in", *files, "-CAfile", str(self.root_pem))
        return answer.stdout.strip()

    def qpdf(self, pdf: bytes) -> list[str]:
        """What it complains of."""
        answer = run("qpdf", "--check", self._kept("qpdf.pdf", pdf))
        return [] if answer.returncode == 0 and not answer.stderr else [answer.stdout + answer.stderr]

    def ades(self, pdf: bytes) -> tuple[object, str]:
        """EN 319 102-1 with the document's own evidence alone: indication and pyHanko's summary."""
        reader = PdfFileReader(BytesIO(pdf))
        embedded = signature_of(reader)
        embedded.compute_integrity_info()
        result = asyncio.run(
            ades.ades_with_time_validation(
                embedded.signed_data,
                dataclasses.replace(
                    self.policy().signature_validation_spec, local_knowledge=ades._dss_to_local_knowledge(reader=reader)
                ),
                raw_digest=embedded.compute_digest(),
                extra_status_kwargs=embedded.summarise_integrity_info(),
                status_cls=PdfSignatureStatus,
            )
        )
        return result.ades_subindic, result.api_status.summary() if result.api_status else ""

    def ades_archived(self, pdf: bytes, crls: Iterable[bytes] = ()) -> tuple[object, str, datetime | None]:
        """The same, with document time-stamps as proof of what existed when: their oldest comes last.

        ``crls``: today's, as a reader fetches them.
        """
        embedded = signature_of(PdfFileReader(BytesIO(pdf)))
        result = asyncio.run(ades.ades_lta_validation(embedded, self.policy(crls)))
        summary = result.api_status.summary() if result.api_status else ""
        return result.ades_subindic, summary, result.oldest_evidence_record_timestamp

    def policy(self, crls: Iterable[bytes] = ()) -> PdfSignatureValidationSpec:
        """Our root alone, revocation known for every certificate, no network."""
        return PdfSignatureValidationSpec(
            SignatureValidationSpec(
                cert_validation_policy=CertValidationPolicySpec(
                    trust_manager=SimpleTrustManager.build([x509.Certificate.load(self.root)]),
                    revinfo_policy=CertRevTrustPolicy(RevocationCheckingPolicy.from_legacy("require")),
                ),
                revinfo_gathering_policy=RevocationInfoGatheringSpec(
                    online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY
                ),
                local_knowledge=LocalKnowledge(known_crls=[CRLContainer(CertificateList.load(crl)) for crl in crls]),
            )
        )

    def _nss(self) -> Path:
        database = self.folder / "nss"
        if not database.exists():
            database.mkdir()
            run("certutil", "-N", "-d", f"sql:{database}", "--empty-password").check_returncode()
            added = ["-n", "root", "-t", "CT,CT,CT", "-i", str(self.root_pem)]
            run("certutil", "-A", "-d", f"sql:{database}", *added).check_returncode()
        return database

    def _kept(self, name: str, content: bytes) -> str:
        path = self.folder / name
        path.write_bytes(content)
        return str(path)


def conforms(pdf: bytes) -> dict[str, list[str]]:
    """Broken rules of PDF/A-3a and PDF/UA-1."""
    return {profile: rules for profile in ("3a", "ua1") if (rules := broken(pdf, profile))}


def broken(pdf: bytes, profile: str) -> list[str]:
    """Rules of PDF/A or PDF/UA."""
    report = page.validate_pdf_bytes(pdf, profile=profile)
    found = [f"{failure.rule_id} {failure.message}" for failure in report.failures]
    return found or ([] if report.is_compliant else ["not compliant"])


def signature_of(reader: PdfFileReader) -> EmbeddedPdfSignature:
    """The one that is no document time-stamp."""
    found = reader.embedded_regular_signatures
    assert len(found) == 1
    embedded: EmbeddedPdfSignature = found[0]
    return embedded


def parts(pdf: bytes) -> tuple[bytes, bytes]:
    """The signature (DER) and what it is about."""
    embedded = signature_of(PdfFileReader(BytesIO(pdf)))
    start, length, resume, rest = embedded.byte_range
    signed = pdf[start : start + length] + pdf[resume : resume + rest]
    return cms.ContentInfo.load(embedded.pkcs7_content).dump(), signed


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)

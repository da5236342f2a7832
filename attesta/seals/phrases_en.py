"""English words for every question and verdict. ``LINES``: by the reason among the facts; "" is for all others."""

from attesta.seals.report import Verdict

YES, ATTENTION, NO, UNKNOWN = Verdict.YES, Verdict.ATTENTION, Verdict.NO, Verdict.UNKNOWN
COLON = ": "
SEMICOLON = "; "
CHANGED = "Since then"
DAYS = {"at", "claimed", "until", "from", "revoked", "judged"}
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

LINES: dict[tuple[str, Verdict], dict[str, str]] = {
    ("is-pdf", YES): {"": "This is a PDF."},
    ("is-pdf", ATTENTION): {
        "": "This is a PDF, but it is damaged and cannot be examined.",
        "displaced": "This file contains a PDF, but something else stands before it: it cannot be examined.",
        "encrypted": "This PDF is protected by a password: what is inside cannot be examined.",
        "too-much": "This PDF is far more complicated than any real document: it was not examined.",
    },
    ("is-pdf", NO): {"": "This file is not a PDF."},
    ("is-pdf", UNKNOWN): {"": "We cannot tell whether this is a PDF."},
    ("sealed", YES): {"": "The file carries an electronic seal."},
    ("sealed", ATTENTION): {
        "": "The file carries what looks like a seal, but it is broken and proves nothing.",
        "outdated": "The file carries a signature of an outdated kind, which can be forged: it was not checked.",
    },
    ("sealed", NO): {
        "": "The file carries no electronic seal: nothing in it shows where it comes from.",
        "stamp-only": "The file carries a date, but no seal: nothing in it shows where it comes from.",
    },
    ("sealed", UNKNOWN): {"": "We cannot tell whether the file carries a seal."},
    ("whole-file", YES): {
        "": "The seal covers the whole file, and nothing was added since.",
        "renewed": "The seal covers the whole document. Since then only its proof of date was renewed.",
        "evidence": "The seal covers the whole document. Since then only data for checking it was added.",
    },
    ("whole-file", ATTENTION): {
        "": "Something was added to the file after it was sealed.",
        "permitted": "The file was changed after it was sealed, in a way that the seal allows.",
        "irregular": "The file is built in an unusual way: other programs may show something else.",
        "loose-evidence": "Technical data was added after sealing, and nothing vouches for it. The pages are the same.",
        "odd": "The seal contains parts that it does not protect and that we cannot account for.",
    },
    ("whole-file", NO): {
        "": "The seal does not cover the whole file.",
        "byte-range": "The seal leaves out a part of the file: anything could stand there.",
        "misplaced": "The seal is not where it belongs in the file: someone moved it.",
        "gap": "There is something foreign in the place kept for the seal.",
        "padding": "The empty space behind the seal was written into: the file was altered.",
        "envelope": "A part of the seal itself was altered.",
        "uncovered": "The seal covers only a part of the file: anything could stand in the rest.",
        "edited": "Someone changed this file after it was sealed.",
        "behind": "Bytes were added behind the sealed document.",
        "broken": "The seal is broken: we cannot say what it covered.",
    },
    ("whole-file", UNKNOWN): {
        "": "Without a seal we cannot tell whether anything was changed.",
        "too-large": "The file was changed after it was sealed; it is too large to tell what changed.",
    },
    ("unaltered", YES): {"": "What was sealed is unchanged, to the last character."},
    ("unaltered", ATTENTION): {"": "What was sealed seems unchanged, with some doubt."},
    ("unaltered", NO): {
        "": "What was sealed has been altered, or this seal belongs to another document.",
        "broken": "The seal is broken: it does not protect the contents.",
    },
    ("unaltered", UNKNOWN): {"": "Without a seal we cannot tell whether the contents are the original ones."},
    ("signature", YES): {"": "The seal was truly made with the key of its certificate."},
    ("signature", ATTENTION): {"": "The seal was made by an old method that can be forged today."},
    ("signature", NO): {
        "": "The seal is false: it was not made with the key of its certificate.",
        "broken": "The seal is broken: it cannot be read as a signature.",
    },
    ("signature", UNKNOWN): {"": "There is no seal whose signature could be checked."},
    ("certified", YES): {"": "The seal locks the document, and the lock was respected."},
    ("certified", ATTENTION): {"": "The seal does not lock the document: it does not forbid later changes."},
    ("certified", NO): {"": "The seal locks the document, and the lock was not respected."},
    ("certified", UNKNOWN): {
        "": "There is no seal that could lock the document.",
        "uncovered": "The seal does not fit this file: its lock says nothing.",
    },
    ("chain", YES): {"": "The seal belongs to {name}: an authority we know vouches for it."},
    ("chain", ATTENTION): {
        "": "The certificate is in the name of {name}, but something about it calls for care.",
        "expired": "The certificate of {name} ended on {until}, and nothing proves that the seal was made before.",
    },
    ("chain", NO): {
        "": "The certificate in the name of {name} is not valid.",
        "self-signed": "The seal says “{name}”, but nobody vouches for it: anyone can make such a certificate.",
        "look-alike": "The seal says “{name}”, but its certificate only imitates one from an authority we know.",
        "not-yet": "The certificate of {name} was not yet valid when the seal was made.",
        "purpose": "The certificate in the name of {name} is not meant for sealing documents.",
    },
    ("chain", UNKNOWN): {
        "": "We cannot tell whom the seal belongs to.",
        "unknown": "The seal says “{name}”. We do not know the authority that vouches for this name.",
    },
    ("certificate-revocation", YES): {
        "": "The certificate was not revoked when the seal was made.",
        "later": "The certificate was valid when the seal was made. It was withdrawn since, on {revoked}.",
    },
    ("certificate-revocation", ATTENTION): {
        "": "The certificate was revoked on {revoked}, after the seal was made: ask the institution."
    },
    ("certificate-revocation", NO): {
        "": "The certificate had been revoked: seals made with it are no longer to be trusted."
    },
    ("certificate-revocation", UNKNOWN): {
        "": "Nothing tells whether the certificate had been revoked.",
        "no-chain": "We do not know who could have revoked this certificate.",
    },
    ("time", YES): {"": "The seal was made on {at}: an independent time-stamp proves it."},
    ("time", ATTENTION): {
        "": "The time-stamp says {at}, but something about it calls for care.",
        "claimed": "The seal says it was made on {claimed}; nothing proves it.",
        "unknown": "A time-stamp says {at}. We do not know the authority that made it.",
        "self-signed": "A time-stamp says {at}, but nobody vouches for who made it.",
        "expired": "A time-stamp says {at}. Its proof has run out and was not renewed.",
    },
    ("time", NO): {
        "": "The time-stamp is not valid.",
        "broken": "The time-stamp is broken, or belongs to another seal.",
        "future": "The time-stamp is in the future: it cannot be true.",
        "revoked": "The certificate behind the time-stamp was revoked: the date proves nothing.",
        "look-alike": "The time-stamp only imitates one from an authority we know.",
    },
    ("time", UNKNOWN): {"": "The file does not say when it was sealed."},
    ("evidence", YES): {"": "The file carries all it takes to check it, even years from now."},
    ("evidence", ATTENTION): {
        "": "The file lacks a part of what it takes to check it years from now.",
        "no-stamp": "The file carries no proof of its date: it will be hard to check once its certificate has ended.",
        "no-revocation": "The file does not show that its certificate was in force: others must be asked.",
    },
    ("evidence", NO): {"": "What the file carries for its own checking contradicts it."},
    ("evidence", UNKNOWN): {"": "We cannot tell whether the file can still be checked years from now."},
    ("renewed", YES): {
        "": "The proof of date was renewed on {at} and holds until {until}.",
        "not-needed": "The proof of date holds until {until}; it needs no renewal yet.",
    },
    ("renewed", ATTENTION): {
        "": "The proof of date was renewed, by an authority that we cannot vouch for.",
        "overdue": "The proof of date held until {until} and should have been renewed.",
        "expired": "The proof of date was renewed on {at}, and has run out since.",
    },
    ("renewed", NO): {"": "The renewal of the proof of date is broken: the file was altered."},
    ("renewed", UNKNOWN): {"": "There is no proof of date to renew."},
}

NOTES = {
    "is-pdf": "ISO 32000 header, cross-references and trailer.",
    "sealed": "Signature dictionaries in the form’s fields (ISO 32000-2, 12.8).",
    "whole-file": "Byte range, placement and padding of the signature; comparison of every later revision.",
    "unaltered": "Digest of the byte range against the signed attribute messageDigest.",
    "signature": "CMS signature (RFC 5652, CAdES) against the public key of the certificate.",
    "certified": "Certification signature (DocMDP) against the changes found.",
    "chain": "Path to a configured root (RFC 5280) at the time of sealing.",
    "certificate-revocation": "Revocation lists and OCSP responses, embedded and ours, for the whole path.",
    "time": "Signature time-stamp (RFC 3161): imprint, signature, and path of its authority.",
    "evidence": "Document security store (PAdES B-LT): certificates and revocation data.",
    "renewed": "Document time-stamps (PAdES B-LTA), newest first.",
}

FACTS = {
    "revisions": "Revisions",
    "later": "Later revisions",
    "seals": "Seals",
    "digest": "Digest",
    "algorithm": "Algorithm",
    "subject": "Subject",
    "organization": "Institution",
    "issuer": "Issuer",
    "root": "Root",
    "serial": "Serial number",
    "from": "Valid from",
    "until": "Valid until",
    "judged": "Judged at",
    "revoked": "Revoked at",
    "why": "Reason given",
    "claimed": "Claimed time",
    "at": "Time",
    "authority": "Time-stamping authority",
    "renewals": "Renewals",
    "level": "Permission level",
    "reason": "Code",
}

CHANGES = {
    "pages-changed": ("page {} drawn anew", "pages {} drawn anew"),
    "pages-added": ("page {} added", "pages {} added"),
    "pages-removed": ("former page {} removed", "former pages {} removed"),
    "pages-moved": ("order of the pages changed",),
    "annotations": ("notes or fields of page {} changed", "notes or fields of pages {} changed"),
    "form": ("form changed",),
    "metadata": ("metadata changed",),
    "information": ("document property changed ({})", "document properties changed ({})"),
    "names": ("attached files or names changed",),
    "layers": ("layers changed",),
    "seals-added": ("seals added: {}",),
    "actions": ("actions at opening changed",),
}


def day(year: int, month: int, number: int) -> str:
    return f"{MONTHS[month - 1]} {number}, {year}"

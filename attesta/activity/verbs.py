"""Everything the ledger can tell. Sentences for each stand in ``web/sentences.py``."""

from enum import StrEnum


class Verb(StrEnum):
    """Facts that a line of each verb carries are named behind it.

    Lines about a share carry ``documents``: a list of ``{"id", "fr", "en"}`` (titles as of then).
    """

    # credentials; facts: fr, en (titles)
    ISSUED = "issued"
    CLAIMED = "claimed"
    UPDATED = "document-updated"  # version, reason; corrected: columns whose words are others now
    REVOKED = "document-revoked"  # reason when it may be shown
    INVITED = "invited-again"
    CORRECTED = "address-corrected"  # never the addresses
    RELEASED = "document-released"
    EXPORTED = "list-exported"  # an issuer's list of documents; query: what narrowed it

    # batches of documents; facts: batch, file, count (of documents); the recipient of BATCH_LEFT is who left
    BATCH_HANDED_IN = "batch-handed-in"
    BATCH_APPROVED = "batch-approved"
    BATCH_APPROVAL_LOST = "batch-approval-lost"  # what was approved looks otherwise now
    BATCH_STARTED = "batch-started"
    BATCH_PAUSED = "batch-paused"
    BATCH_LEFT = "batch-left"
    BATCH_TAKEN_OVER = "batch-taken-over"
    BATCH_RESUMED = "batch-resumed"
    BATCH_DONE = "batch-done"
    BATCH_CANCELLED = "batch-cancelled"

    # an institution's templates; facts: template (its name)
    TEMPLATE_MADE = "template-made"
    TEMPLATE_EDITED = "template-edited"
    TEMPLATE_RETIRED = "template-retired"
    TEMPLATE_RESTORED = "template-restored"

    # members of an institution; the recipient is the member, facts: role (of ROLE_CHANGED: [before, after])
    MEMBER_INVITED = "member-invited"
    MEMBER_ADDED = "member-added"
    MEMBER_JOINED = "member-joined"
    INVITATION_WITHDRAWN = "invitation-withdrawn"
    ROLE_CHANGED = "role-changed"
    MEMBER_REMOVED = "member-removed"
    APPROVAL_CHANGED = "approval-changed"  # above: [before, after], documents
    APPROVAL_RISING = "approval-rising"  # the same; from: the moment from which it counts
    APPROVAL_KEPT = "approval-kept"  # above: [what it would have become, what it is]

    # the learner's acts on a share
    CREATED = "share-created"  # channel
    EDITED = "share-edited"  # changes: {field: [from, to]}; the PIN's: {"pin": ["set"|"none", "set"|"none"]}
    DISABLED = "share-disabled"
    ENABLED = "share-enabled"
    RENEWED = "link-renewed"
    RESENT = "email-resent"
    TOLD = "update-told"  # by the learner, elsewhere
    SHOWN = "pin-shown"

    # the mail's way
    SENT = "email-sent"  # the mail server took it; letter: "invitation" | "pin" | "code"
    FAILED = "email-failed"  # letter, because

    # recipients
    OPENED = "share-opened"
    PAGE_VIEWED = "page-viewed"  # document, page
    DOWNLOADED = "document-downloaded"  # document, version
    PRINTED = "print-sheet"  # document
    WRONG_PIN = "wrong-pin"
    WRONG_CODE = "wrong-code"
    LOCKED = "gate-locked"  # scope: "link" | "device" | "network"
    REFUSED = "open-refused"  # because: "expired" | "disabled" | "limit"
    CODE_SENT = "code-sent"
    ACCESS_ASKED = "access-asked"  # name, email, message
    AUTOMATIC = "automatic-check"  # not counted; agent

    # time
    EXPIRED = "share-expired"

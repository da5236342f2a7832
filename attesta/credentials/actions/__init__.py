"""What may be done to credentials. Each act checks first, then writes row, ledger line and letter in one transaction.

A document's bytes are sealed, encrypted and on the disk before the transaction begins: a crash in between leaves a
file that nobody names, which the sweep removes. Refusals (``rules.Refused``) come before any change.
"""

from attesta.credentials.actions.claiming import claim, claim_all
from attesta.credentials.actions.correcting import correct_address, heard, invite_again
from attesta.credentials.actions.issuing import issue, issue_composed
from attesta.credentials.actions.releasing import release_due
from attesta.credentials.actions.revoking import revoke
from attesta.credentials.actions.updating import update, update_composed

__all__ = [
    "claim",
    "claim_all",
    "correct_address",
    "heard",
    "invite_again",
    "issue",
    "issue_composed",
    "release_due",
    "revoke",
    "update",
    "update_composed",
]

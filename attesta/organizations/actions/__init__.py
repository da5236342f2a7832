"""What is done to organizations and to the people who act for them. Refusals come before any change."""

from attesta.organizations.actions.creating import FIELDS, add_member, create
from attesta.organizations.actions.deciding import change_approval, change_role, remove, role_of
from attesta.organizations.actions.inviting import claim, claim_all, invite, invite_again, withdraw

__all__ = [
    "FIELDS",
    "add_member",
    "change_approval",
    "change_role",
    "claim",
    "claim_all",
    "create",
    "invite",
    "invite_again",
    "remove",
    "role_of",
    "withdraw",
]

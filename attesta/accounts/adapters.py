"""Where allauth meets our house: letters go through the outbox."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    pass


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    pass

"""What templates say about an account."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django import template
from django.utils.translation import gettext as _

from attesta.accounts import links, listing, rules

register = template.Library()


@register.filter
def fours(key: str) -> str:
    """A long key in groups that an eye can follow."""
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


@register.filter
def ending(session: UserSession) -> str:
    """The address at which this session is ended."""
    return links.session_end(listing.name_of(session))


@register.filter
def device(agent: str) -> str:
    """A user agent as people say it."""
    return rules.device(agent) or _("Unknown device")

"""A mailbox is somebody's once they have proved it, and not before."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress

from attesta.accounts.mailboxes import owner_of, proved_by
from attesta.accounts.models import Person

pytestmark = pytest.mark.django_db


def test_a_mailbox_is_its_provers(zoe: Person, alex: Person) -> None:
    EmailAddress.objects.create(user=zoe, email="zoe@work.example", verified=True)
    EmailAddress.objects.create(user=alex, email="alex@work.example", verified=False)
    assert (owner_of("zoe@work.example"), owner_of("alex@work.example"), owner_of("nobody@work.example")) == (
        zoe,
        None,
        None,
    )
    assert sorted(proved_by(zoe)) == sorted([zoe.email, "zoe@work.example"])
    assert proved_by(alex) == [alex.email]

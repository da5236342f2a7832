"""What a visit may see, and what it leaves behind."""

from __future__ import annotations

import uuid

from attesta.accounts.models import Person
from attesta.activity.models import Line
from attesta.credentials import actions as credential_actions
from attesta.credentials.models import Credential
from attesta.shares import actions
from attesta.shares.models import Share, Trace
from tests.harness.pdfs import make_pdf
from tests.shares.conftest import MakeShare, enter, verbs, visitor


def test_trust_08_views_and_downloads_are_told_once_a_visit_and_apart(link: Share, diploma: Credential) -> None:
    admission = enter(link)
    for _ in range(3):
        assert actions.page_image(admission=admission, credential_id=diploma.id, number=1) is not None
        assert actions.take_file(admission=admission, credential_id=diploma.id) is not None
        assert actions.print_sheet(admission=admission, credential_id=diploma.id) == diploma
    link.refresh_from_db()
    assert (link.consultations, link.downloads) == (1, 1)
    assert verbs(link) == ["share-created", "share-opened", "page-viewed", "document-downloaded", "print-sheet"]


def test_two_visits_leave_two_traces(link: Share, diploma: Credential) -> None:
    for name in ("one", "two"):
        actions.take_file(admission=enter(link, visitor(name)), credential_id=diploma.id)
    link.refresh_from_db()
    assert (link.consultations, link.downloads) == (2, 2)


def test_whoever_holds_a_link_is_not_named_nor_is_a_mailbox_that_nothing_proved(
    make_share: MakeShare, diploma: Credential
) -> None:
    """A PIN can be passed on as a link can; a code of the mailbox proves it (``test_proofs.py``)."""
    named = make_share(recipient_name="Fondation du Fleuve")
    mailed = make_share(recipients=["admission@lac.example"], pin="482107")
    actions.take_file(admission=enter(named), credential_id=diploma.id)
    actions.take_file(admission=enter(mailed, pin="482107"), credential_id=diploma.id)
    theirs = Line.objects.filter(verb__in=["share-opened", "document-downloaded"])
    assert sorted(theirs.values_list("actor_label", "recipient_label")) == [
        *[("", "Fondation du Fleuve")] * 2,
        *[("", "admission@lac.example")] * 2,
    ]


def test_trust_14_a_view_only_share_never_sends_the_original(make_share: MakeShare, diploma: Credential) -> None:
    admission = enter(make_share(may_download=False))
    assert actions.take_file(admission=admission, credential_id=diploma.id) is None
    assert actions.page_image(admission=admission, credential_id=diploma.id, number=2) is not None


def test_a_visit_sees_its_own_documents_only(
    link: Share, zoe: Person, diploma: Credential, institution: object
) -> None:
    other = credential_actions.issue(
        issuer=diploma.issuer,
        learner_email=zoe.email,
        title_fr="Relevé",
        title_en="Transcript",
        issued_on=diploma.issued_on,
        pdf=make_pdf(),
    )
    admission = enter(link)
    for credential_id in (other.id, uuid.uuid4()):
        assert actions.page_image(admission=admission, credential_id=credential_id, number=1) is None
        assert actions.page_text(admission=admission, credential_id=credential_id, number=1) is None
        assert actions.take_file(admission=admission, credential_id=credential_id) is None
        assert actions.print_sheet(admission=admission, credential_id=credential_id) is None
    assert actions.page_image(admission=admission, credential_id=diploma.id, number=3) is None
    assert Trace.objects.count() == 0


def test_a_revoked_document_stays_as_a_tombstone(link: Share, diploma: Credential) -> None:
    admission = enter(link)
    credential_actions.revoke(credential=diploma, reason="Erreur de nom", shown=True)
    [shown] = actions.documents(admission)
    assert shown.revoked_at is not None
    assert actions.page_image(admission=admission, credential_id=diploma.id, number=1) is None
    assert actions.page_text(admission=admission, credential_id=diploma.id, number=1) is None
    assert actions.take_file(admission=admission, credential_id=diploma.id) is None


def test_a_preview_is_the_owner_s_and_leaves_nothing(
    link: Share, zoe: Person, alex: Person, diploma: Credential
) -> None:
    assert actions.preview(share=link, by=alex) is None
    admission = actions.preview(share=link, by=zoe)
    assert admission is not None
    assert actions.documents(admission) == [diploma]
    assert actions.page_image(admission=admission, credential_id=diploma.id, number=1) is not None
    link.refresh_from_db()
    assert (link.consultations, verbs(link)) == (0, ["share-created"])

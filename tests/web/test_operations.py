"""Operators look, by a second factor; nobody else is there, nothing secret is shown, nothing is changed."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from attesta.accounts.models import Person
from attesta.accounts.rules import RECENT
from attesta.activity.models import Line
from attesta.credentials.models import Batch, Credential, Template, Version
from attesta.mail.models import Letter
from attesta.organizations.models import Organization
from attesta.shares import actions, tokens
from attesta.shares.actions import Offer
from attesta.shares.models import Channel, Share
from attesta.vault.models import DataKey
from attesta.web.operations import Counted
from tests.harness import cast
from tests.issuer.conftest import with_factor
from tests.learner import reading

HOME = "/operations/"
PIN = "482913"
WORDS = ("Ma cachette", "Pour mon rêve", "Dossier intime", "Bonjour à vous seule")
"""What Zoé writes of her share: its name, purpose, reference and message."""
QUERIES = {
    "accounts.person": 5,
    "activity.line": 5,
    "credentials.batch": 5,
    "credentials.credential": 5,
    "credentials.template": 5,
    "mail.letter": 5,
    "organizations.organization": 5,
    "shares.share": 5,
}
"""The session, the person, the factor, a count that ends, the rows; whatever the number of rows."""


def showing(person: Person, *, method: str = "mfa", age: float = 0) -> Client:
    """A browser that showed who is there so long ago (seconds)."""
    browser = Client()
    browser.force_login(person)
    session = browser.session
    session["account_authentication_methods"] = [{"method": method, "at": time.time() - age}]
    session["account_authentication_methods_user"] = str(person.pk)
    session["seen_at"] = int(time.time())
    session.save()
    return browser


@pytest.fixture
def operators(operator: Person) -> Client:
    return showing(with_factor(operator))


type Fill = Callable[[], None]


@pytest.fixture
def fill(zoe: Person, institution: Organization, registrar: Person) -> Fill:
    """Makes one more of everything that is shown, by the actions that make it in life."""

    def one_more() -> None:
        number = Template.objects.count()
        diploma = cast.diploma(zoe, institution, by=registrar)
        name, purpose, reference, message = WORDS
        offer = Offer(
            name=name,
            purpose=purpose,
            reference=reference,
            message=message,
            channel=Channel.EMAIL,
            language="fr",
            recipients=[f"admission{number}@uni.example"],
            pin=PIN,
        )
        actions.create(by=zoe, credentials=[diploma], offer=offer)
        by_link = replace(offer, channel=Channel.LINK, recipients=(), recipient_name=WORDS[-1])
        actions.create(by=zoe, credentials=[diploma], offer=by_link)
        template = Template.objects.create(
            issuer=institution, kind="diploma", name=f"Modèle {number}", design={"crest": "<svg>armoiries</svg>"}
        )
        Batch.objects.create(
            issuer=institution,
            form="csv",
            template=template,
            file_name="lot.csv",
            size=12,
            sha256="5" * 64,
            blob="blob-of-the-batch",
            created_label="Rémi",
        )
        cast.person(f"else{number}@example.org")
        Organization.objects.create(slug=f"org-{number}", name_fr="X", name_en="X", is_issuer=True)

    return one_more


def shown() -> Iterator[tuple[type[models.Model], str, str]]:
    """Each kind of thing, its list and the start of its things' addresses."""
    for model in admin.site._registry:
        place = f"{model._meta.app_label}_{model._meta.model_name}"
        there = reverse(f"admin:{place}_changelist")
        yield model, model._meta.label_lower, there


def pages() -> Iterator[str]:
    yield HOME
    yield from (f"{HOME}{room}/" for room in sorted({label.split(".")[0] for _model, label, _there in shown()}))
    for model, _label, there in shown():
        yield there
        yield from (f"{there}{thing.pk}/change/" for thing in model._default_manager.all())


def secrets() -> Iterator[str]:
    for share in Share.objects.all():
        yield from (str(tokens.token_of(share)), share.token_hash, *WORDS, PIN)
        yield from written(share.token_sealed, share.pin_sealed)
    for letter in Letter.objects.exclude(sealed=None):
        yield from written(letter.sealed)
    for key in DataKey.objects.all():
        yield from (str(key.pk), *written(key.wrapped))
    yield from Version.objects.values_list("blob", flat=True)
    yield from (str(code) for code in Credential.objects.exclude(code=None).values_list("code", flat=True))
    yield from Person.objects.values_list("password", flat=True)
    yield from ("blob-of-the-batch", "armoiries", "sealed-secret-of-the-factor")


def written(*values: bytes | memoryview | None) -> Iterator[str]:
    """As bytes find their way onto pages."""
    for value in values:
        if value:
            yield from (bytes(value).hex(), base64.b64encode(bytes(value)).decode(), escape(repr(bytes(value))[2:-1]))


def test_nobody_but_an_operator_finds_it(zoe: Person, registrar: Person, client: Client) -> None:
    browsers = [client, showing(with_factor(zoe)), showing(with_factor(registrar))]
    assert [browser.get(HOME).status_code for browser in browsers] == [404, 404, 404]
    assert [browser.get(f"{HOME}accounts/person/").status_code for browser in browsers] == [404, 404, 404]
    assert [browser.post(f"{HOME}mail/letter/").status_code for browser in browsers] == [404, 404, 404]


def test_trust_20_an_operator_without_a_factor_is_told_to_add_one(operator: Person) -> None:
    answer = showing(operator, method="password").get(HOME)
    assert (answer.status_code, next(reading.main(answer).all("h1")).text) == (403, "Un second facteur est requis")
    assert reading.links(answer)["Ajouter un second facteur"] == "/accounts/2fa/"


@pytest.mark.parametrize(("method", "age"), [("password", 0), ("mfa", RECENT + 5), ("mfa", -60)])
def test_trust_20_the_factor_is_shown_in_this_browser_and_lately(operator: Person, method: str, age: float) -> None:
    answer = showing(with_factor(operator), method=method, age=age).get(f"{HOME}activity/line/?q=claimed")
    assert answer.headers["Location"] == (
        "/accounts/2fa/reauthenticate/?next=%2Foperations%2Factivity%2Fline%2F%3Fq%3Dclaimed"
    )


def test_a_factor_that_was_taken_away_is_none(operator: Person) -> None:
    """Though the session remembers that it was shown."""
    browser = showing(with_factor(operator))
    assert browser.get(HOME).status_code == 200
    Authenticator.objects.all().delete()
    assert browser.get(HOME).status_code == 403


def test_who_is_no_operator_any_more_finds_nothing(operators: Client) -> None:
    assert operators.get(HOME).status_code == 200
    Person.objects.update(is_staff=False)
    assert operators.get(HOME).status_code == 404


def test_trust_01_no_page_holds_a_secret(operators: Client, fill: Fill, operator: Person) -> None:
    fill()
    Authenticator.objects.update(data={"secret": "sealed-secret-of-the-factor"})
    hidden = {secret for secret in secrets() if secret}
    answers = {page: operators.get(page) for page in pages()}
    assert {page for page, answer in answers.items() if answer.status_code != 200} == set()
    found = {
        (page, secret)
        for page, answer in answers.items()
        for secret in {*hidden, str(operators.session.session_key)}
        if secret in answer.content.decode()
    }
    assert found == set()
    assert len(hidden) > 20


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("accounts/person/?password__startswith=md5", 400),
        ("shares/share/?token_hash__startswith=a", 400),
        ("shares/share/?owner__password__startswith=md5", 400),
        ("mail/letter/?sealed__isnull=False", 400),
        ("mail/letter/?state__regex=(", 400),
        ("shares/share/?channel__iregex=[", 400),
        ("shares/share/?enabled__exact=1", 200),
        ("accounts/person/?q=zoe&lang=en", 200),
    ],
)
def test_what_is_hidden_cannot_be_guessed_by_filters(operators: Client, address: str, status: int) -> None:
    assert operators.get(HOME + address).status_code == status


@pytest.mark.parametrize("filter", ["state=%00", "state__exact=%00"])
def test_a_filter_that_no_database_takes_leads_to_a_list_that_says_so(operators: Client, filter: str) -> None:
    assert operators.get(f"{HOME}mail/letter/?{filter}").headers["Location"] == f"{HOME}mail/letter/?e=1"


def test_a_search_of_too_many_words_is_refused_in_words(operators: Client, zoe: Person) -> None:
    for _model, _label, there in shown():
        answer = operators.get(there, {"q": "a " * 1500})
        assert (answer.status_code, len(answer.context["messages"])) == (200, 1)


def test_a_list_is_sorted_as_its_room_says(operators: Client, fill: Fill) -> None:
    """Not by a column without an index."""
    fill()
    assert operators.get(f"{HOME}activity/line/?o=2").context["cl"].queryset.query.order_by == ("-id",)


def test_rooms_show_these_things_and_other_packages_none() -> None:
    assert sorted(label for _model, label, _there in shown()) == sorted(QUERIES)


def test_nothing_is_added_changed_or_deleted(operators: Client, fill: Fill) -> None:
    fill()
    before = {model: list(model._default_manager.order_by("pk").values()) for model, _label, _there in shown()}
    answers = {
        (there, act): operators.post(f"{there}{act}", {"name": "Autre", "_save": "1"}).status_code
        for model, _label, there in shown()
        for thing in [model._default_manager.first()]
        if thing
        for act in ("add/", f"{thing.pk}/change/", f"{thing.pk}/delete/", f"{thing.pk}/history/")
    }
    assert {status for (_there, act), status in answers.items() if act.endswith("change/")} == {403}
    assert {status for (_there, act), status in answers.items() if not act.endswith("change/")} == {404}
    for model, _label, there in shown():
        chosen = [str(thing.pk) for thing in model._default_manager.all()]
        operators.post(there, {"action": "delete_selected", "_selected_action": chosen, "post": "yes"})
    after = {model: list(model._default_manager.order_by("pk").values()) for model, _label, _there in shown()}
    assert after == before


@pytest.mark.parametrize("page", ["login/", "logout/", "password_change/", "autocomplete/", "r/1/1/", "auth/group/"])
def test_django_s_other_doors_are_not_there(operators: Client, page: str) -> None:
    assert operators.get(HOME + page).status_code == 404


def test_a_list_asks_as_often_for_three_rows_as_for_one(operators: Client, fill: Fill) -> None:
    fill()
    assert {label: questions(operators, there) for _model, label, there in shown()} == QUERIES
    fill()
    fill()
    assert {label: questions(operators, there) for _model, label, there in shown()} == QUERIES


def test_a_thing_is_found_by_its_id(operators: Client, fill: Fill) -> None:
    """The ledger is searched in its own way (tests/activity/test_admin.py)."""
    fill()
    fill()
    for model, label, there in shown():
        found = operators.get(there, {"q": str(model._default_manager.all()[0].pk)}).context["cl"].result_count
        assert (label, found) == (label, 0 if model is Line else 1)
        assert operators.get(there, {"q": "d'autres \"mots"}).context["cl"].result_count == 0


def questions(browser: Client, there: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        browser.get(there)
    return len(asked)


def test_a_long_list_is_counted_no_further_than_is_led(zoe: Person, alex: Person, operator: Person) -> None:
    class Few(Counted):
        most = 2

    everyone = Few(Person.objects.order_by("email"), 1)
    assert (everyone.count, everyone.num_pages, everyone.has_more) == (2, 2, True)
    assert (Counted(everyone.object_list, 1).count, Counted(everyone.object_list, 1).has_more) == (3, False)


def test_a_dead_letter_is_queued_again(operators: Client, fill: Fill, operator: Person) -> None:
    fill()
    letter = Letter.objects.all()[0]
    there = f"{HOME}mail/letter/"
    dead = {"state": "dead", "settled_at": letter.created_at, "due_at": None, "lease": None, "leased_until": None}
    Letter.objects.filter(pk=letter.pk).update(**dead)
    press = {"action": "requeue", "_selected_action": [str(letter.pk)]}
    late = showing(operator, age=RECENT + 5).post(there, press)
    assert (late.status_code, Letter.objects.get(pk=letter.pk).state) == (302, "dead")
    answer = operators.post(there, press, follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["1 courriel est remis en file."]
    assert Letter.objects.get(pk=letter.pk).state == "queued"


@pytest.mark.parametrize(
    ("language", "rooms"),
    [
        ("fr", ["Courriels", "Documents", "Journal", "Partages", "Personnes", "Établissements"]),
        ("en", ["Documents", "Institutions", "Ledger", "Letters", "People", "Shares"]),
    ],
)
def test_it_speaks_both_languages(operators: Client, operator: Person, language: str, rooms: list[str]) -> None:
    Person.objects.filter(pk=operator.pk).update(language=language)
    page = reading.main(operators.get(HOME))
    assert sorted(caption.text for caption in page.all("caption")) == rooms


def test_the_account_menu_leads_operators_there(operator: Person, zoe: Person) -> None:
    menus = [reading.read(showing(person).get("/documents/")) for person in (operator, zoe)]
    assert [[link.text for link in menu.all("a", href=HOME)] for menu in menus] == [["Exploitation"], []]


def test_lines_are_listed_newest_first(operators: Client, fill: Fill) -> None:
    fill()
    rows = operators.get(f"{HOME}activity/line/").context["cl"].result_list
    assert list(rows) == list(Line.objects.order_by("-pk"))

"""Bodies that no form of ours sends are refused before they are read, and none reaches the disk."""

from __future__ import annotations

import io
import tempfile
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from attesta.accounts.models import Person
from attesta.organizations.models import Membership, Organization, Role
from attesta.web.limits import AT_ONCE, refusal, uploads

FORM = "application/x-www-form-urlencoded"
MEBIBYTE = 1024 * 1024


class Unread(io.BytesIO):
    """A body that must not be touched."""

    def read(self, *_: object) -> bytes:
        raise AssertionError("the body was read")


@pytest.mark.parametrize(
    ("length", "status"),
    [("0", 0), ("", 0), (str(2 * MEBIBYTE), 0), (str(2 * MEBIBYTE + 1), 413), ("0" * 30 + "9" * 9, 413), ("x", 400)],
)
def test_a_length_decides_alone(length: str, status: int) -> None:
    assert refusal(RequestFactory().post("/", CONTENT_LENGTH=length)) == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"HTTP_TRANSFER_ENCODING": "chunked"}, 411),
        ({"CONTENT_TYPE": f"{FORM}; charset=hex"}, 400),
        ({"CONTENT_TYPE": f"{FORM}; charset=latin-1"}, 400),
        ({"CONTENT_TYPE": f"{FORM}; charset=no-such"}, 400),
    ],
)
def test_a_refusal_reads_nothing_and_speaks_both_languages(headers: dict[str, str], status: int) -> None:
    answer = Client().post("/language/", **{"wsgi.input": Unread()}, **headers)  # type: ignore[arg-type]
    assert answer.status_code == status
    assert "We could not read this request" in answer.content.decode()
    assert "Nous n’avons pas pu lire cette demande" in answer.content.decode()
    assert "Content-Security-Policy" in answer.headers


def test_a_body_too_large_is_told_so_unread() -> None:
    answer = Client().post("/language/", **{"wsgi.input": Unread()}, CONTENT_LENGTH="9000000000")  # type: ignore[arg-type]
    assert answer.status_code == 413
    assert "This is too large for us" in answer.content.decode()
    assert "C’est trop volumineux pour nous" in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "length", "status"),
    [
        ("/verify/", 26 * MEBIBYTE, 0),
        ("/verify/", 26 * MEBIBYTE + 1, 413),
        ("/issuer/tides/batches/new/", 100 * MEBIBYTE, 0),
        ("/issuer/tides/batches/new/", 100 * MEBIBYTE + 1, 413),
    ],
)
def test_files_are_taken_at_their_addresses(path: str, length: int, status: int) -> None:
    assert refusal(RequestFactory().post(path, CONTENT_LENGTH=str(length))) == status


@pytest.mark.django_db
def test_a_stranger_s_large_file_is_not_read() -> None:
    answer = Client().post("/issuer/", **{"wsgi.input": Unread()}, CONTENT_LENGTH=str(90 * MEBIBYTE))  # type: ignore[arg-type]
    assert answer.status_code == 413


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "status"), [("zoe", 413), ("reader", 413), ("issuer", 0)])
def test_the_largest_files_are_read_from_staff_alone(
    institution: Organization, zoe: Person, who: str, status: int, django_assert_num_queries: Any
) -> None:
    if who in Role.values:
        Membership.objects.create(organization=institution, person=zoe, role=who)
    request = RequestFactory().post("/issuer/x/batches/new/", CONTENT_LENGTH=str(90 * MEBIBYTE))
    request.user = zoe
    handle = uploads(lambda request: HttpResponse(status=200))
    with django_assert_num_queries(1):
        assert handle(request).status_code == (status or 200)
    request.META["CONTENT_LENGTH"] = str(20 * MEBIBYTE)
    with django_assert_num_queries(0):
        assert handle(request).status_code == 200


def test_a_few_files_at_once_and_the_next_one_is_asked_to_wait() -> None:
    request = RequestFactory().post("/verify/", CONTENT_LENGTH=str(20 * MEBIBYTE))
    request.user = AnonymousUser()
    answers: list[int] = []

    def deeper(inner: HttpRequest) -> HttpResponse:
        answers.append(0)
        return handle(inner)

    handle = uploads(deeper)
    refused = handle(request)
    assert (len(answers), refused.status_code, refused.headers["Retry-After"]) == (AT_ONCE, 503, "10")
    assert handle(request).status_code == 503


@pytest.mark.parametrize("charset", ["utf-8", "UTF8", "utf_8"])
def test_utf_8_by_any_of_its_names_is_read(charset: str) -> None:
    assert refusal(RequestFactory().post("/", "a=1", content_type=f"{FORM}; charset={charset}")) == 0


@pytest.mark.django_db
def test_no_file_of_a_form_reaches_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", None)
    big = SimpleUploadedFile("diploma.pdf", b"x" * MEBIBYTE)
    answer = Client().post("/language/", {"language": "en", "next": "/", "file": big})
    assert (answer.status_code, answer.cookies["language"].value) == (302, "en")
    assert isinstance(answer.wsgi_request.FILES["file"], InMemoryUploadedFile)

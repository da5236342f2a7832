"""Bodies that no form of ours sends are refused before they are read, and none reaches the disk."""

from __future__ import annotations

import io
import tempfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from attesta.web.limits import refusal

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
        ({"CONTENT_LENGTH": "9000000000"}, 413),
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


@pytest.mark.parametrize("charset", ["utf-8", "UTF8", "utf_8"])
def test_utf_8_by_any_of_its_names_is_read(charset: str) -> None:
    assert refusal(RequestFactory().post("/", "a=1", content_type=f"{FORM}; charset={charset}")) == 0


@pytest.mark.django_db
def test_no_file_of_a_form_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", None)
    big = SimpleUploadedFile("diploma.pdf", b"x" * MEBIBYTE)
    answer = Client().post("/language/", {"language": "en", "next": "/", "file": big})
    assert (answer.status_code, answer.cookies["language"].value) == (302, "en")
    assert not answer.wsgi_request.FILES

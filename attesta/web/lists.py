"""What was opened from a list leads back to the same page of it: the list's query travels along as ``?list=``."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, QueryDict

LIST = "list"


def onward(address: str) -> str:
    """``?list=…`` for links out of the list at that address; empty when nothing narrows it."""
    query = urlsplit(address).query
    return f"?{urlencode({LIST: query})}" if query else ""


def along(request: HttpRequest) -> str:
    """``?list=…`` of this page, for the next page about the same thing."""
    return onward(f"?{request.GET.get(LIST, '')}")


def back(request: HttpRequest) -> str:
    """``?…`` of the list itself. Read and written anew, it is a query and nothing else."""
    parameters = QueryDict(request.GET.get(LIST, ""), mutable=True)
    parameters.pop("lang", None)
    return f"?{parameters.urlencode()}" if parameters else ""

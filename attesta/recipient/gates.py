"""Every page of a visit passes here first, each time it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from attesta.recipient.answers import ended
from attesta.recipient.languages import speak
from attesta.recipient.visitors import visit_secret
from attesta.shares import actions
from attesta.shares.actions import Admission


def admitted[**P](
    view: Callable[Concatenate[HttpRequest, Admission, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """The visit named in the address, when its cookie came along and its share still lets it go on."""

    @wraps(view)
    def gate(request: HttpRequest, visit_id: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        admission = actions.admit(visit_id=visit_id, secret=visit_secret(request))
        if admission is None:
            return ended(request)
        speak(request, admission.share.language)
        return view(request, admission, *args, **kwargs)

    return gate

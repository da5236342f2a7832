"""What was typed into a form whose sign-in had grown old: kept while the person signs in again, then shown again.

Sealed, for the person and the page alone; the newest is kept. Files are not: a page with a file keeps its own draft.
"""

from __future__ import annotations

import base64

from django.http import QueryDict

from attesta.vault.secrets import Unreadable, seal, unseal
from attesta.web.gates import PersonRequest

PLACE = "issuer_typed"
PURPOSE = "issuer.typed"
LONGEST = 20_000
LEFT_OUT = ("csrfmiddlewaretoken",)


def keep(request: PersonRequest) -> None:
    fields = request.POST.copy()
    for name in LEFT_OUT:
        fields.pop(name, None)
    plain = fields.urlencode()
    if len(plain) <= LONGEST:
        sealed = seal(plain, purpose=PURPOSE, context=_bound(request))
        request.session[PLACE] = [request.path, base64.b64encode(sealed).decode()]


def take(request: PersonRequest) -> QueryDict | None:
    """What was kept for this very page, once."""
    kept = request.session.get(PLACE)
    if not kept or kept[0] != request.path:
        return None
    del request.session[PLACE]
    try:
        return QueryDict(unseal(base64.b64decode(kept[1]), purpose=PURPOSE, context=_bound(request)))
    except Unreadable:
        return None


def _bound(request: PersonRequest) -> str:
    return f"{request.person.pk} {request.path}"

"""The address book. The frozen part is kept by tests/house/test_addresses.py."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from attesta.config import health

urlpatterns = [
    path("livez", health.live, name="livez"),
    path("readyz", health.ready, name="readyz"),
    path("accounts/", include("attesta.accounts.urls")),
    path("operations/", admin.site.urls),
    path("", include("attesta.web.urls")),
    path("", include("attesta.recipient.urls")),
    path("", include("attesta.verifier.urls")),
    path("", include("attesta.learner.urls")),
    path("", include("attesta.issuer.urls")),
]
if settings.DEMONSTRATION:
    urlpatterns.append(path("_mail/", include("demo.urls")))

handler400 = "attesta.web.errors.bad_request"
handler403 = "attesta.web.errors.forbidden"
handler404 = "attesta.web.errors.not_found"
handler500 = "attesta.web.errors.server_error"

"""Addresses of the learner's door."""

from django.urls import URLPattern, path

from attesta.learner import account
from attesta.learner.views import (
    activity,
    creating,
    document,
    documents,
    editing,
    paper,
    previewing,
    share,
    shares,
    switching,
)

app_name = "learner"
urlpatterns: list[URLPattern] = [
    path("account/", account.account, name="account"),
    path("account/sessions/<slug:name>/end/", account.end_session, name="session-end"),
    path("documents/", documents.documents, name="documents"),
    path("documents/<uuid:pk>/", document.document, name="document"),
    path("documents/<uuid:pk>/pages/<int:number>/", document.page_image, name="document-page"),
    path("documents/<uuid:pk>/pages/<int:number>/text", document.page_text, name="document-text"),
    path("documents/<uuid:pk>/file/", document.file, name="document-file"),
    path("shares/", shares.shares, name="shares"),
    path("shares/new/", creating.new, name="share-new"),
    path("shares/new/done/<uuid:key>/", creating.done, name="share-done"),
    path("shares/<uuid:pk>/", share.share, name="share"),
    path("shares/<uuid:pk>/pin/", share.show_pin, name="share-show-pin"),
    path("shares/<uuid:pk>/qr.svg", share.qr, name="share-qr"),
    path("shares/<uuid:pk>/activity.csv", activity.export, name="share-activity"),
    path("shares/<uuid:pk>/activity.pdf", paper.export, name="share-paper"),
    path("shares/<uuid:pk>/edit/", editing.edit, name="share-edit"),
    path("shares/<uuid:pk>/preview/", previewing.preview, name="share-preview"),
    path("shares/<uuid:pk>/disable/", switching.disable, name="share-disable"),
    path("shares/<uuid:pk>/enable/", switching.enable, name="share-enable"),
    path("shares/<uuid:pk>/resend/", switching.resend, name="share-resend"),
    path("shares/<uuid:pk>/told/", switching.told, name="share-told"),
    path("shares/<uuid:pk>/renew/", switching.renew, name="share-renew"),
    path("shares/<uuid:pk>/renew/confirm/", switching.confirm_renewal, name="share-renew-confirm"),
    path("shares/<uuid:pk>/reopen/", switching.reopen, name="share-reopen"),
]

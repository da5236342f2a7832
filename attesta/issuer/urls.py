"""Addresses of the issuer's door. Everything of an institution stands below its slug."""

from __future__ import annotations

from django.urls import URLPattern, include, path

from attesta.issuer.views import (
    acting,
    batch,
    batches,
    choosing,
    dashboard,
    document,
    documents,
    exporting,
    issuing,
    members,
    moving,
    templates,
    updating,
)

app_name = "issuer"

DOCUMENTS: list[URLPattern] = [
    path("", dashboard.dashboard, name="dashboard"),
    path("documents/", documents.documents, name="documents"),
    path("documents/export/", exporting.export, name="export"),
    path("documents/new/", issuing.choose, name="document-new"),
    path("documents/new/pdf/", issuing.new_pdf, name="document-new-pdf"),
    path("documents/new/template/<uuid:template>/", issuing.new_composed, name="document-new-composed"),
    path("documents/<uuid:pk>/", document.document, name="document"),
    path("documents/<uuid:pk>/issued/", issuing.done, name="document-issued"),
    path("documents/<uuid:pk>/update/", updating.update, name="document-update"),
    path("documents/<uuid:pk>/update/<uuid:template>/", updating.update_composed, name="document-update-composed"),
    path("documents/<uuid:pk>/revoke/", acting.revoke, name="document-revoke"),
    path("documents/<uuid:pk>/address/", acting.correct, name="document-correct"),
    path("documents/<uuid:pk>/invite/", acting.invite, name="document-invite"),
    path("documents/<uuid:pk>/pages/<int:number>/", document.page_image, name="document-page"),
    path("documents/<uuid:pk>/pages/<int:number>/text", document.page_text, name="document-text"),
    path("documents/<uuid:pk>/file/", document.file, name="document-file"),
]
MEMBERS: list[URLPattern] = [
    path("members/", members.members, name="members"),
    path("members/approval/", members.approval, name="member-approval"),
    path("members/invite/", members.invite, name="member-invite"),
    path("members/<uuid:person>/role/", members.change_role, name="member-role"),
    path("members/<uuid:person>/remove/", members.remove, name="member-remove"),
    path("members/invitations/<uuid:pk>/resend/", members.invite_again, name="invitation-resend"),
    path("members/invitations/<uuid:pk>/withdraw/", members.withdraw, name="invitation-withdraw"),
]
TEMPLATES: list[URLPattern] = [
    path("templates/", templates.templates, name="templates"),
    path("templates/new/", templates.choose, name="template-choose"),
    path("templates/new/<slug:kind>/", templates.create, name="template-new"),
    path("templates/<uuid:pk>/", templates.edit, name="template"),
    path("templates/<uuid:pk>/picture/", templates.picture, name="template-picture"),
    path("templates/<uuid:pk>/table/", templates.table, name="template-table"),
    path("templates/<uuid:pk>/retire/", templates.retire, name="template-retire"),
    path("templates/<uuid:pk>/restore/", templates.restore, name="template-restore"),
]
BATCHES: list[URLPattern] = [
    path("batches/", batches.batches, name="batches"),
    path("batches/new/", batches.hand_in, name="batch-new"),
    path("batches/table/", batches.table, name="batch-table"),
    path("batches/<uuid:pk>/", batch.batch, name="batch"),
    path("batches/<uuid:pk>/documents/<int:number>/picture/", batch.picture, name="batch-picture"),
    path("batches/<uuid:pk>/problems/", batch.problem_table, name="batch-problems"),
    path("batches/<uuid:pk>/report/", batch.report, name="batch-report"),
    path("batches/<uuid:pk>/take-over/", moving.take_over, name="batch-take-over"),
    path("batches/<uuid:pk>/approve/", moving.approve, name="batch-approve"),
    path("batches/<uuid:pk>/start/", moving.start, name="batch-start"),
    path("batches/<uuid:pk>/pause/", moving.pause, name="batch-pause"),
    path("batches/<uuid:pk>/resume/", moving.resume, name="batch-resume"),
    path("batches/<uuid:pk>/cancel/", moving.cancel, name="batch-cancel"),
]

urlpatterns = [
    path("issuer/", choosing.choose, name="home"),
    path("issuer/<slug:slug>/", include([*DOCUMENTS, *MEMBERS, *TEMPLATES, *BATCHES])),
]

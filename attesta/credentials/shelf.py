"""Finding what a reader asks for, with SQL written once: every page picture of every visit comes through here.

See ``activity.statements``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from attesta.activity.statements import columns, fields, first, model, stored
from attesta.credentials.models import Credential, Page, Version
from attesta.vault.models import DataKey


def readable(
    credential_id: UUID, number: int | None = None, *, learner_id: UUID | None = None, issuer_id: UUID | None = None
) -> Version | None:
    """The current version, or that number, with credential and data key; None for a revoked credential.

    With ``learner_id``, only of that learner's; with ``issuer_id``, only of that institution's.
    """
    sql, values = _readable_sql(), [stored(credential_id), number]
    if learner_id:
        sql, values = f"{sql} AND c.learner_id = %s", [*values, stored(learner_id)]
    if issuer_id:
        sql, values = f"{sql} AND c.issuer_id = %s", [*values, stored(issuer_id)]
    row = first(sql, values)
    return _version(row) if row else None


def readable_page(credential_id: UUID, number: int | None, page_number: int) -> tuple[Version, Page | None] | None:
    """As ``readable``, and this page of it as it was drawn, if it was: asked in one go."""
    row = first(_with_page_sql(), [page_number, stored(credential_id), number])
    if row is None:
        return None
    own = len(fields(Page))
    return _version(row[own:]), model(Page, row[:own]) if row[0] else None


def page(version: Version, number: int) -> Page | None:
    """The page as it was drawn, if it was."""
    row = first(_page_sql(), [stored(version.pk), number])
    return model(Page, row) if row else None


def _version(row: Sequence[Any]) -> Version:
    end, last = len(fields(Version)), len(fields(Version)) + len(fields(Credential))
    version = model(Version, row[:end])
    version.credential = model(Credential, row[end:last])
    version.data_key = model(DataKey, row[last:]) if version.data_key_id else None
    return version


@cache
def _with_page_sql() -> str:
    joined = " LEFT JOIN credentials_page p ON p.version_id = v.id AND p.number = %s WHERE "
    return _readable_sql().replace("SELECT ", f"SELECT {columns(Page, 'p')}, ", 1).replace(" WHERE ", joined, 1)


@cache
def _readable_sql() -> str:
    return (
        f"SELECT {columns(Version, 'v')}, {columns(Credential, 'c')}, {columns(DataKey, 'k')}"  # noqa: S608
        " FROM credentials_credential c JOIN credentials_version v ON v.credential_id = c.id"
        " LEFT JOIN vault_datakey k ON k.id = v.data_key_id"
        " WHERE c.id = %s AND v.number = COALESCE(%s, c.latest) AND c.revoked_at IS NULL"
    )


@cache
def _page_sql() -> str:
    return f"SELECT {columns(Page, 'p')} FROM credentials_page p WHERE p.version_id = %s AND p.number = %s"  # noqa: S608

"""The operators' view: Django's admin, open to operators alone and cut down to looking (ADR 31).

What is seen of a room stands in its ``admin.py``. Here stands what holds for all of them: there are a list and a page
of each thing and no other address, no list counts or sorts what it does not show, nothing of other packages is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

from django import forms
from django.contrib.admin import AdminSite, ModelAdmin, ShowFacets
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList, ChangeListSearchForm
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from attesta.accounts.models import Person
from attesta.web.gates import operators

SEARCH_LENGTH = 200
"""Characters: more words than that are no search, and more than a database takes."""
PAGES = ("_changelist", "_change")
"""How the addresses that are kept end in Django's naming: a list, and one of its things."""


class Counted(Paginator[Any]):
    """Counts ``most`` rows and leads no further: whoever seeks another one searches."""

    most = 10_000

    @cached_property
    def count(self) -> int:
        return min(self.most, self._counted)

    @cached_property
    def _counted(self) -> int:
        rows = cast(QuerySet[Any], self.object_list)
        return rows.order_by()[: self.most + 1].count()

    @property
    def has_more(self) -> bool:
        return self._counted > self.most


def by_its_filters(page: ModelAdmin[Any], lookup: str, *_others: Any) -> bool:
    """What is not shown cannot be guessed letter by letter, as ``?password__startswith=`` would let one.

    What is shown is filtered as its filter does it: a database may stumble over other ways (``__regex=(``).
    """
    name, _separator, how = lookup.partition("__")
    return name in page.list_filter and how in ("", "exact", "isnull")


class Search(ChangeListSearchForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields[SEARCH_VAR] = forms.CharField(required=False, strip=False, max_length=SEARCH_LENGTH)


class Rows(ChangeList):
    """A list that takes ``?lang=`` as every page does, not for a filter, and is sorted as its room says."""

    search_form_class = Search

    def get_filters_params(self, params: dict[str, Any] | None = None) -> dict[str, Any]:
        found = super().get_filters_params(params)
        found.pop("lang", None)
        if any("\0" in value for values in found.values() for value in values):
            raise IncorrectLookupParameters
        return found

    def get_ordering_field(self, field_name: Callable[..., Any] | str) -> None:
        """``?o=`` would sort a long table by what has no index."""


EVERY_ROOM: dict[str, Any] = {
    "get_changelist": lambda _page, _request, **_options: Rows,
    "lookup_allowed": by_its_filters,
    "paginator": Counted,
    "list_per_page": 50,
    "list_max_show_all": 50,
    "show_full_result_count": False,
    "show_facets": ShowFacets.NEVER,
    "sortable_by": (),
    "view_on_site": False,
}


class Operations(AdminSite):
    site_title = site_header = _("Operations")
    index_title = _("What this service holds")
    site_url = "/"
    enable_nav_sidebar = False
    index_template = "web/operations.html"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: type[ModelAdmin[Any]] | None = None,
        **options: Any,
    ) -> None:
        """Our own rooms alone: others would show factors, sessions and codes."""
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        ours = [model for model in models if model.__module__.startswith("attesta.")]
        super().register(ours, admin_class, **(EVERY_ROOM | options))

    def admin_view(self, view: Callable[..., HttpResponseBase], cacheable: bool = False) -> Any:
        """Every page of it passes the gate; sign-in is where everyone's is."""
        return never_cache(operators(view))

    def has_permission(self, request: HttpRequest) -> bool:
        """Asked by templates, behind the gate."""
        return isinstance(request.user, Person) and request.user.is_staff

    def get_urls(self) -> list[URLPattern | URLResolver]:
        shown = {model._meta: page for model, page in self._registry.items()}
        rooms = "|".join(sorted({meta.app_label for meta in shown}))
        return [
            path("", self.admin_view(self.index), name="index"),
            path("words/", self.admin_view(self.i18n_javascript), name="jsi18n"),
            *(path(f"{meta.app_label}/{meta.model_name}/", include(pages(page))) for meta, page in shown.items()),
            re_path(rf"^(?P<app_label>{rooms})/$", self.admin_view(self.app_index), name="app_list"),
        ]


def pages(page: ModelAdmin[Any]) -> list[URLPattern]:
    """Neither adding nor deleting nor Django's own history has an address."""
    return [pattern for pattern in page.get_urls() if pattern.name and pattern.name.endswith(PAGES)]

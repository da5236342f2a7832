"""Components: what they say to those who do not see them, and what they post."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.utils import translation

from attesta.web import charts, statuses

LOADED = "{% load i18n attesta components %}"


def render(source: str, **values: object) -> str:
    return Template(LOADED + source).render(
        RequestContext(RequestFactory().get("/shares/?q=a&sort=name&lang=en"), values)
    )


@pytest.mark.parametrize(
    ("value", "french", "english"), [("", "S.\xa0O.", "N/A"), (None, "S.\xa0O.", "N/A"), (0, "0", "0"), ("x", "x", "x")]
)
def test_what_has_no_value_is_not_applicable(value: object, french: str, english: str) -> None:
    with translation.override("fr"):
        assert render("{{ value|or_na }}", value=value) == french
    with translation.override("en"):
        assert render("{{ value|or_na }}", value=value) == english


def test_no_pin_reads_none() -> None:
    with translation.override("fr"):
        assert render("{{ pin|or_none }}", pin="") == "Aucun"
    with translation.override("en"):
        assert render("{{ pin|or_none }}", pin="") == "None"


def test_a_link_keeps_the_rest_of_the_query() -> None:
    assert render('{% query sort="date" %}') == "?q=a&amp;sort=date"
    assert render("{% query q=None sort=None %}") == "/shares/"


def test_an_icon_alone_has_a_name() -> None:
    assert 'aria-hidden="true"' in render('{% icon "mail" %}')
    assert 'role="img" aria-label="a &lt;b&gt;"' in render('{% icon "mail" label=words %}', words="a <b>")


def test_a_links_and_a_credentials_expiry_are_worded_apart() -> None:
    with translation.override("fr"):
        assert str(statuses.look("expired").word) == "Expiré"
        assert str(statuses.look("expired", of="credential").word) == "Titre expiré"


def test_an_unknown_status_shows_its_name() -> None:
    assert statuses.look("odd_one") == statuses.Look("grey", "info", "odd-one")


def test_the_switch_is_a_form_that_names_its_share() -> None:
    with translation.override("fr"):
        shown = render('{% status_switch "/x/disable/" True name fields=fields %}', name="A & B", fields={"version": 3})
    assert '<form class="switch-form" method="post" action="/x/disable/">' in shown
    assert 'name="csrfmiddlewaretoken"' in shown
    assert '<input type="hidden" name="version" value="3">' in shown
    assert 'role="switch" aria-checked="true"' in shown
    assert "A &amp; B" in shown
    assert "<span>Activé</span>" in shown


def test_a_confirmation_carries_the_form_guard() -> None:
    shown = render('{% confirm title="T" url="/x/" action="Go" kind="danger" cancel="/y/" %}<p>B</p>{% endconfirm %}')
    assert 'name="csrfmiddlewaretoken"' in shown
    assert "<h1>T</h1>" in shown
    assert "<p>B</p>" in shown
    assert 'href="/y/"' in shown


def test_a_body_escapes_what_people_typed() -> None:
    assert "<b>" not in render("{% notice title=typed %}<p>{{ typed }}</p>{% endnotice %}", typed="<b>")


def test_the_chart_counts_and_draws_from_the_bottom() -> None:
    days = [(date(2024, 3, 1), 0), (date(2024, 3, 2), 4), (date(2024, 3, 3), 1)]
    drawn = charts.chart(days)
    assert drawn is not None
    assert [(bar.count, bar.y, bar.height) for bar in drawn.bars] == [(0, 100, 0), (4, 0, 100), (1, 75, 25)]
    assert (drawn.total, drawn.busiest.day) == (5, date(2024, 3, 2))


def test_the_chart_is_told_in_words() -> None:
    with translation.override("fr"):
        shown = render("{% views_chart days %}", days=[(date(2024, 3, 1), 1), (date(2024, 3, 2), 2)])
    assert "3 consultations, du 1er mars 2024 au 2 mars 2024" in shown
    assert 'aria-label="Consultations par jour. Le plus en un jour\xa0: 2, le 2 mars 2024."' in shown
    assert shown.count("<rect") == 2


def test_nothing_viewed_draws_nothing() -> None:
    assert charts.chart([(date(2024, 3, 1), 0)]) is None
    assert "<svg" not in render("{% views_chart days %}", days=[])


class Form(forms.Form):
    name = forms.CharField(label="Name", help_text="Help")
    channel = forms.ChoiceField(label="Channel", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="Agree", required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_field_is_tied_to_its_help_and_its_error() -> None:
    with translation.override("en"):
        shown = str(Form({"name": "", "channel": "a"}))
    assert '<label class="field-label" for="id_name">' in shown
    assert 'aria-describedby="id_name_helptext id_name_error"' in shown
    assert 'id="id_name_helptext"' in shown
    assert 'id="id_name_error"' in shown
    assert 'aria-invalid="true"' in shown


def test_errors_are_summed_up_with_links_to_their_fields() -> None:
    with translation.override("en"):
        shown = str(Form({}))
    assert "2 things need your attention" in shown
    assert '<a href="#id_name">' in shown
    assert '<a href="#id_channel">' in shown
    assert 'id="id_channel"' in shown


def test_what_was_typed_is_kept() -> None:
    assert 'value="A &amp; B"' in str(Form({"name": "A & B"}))


def test_choices_stand_in_a_group_with_a_name() -> None:
    shown = str(Form())
    assert '<legend class="field-label">Channel' in shown
    assert shown.count('type="radio"') == 2
    assert "error-summary" not in shown


def test_a_tag_outside_a_request_still_renders() -> None:
    assert "Open" in Template('{% load components %}{% post_button "/x/" "Open" %}').render(Context())

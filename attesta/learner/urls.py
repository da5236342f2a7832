"""Addresses of the learner's door."""

from django.urls import URLPattern, path

from attesta.learner import account

app_name = "learner"
urlpatterns: list[URLPattern] = [
    path("account/", account.account, name="account"),
]

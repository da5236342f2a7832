"""Addresses of the demonstration's mail page; the address book includes them in demonstration mode alone."""

from django.urls import path

from demo import views

app_name = "demo_mail"

urlpatterns = [
    path("", views.letters, name="letters"),
    path("<uuid:pk>/", views.letter, name="letter"),
    path("<uuid:pk>/html/", views.html, name="html"),
]

"""Addresses of the hall: the front page, the language switch, the component gallery."""

from django.conf import settings
from django.urls import URLPattern, path

from attesta.web import gallery, views

app_name = "web"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("language/", views.language, name="language"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
]
if settings.DEBUG or settings.TESTING or settings.DEMONSTRATION:
    urlpatterns.append(path("_components/", gallery.components, name="components"))

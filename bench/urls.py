from django.urls import include, path

from bench import views

urlpatterns = [
    path("bench/bare/<str:token>", views.bare),
    path("bench/naive/<str:token>", views.naive),
    path("", include("attesta.config.urls")),
]

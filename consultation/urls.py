from django.urls import path

from consultation.views.note import note, withdraw

app_name = "consultation"
urlpatterns = [
    path("note/", note, name="note"),
    path("note/withdraw/", withdraw, name="withdraw"),
]

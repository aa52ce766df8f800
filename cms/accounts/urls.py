from django.urls import path

from cms.accounts.views import sign_in

app_name = "accounts"
urlpatterns = [path("<str:token>/", sign_in, name="sign_in")]

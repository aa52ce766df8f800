from django.urls import path

from stories.views.tell import tell

app_name = "stories"
urlpatterns = [path("tell/", tell, name="tell")]

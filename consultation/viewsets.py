"""Priorities, consultations and conferences, in Wagtail's own list and edit views."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from consultation.forms.conference import ConferenceForm, date_input
from consultation.models import Conference, Consultation, Priority
from consultation.permissions import can_plan, can_set_priorities
from stories.viewsets import DeleteUnused, DeskViewSet


class ConsultationForm(forms.ModelForm[Consultation]):
    """The question and its dates."""

    class Meta:
        model = Consultation
        fields = (
            "title",
            "question",
            "intro",
            "opens_on",
            "closes_on",
            "cycle",
            "closing_message",
        )
        widgets = {
            "intro": forms.Textarea(attrs={"rows": 4}),
            "opens_on": date_input(),
            "closes_on": date_input(),
            "closing_message": forms.Textarea(attrs={"rows": 3}),
        }


class ConsultationViewSet(DeskViewSet):
    """What is asked, and from when to when."""

    model = Consultation
    rule = staticmethod(can_set_priorities)
    icon = "help"
    menu_order = 150
    name = "consultations"
    list_display = (
        "title",
        Column("question", label=_("Question"), classname="roomy"),
        "opens_on",
        "closes_on",
    )

    def get_form_class(self, for_update: bool = False) -> type[ConsultationForm]:
        """One form for new ones and old ones."""
        return ConsultationForm


class PriorityViewSet(DeskViewSet):
    """The priorities of the plan."""

    model = Priority
    rule = staticmethod(can_set_priorities)
    icon = "order"
    menu_order = 160
    name = "priorities"
    delete_view_class = DeleteUnused
    form_fields = ("cycle", "number", "title", "child_title", "description", "outcome")
    list_display = (
        "title",
        Column("child_title", label=_("In a child’s words"), classname="roomy"),
        "number",
        Column("cycle", label=_("Years"), sort_key="cycle", classname="roomy"),
    )
    list_filter = ("cycle",)
    search_fields = ("title", "child_title", "description")


class ConferenceViewSet(DeskViewSet):
    """Conferences, each with its agenda."""

    model = Conference
    rule = staticmethod(can_plan)
    icon = "group"
    menu_order = 170
    menu_label = _("Conferences")
    name = "conferences"
    delete_view_class = DeleteUnused
    create_template_name = edit_template_name = "consultation/desk/conference.html"
    list_display = (
        "title",
        "held_on",
        Column("place", label=_("Place"), classname="roomy"),
        "state",
    )

    def get_form_class(self, for_update: bool = False) -> type[ConferenceForm]:
        """One form for new ones and old ones."""
        return ConferenceForm

"""The codebook and the local names, in Wagtail's own list and edit views."""

from collections.abc import Callable, Iterable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import F, Model, ProtectedError, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from stories.models import LocalName, Theme
from stories.permissions import can_edit_codebook
from stories.views.access import Rule, View, only


class RulePolicy(BasePermissionPolicy):
    """Asks one of the app's rules, so that a superuser without the role gets nothing."""

    def __init__(self, model: type[Model], rule: Rule) -> None:
        super().__init__(model)
        self._rule = rule

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whoever may do one thing with these rows may do all."""
        return self._rule(user)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        """Costs one question a user; Wagtail asks this for notifications only."""
        people = get_user_model()._default_manager.filter(is_active=True)
        return people.filter(pk__in=[user.pk for user in people if self._rule(user)])


class DeskViewSet(ModelViewSet):
    """Wagtail's list, add, edit and delete for those whom `rule` lets in; 404 for anybody else."""

    rule: Callable[[Any], bool]
    add_to_admin_menu = True
    copy_view_enabled = False
    list_per_page = 100

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        register_permission_policy(self.model, RulePolicy(self.model, type(self).rule))

    def construct_view(self, view_class: type[Any], **kwargs: Any) -> View:
        """Every view of the set comes through here: the one door."""
        return only(type(self).rule)(super().construct_view(view_class, **kwargs))


class DeleteUnused(generic.DeleteView):
    """Deletes what nothing rests on, and says so when something does."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Looks at every table that points here, also those of the apps above."""
        try:
            if not _is_used(self.object):
                return cast(HttpResponse, super().form_valid(form))
        except ProtectedError:
            pass  # somebody began to use it just now
        said = gettext("%(kind)s “%(name)s” is in use, so it can’t be deleted.")
        kind = capfirst(self.object._meta.verbose_name)
        messages.error(self.request, said % {"kind": kind, "name": self.object})
        return redirect(self.get_success_url())


def _is_used(row: Model) -> bool:
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: row}).exists()
        for relation in row._meta.related_objects
    )


class ThemeForm(forms.ModelForm[Theme]):
    """A theme, or a group of themes. Its slug is its lasting id and is chosen once."""

    class Meta:
        model = Theme
        fields = (
            "parent",
            "name",
            "slug",
            "child_label",
            "definition",
            "include",
            "exclude",
            "cues",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["slug"].disabled = self.instance.pk is not None
        self.fields["slug"].help_text = _("Made from the name when it is empty. It stays for ever.")
        self.fields["parent"].empty_label = _("None: this is a group")  # type: ignore[attr-defined]
        for name in ("definition", "include", "exclude"):
            self.fields[name].widget.attrs["rows"] = 3

    def clean_parent(self) -> Theme | None:
        """Two levels and no more: a group with themes stays a group."""
        parent: Theme | None = self.cleaned_data["parent"]
        if parent and self.instance.pk:
            if parent.pk == self.instance.pk:
                raise ValidationError(_("A group can’t be in itself."))
            if self.instance.themes.exists():
                raise ValidationError(_("This is a group with themes. It can’t be in a group."))
        return parent

    def clean_cues(self) -> str:
        """One cue a line, in small letters, each once."""
        lines = (" ".join(line.lower().split()) for line in self.cleaned_data["cues"].splitlines())
        return "\n".join(dict.fromkeys(line for line in lines if line.strip("*")))


class ThemeList(generic.IndexView):
    """The codebook, each group followed by its themes."""

    def get_base_queryset(self) -> QuerySet[Theme]:
        """One query, whatever the number of themes."""
        themes: QuerySet[Theme] = Theme.objects.select_related("parent")
        return themes

    def order_queryset(self, queryset: QuerySet[Theme]) -> QuerySet[Theme]:
        """Groups in the order in which they were made."""
        if self.ordering:
            return cast("QuerySet[Theme]", super().order_queryset(queryset))
        group = Coalesce("parent_id", "pk")
        return queryset.order_by(group, F("parent_id").asc(nulls_first=True), "pk")


def _cue_count(theme: Theme) -> str:
    if theme.parent_id is None:
        return "–"
    return ngettext("%d cue", "%d cues", len(theme.cue_list)) % len(theme.cue_list)


class ThemeViewSet(DeskViewSet):
    """The codebook."""

    model = Theme
    rule = staticmethod(can_edit_codebook)
    icon = "tag"
    menu_label = _("Codebook")
    menu_order = 120
    name = "codebook"
    index_view_class = ThemeList
    delete_view_class = DeleteUnused
    search_fields = ("name", "child_label", "definition", "cues")
    list_display = (
        "name",
        Column("parent", label=_("Group"), accessor="parent.name", classname="roomy"),
        "child_label",
        Column("cues", label=_("Cues"), accessor=_cue_count, classname="roomy"),
    )

    def get_form_class(self, for_update: bool = False) -> type[ThemeForm]:
        """One form for new themes and old ones."""
        return ThemeForm


class LocalNameViewSet(DeskViewSet):
    """Names that are taken out of every story."""

    model = LocalName
    rule = staticmethod(can_edit_codebook)
    icon = "site"
    menu_label = _("Local names")
    menu_order = 130
    name = "local-names"
    form_fields = ("kind", "name")
    list_display = ("name", "kind")
    list_filter = ("kind",)
    search_fields = ("name",)

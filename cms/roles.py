"""The groups behind the roles, made after every migration. What a role may do stands in each
app's permissions.py; a group only opens the door of Wagtail's admin and, for editors, the pages."""

from typing import Any

from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission

from cms.base_page.models import BasePage
from stories.enums import Role

_PAGES = ("add_basepage", "change_basepage", "publish_basepage")
_USERS = ("add_user", "change_user", "view_user")


def ensure_roles(apps: Any = None, **_: Any) -> None:
    """Makes what is missing; changes nothing that stands. Connected to post_migrate."""
    _name_permissions()
    door = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    for role in Role.values:
        group, _made = Group.objects.get_or_create(name=role)
        group.permissions.add(door)
    users = Permission.objects.filter(content_type__app_label="accounts", codename__in=_USERS)
    Group.objects.get(name=Role.ADMINISTRATOR).permissions.add(*users)
    _let_editors_edit(Group.objects.get(name=Role.EDITOR))


def _name_permissions() -> None:
    # post_migrate makes an app's permissions when its turn comes, which may be after ours.
    from django.apps import apps as now

    for label in ("base_page", "accounts"):
        create_permissions(now.get_app_config(label), verbosity=0)


def _let_editors_edit(editors: Group) -> None:
    root = BasePage.objects.filter(depth=1).first()
    if root is None:
        return
    for permission in Permission.objects.filter(
        content_type__app_label="base_page", codename__in=_PAGES
    ):
        GroupPagePermission.objects.get_or_create(group=editors, page=root, permission=permission)

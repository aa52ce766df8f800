"""The lists that lay members keep: the codebook and the local names."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from stories.models import LocalName, StoryTheme, Theme
from stories.viewsets import RulePolicy
from tests.factories import approved, theme, told
from tests.personas import person

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
STRANGERS = ("carol", "dev", "faye", "gil", "hana", "ivo", "sam")
CODEBOOK, NAMES = "/admin/codebook/", "/admin/local-names/"
NEW = {
    "name": "Waiting",
    "slug": "",
    "child_label": "Waiting too long",
    "definition": "They waited.",
    "include": "",
    "exclude": "",
    "cues": "Waited *\nno one rang\n\nno one  rang\n*",
}


@pytest.mark.parametrize("name", STRANGERS)
def test_nobody_but_a_lay_curator_finds_the_lists(client_of: ClientOf, name: str) -> None:
    row, place = theme(), LocalName.objects.create(kind="school", name="Harrow Lane")
    client = client_of(name)
    for base, pk in [(CODEBOOK, row.pk), (NAMES, place.pk)]:
        for address in ["", "results/", "new/", f"edit/{pk}/", f"delete/{pk}/", f"history/{pk}/"]:
            assert client.get(base + address).status_code == 404, base + address
        assert client.post(f"{base}delete/{pk}/").status_code == 404
    assert Theme.objects.filter(pk=row.pk).exists()


def test_visitors_are_sent_to_sign_in(client: Client) -> None:
    assert "login" in client.get(CODEBOOK)["Location"]


@pytest.mark.parametrize(("name", "is_shown"), [("asha", True), ("carol", False), ("sam", False)])
def test_the_menu_shows_the_lists_to_lay_curators_only(
    client_of: ClientOf, name: str, is_shown: bool
) -> None:
    home = client_of(name).get(reverse("wagtailadmin_home")).content.decode()
    assert (CODEBOOK in home) is is_shown
    assert (NAMES in home) is is_shown


def test_the_rule_and_not_djangos_permissions_names_the_keepers() -> None:
    from stories.permissions import can_edit_codebook

    for name in ("asha", "ben", "sam", "ivo"):
        person(name)
    keepers = RulePolicy(Theme, can_edit_codebook).users_with_any_permission(["change"])
    assert {user.first_name for user in keepers} == {"Asha", "Ben"}


# The codebook


def test_each_group_is_followed_by_its_themes(client_of: ClientOf) -> None:
    theme("school", group="services")
    theme("friends", group="better")
    theme("police", group="services")
    rows = client_of("asha").get(CODEBOOK).context["object_list"]
    assert [row.slug for row in rows] == ["services", "school", "police", "better", "friends"]


def test_a_search_finds_a_theme_by_its_cues(client_of: ClientOf) -> None:
    theme("school", cues="dinner lady")
    theme("police", cues="officer")
    rows = client_of("asha").get(CODEBOOK, {"q": "dinner"}).context["object_list"]
    assert [row.slug for row in rows] == ["school"]


def test_the_list_costs_the_same_however_long_it_is(
    client_of: ClientOf, django_assert_max_num_queries: Any
) -> None:
    client = client_of("asha")
    theme("one")
    client.get(CODEBOOK)
    with django_assert_max_num_queries(20) as few:
        client.get(CODEBOOK)
    for number in range(8):
        theme(f"theme-{number}", group=f"group-{number % 3}")
    with django_assert_max_num_queries(len(few)):
        client.get(CODEBOOK)


def test_asha_adds_a_theme_and_its_cues_are_tidied(client_of: ClientOf) -> None:
    group = theme().parent
    assert group is not None
    answer = client_of("asha").post(f"{CODEBOOK}new/", NEW | {"parent": group.pk})
    assert answer.status_code == 302
    made = Theme.objects.get(name="Waiting")
    assert (made.slug, made.parent) == ("waiting", group)
    assert made.cue_list == ["waited *", "no one rang"]


def test_a_themes_slug_stays_for_ever(client_of: ClientOf) -> None:
    row = theme("school")
    said = NEW | {"parent": row.parent_id, "slug": "another"}
    assert client_of("asha").post(f"{CODEBOOK}edit/{row.pk}/", said).status_code == 302
    row.refresh_from_db()
    assert (row.slug, row.name) == ("school", "Waiting")


def test_a_group_with_themes_stays_a_group(client_of: ClientOf) -> None:
    group, other = theme("school", group="services").parent, theme("x", group="better").parent
    assert group is not None
    assert other is not None
    answer = client_of("asha").post(f"{CODEBOOK}edit/{group.pk}/", NEW | {"parent": other.pk})
    assert "This is a group with themes." in answer.content.decode()
    group.refresh_from_db()
    assert group.parent is None


def test_what_is_missing_is_named_and_the_rest_is_kept(client_of: ClientOf) -> None:
    answer = client_of("asha").post(f"{CODEBOOK}new/", NEW | {"child_label": ""})
    assert answer.status_code == 200
    assert "no one rang" in answer.content.decode()
    assert not Theme.objects.exists()


def test_a_theme_that_nothing_uses_can_go(client_of: ClientOf) -> None:
    row = theme("school")
    client_of("asha").post(f"{CODEBOOK}delete/{row.pk}/")
    assert not Theme.objects.filter(pk=row.pk).exists()


def test_a_theme_in_use_stays_and_the_reader_is_told(client_of: ClientOf) -> None:
    row = theme("school")
    StoryTheme.objects.create(content_object=told(), tag=row)
    answer = client_of("asha").post(f"{CODEBOOK}delete/{row.pk}/", follow=True)
    assert "Theme “school” is in use, so it can’t be deleted." in answer.content.decode()
    assert Theme.objects.filter(pk=row.pk).exists()


def test_a_theme_of_a_message_stays(client_of: ClientOf) -> None:
    from consultation.models import Insight

    row = theme("school")
    message = Insight.objects.create(slug="m", claim="m", summary="m", drafted_by=person("dev"))
    message.themes.add(row)
    client_of("asha").post(f"{CODEBOOK}delete/{row.pk}/")
    assert list(message.themes.all()) == [row]


def test_a_group_with_themes_can_not_be_deleted(client_of: ClientOf) -> None:
    group = theme("school").parent
    assert group is not None
    client_of("asha").post(f"{CODEBOOK}delete/{group.pk}/")
    assert Theme.objects.filter(pk=group.pk).exists()


def test_no_word_of_a_story_is_in_the_codebook(client_of: ClientOf) -> None:
    approved("A secret sentence about nothing.", themes=("school",))
    row = Theme.objects.get(slug="school")
    client = client_of("asha")
    for address in (CODEBOOK, f"{CODEBOOK}edit/{row.pk}/", f"{CODEBOOK}usage/{row.pk}/"):
        assert "secret sentence" not in client.get(address).content.decode()


# Local names


def test_asha_adds_a_local_name(client_of: ClientOf) -> None:
    client_of("asha").post(f"{NAMES}new/", {"kind": "school", "name": "Harrow Lane"})
    assert str(LocalName.objects.get()) == "Harrow Lane"


def test_the_same_name_twice_is_refused(client_of: ClientOf) -> None:
    LocalName.objects.create(kind="school", name="Harrow Lane")
    answer = client_of("asha").post(f"{NAMES}new/", {"kind": "school", "name": "Harrow Lane"})
    assert answer.status_code == 200
    assert LocalName.objects.count() == 1


def test_local_names_can_be_filtered_by_kind(client_of: ClientOf) -> None:
    LocalName.objects.create(kind="school", name="Harrow Lane")
    LocalName.objects.create(kind="street", name="Mere Road")
    rows = client_of("asha").get(NAMES, {"kind": "street"}).context["object_list"]
    assert [row.name for row in rows] == ["Mere Road"]

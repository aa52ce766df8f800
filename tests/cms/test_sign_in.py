from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from cms.accounts.models import SignInLink
from cms.accounts.sign_in import link_for
from tests.personas import person

pytestmark = pytest.mark.django_db


def link() -> str:
    return link_for(person("asha"), "http://testserver")


def test_a_link_shows_a_button_and_the_button_signs_in(client: Client) -> None:
    url = link()
    assert "Sign in" in client.get(url).content.decode()
    assert "_auth_user_id" not in client.session
    assert client.post(url).url == "/admin/"  # type: ignore[attr-defined]
    assert client.session["_auth_user_id"] == str(person("asha").pk)


def test_a_link_works_once(client: Client) -> None:
    url = link()
    client.post(url)
    assert Client().post(url).status_code == 404


def test_looking_at_a_link_does_not_use_it_up(client: Client) -> None:
    url = link()
    for _ in range(3):
        client.get(url)
    assert client.post(url).status_code == 302


def test_a_new_link_ends_the_old_one(client: Client) -> None:
    old = link()
    link()
    assert client.post(old).status_code == 404


def test_a_link_ends_after_half_a_day(client: Client) -> None:
    url = link()
    with time_machine.travel(timezone.now() + timedelta(hours=13)):
        assert client.post(url).status_code == 404


def test_a_link_of_somebody_who_left_does_nothing(client: Client) -> None:
    url = link()
    asha = person("asha")
    asha.is_active = False
    asha.save()
    assert client.post(url).status_code == 404


def test_only_the_hash_of_a_link_is_stored() -> None:
    token = link().rstrip("/").rsplit("/", 1)[1]
    assert SignInLink.objects.get().token_hash != token


def test_a_made_up_link_is_not_found(client: Client) -> None:
    assert client.post("/sign-in/made-up/").status_code == 404


def test_nobody_has_a_password_until_they_make_one() -> None:
    assert not person("asha").has_usable_password()


def test_the_command_prints_a_link_for_a_colleague(capsys: pytest.CaptureFixture[str]) -> None:
    person("hana")
    call_command("sign_in_link", "HANA@example.org")
    assert "/sign-in/" in capsys.readouterr().out
    with pytest.raises(CommandError, match=r"Nobody with the address nobody@example\.org"):
        call_command("sign_in_link", "nobody@example.org")

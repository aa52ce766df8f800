"""What every test may ask for: a client of one of the people in tests/personas.py."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.personas import person


@pytest.fixture
def client_of(db: None) -> Callable[[str], Client]:
    """Gives a browser in which the named person is signed in."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(person(name))
        return client

    return signed_in

"""Rules about the code that no linter has."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent.parent
OURS = ("stories", "consultation", "cms")
FILES = sorted(path for app in OURS for path in (ROOT / app).rglob("*.py"))
NAMELESS = {"utils", "helpers", "common", "core", "services", "lib", "manager", "misc"}


def test_no_room_is_without_a_name() -> None:
    assert not [p for p in FILES if NAMELESS & {p.stem, *p.relative_to(ROOT).parts}]


def test_nothing_reads_what_stands_beside_the_project() -> None:
    assert not [p for p in FILES if re.search(r"\.\./shared|/work/", p.read_text())]


@pytest.mark.parametrize("app", ["stories", "consultation"])
def test_every_action_is_a_verb_with_one_file(app: str) -> None:
    names = [p.stem for p in (ROOT / app / "actions").glob("*.py") if p.stem != "__init__"]
    assert names
    assert all("_" in name for name in names)


@pytest.mark.parametrize("app", ["stories", "consultation"])
def test_an_action_takes_keywords_only_or_the_one_row_it_is_about(app: str) -> None:
    for path in (ROOT / app / "actions").glob("*.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and node.name == path.stem:
                assert len(node.args.args) <= 1, path


def test_no_story_row_may_be_reached_through_a_django_permission() -> None:
    guarded = {"story", "submission", "redaction", "consent", "receipt", "concern", "opening"}
    for model in apps.get_app_config("stories").get_models():
        if model._meta.model_name in guarded:
            assert not model._meta.default_permissions, model


def test_no_teller_can_be_linked_to_a_person_an_address_or_an_hour() -> None:
    kinds = {"DateTimeField", "TimeField", "GenericIPAddressField", "IPAddressField"}
    for name in ("Story", "Submission", "Consent", "Receipt", "Redaction"):
        fields = apps.get_model("stories", name)._meta.get_fields()
        own = [f for f in fields if not f.auto_created]
        assert not [f for f in own if f.__class__.__name__ in kinds]
        assert not [f for f in own if f.related_model is apps.get_model("accounts", "User")]

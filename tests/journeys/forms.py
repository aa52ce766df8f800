"""Reads the form that stands in a page, and fills it in as a browser without JavaScript does."""

from collections.abc import Iterable

from bs4 import BeautifulSoup, Tag

Fields = list[tuple[str, str]]


def fields_on(page: str, action: str = "") -> Fields:
    """The fields of the first form whose address contains `action`, as sent untouched."""
    found: Fields = []
    for tag in _form_on(page, action).find_all(["input", "textarea", "select"]):
        if tag.has_attr("name") and not tag.has_attr("disabled"):
            found += [(str(tag["name"]), value) for value in _values(tag)]
    return found


def address_of(page: str, action: str) -> str:
    """Where the first form whose address contains `action` is sent to."""
    return str(_form_on(page, action)["action"])


def filled(page: str, answers: Fields, *, action: str = "") -> Fields:
    """The page's form with these answers in place of what stood in the same fields."""
    names = {name for name, _ in answers}
    return [(n, v) for n, v in fields_on(page, action) if n not in names] + answers


def _form_on(page: str, action: str) -> Tag:
    forms = BeautifulSoup(page, "html.parser").find_all("form", method="post")
    found = [form for form in forms if action in str(form.get("action", ""))]
    assert found, f"There is no form to {action!r} on this page."
    return found[0]


def _values(tag: Tag) -> Iterable[str]:
    if tag.name == "textarea":
        return [tag.get_text().removeprefix("\n")]
    if tag.name == "select":
        options = tag.find_all("option")
        chosen = [option for option in options if option.has_attr("selected")] or options[:1]
        return [str(option.get("value", "")) for option in chosen]
    if tag.get("type") in {"radio", "checkbox"} and not tag.has_attr("checked"):
        return []
    return [str(tag.get("value", ""))]

import pytest

from stories.text import identifiers


def found(text: str) -> list[tuple[str, str]]:
    return [(span.type, text[span.start : span.end]) for span in identifiers(text)]


@pytest.mark.parametrize(
    ("type_", "words"),
    [
        ("PHONE", "07700 900123"),
        ("PHONE", "07700-900-123"),
        ("PHONE", "+44 7700 900123"),
        ("PHONE", "(020) 7946 0018"),
        ("PHONE", "0 7 7 0 0 9 0 0 1 2 3"),
        ("PHONE", "oh double seven oh oh nine oh oh one two three"),
        ("EMAIL", "sam.k@post.example"),
        ("POSTCODE", "se15 4qq"),
        ("POSTCODE", "N1 9GU"),
        ("URL", "https://sams-page.example/me"),
        ("HANDLE", "@sam.k_07"),
        ("NHS_NUMBER", "943 476 5919"),
        ("NINO", "QQ 12 34 56 C"),
        ("PLATE", "LB77 XKT"),
        ("REF", "CIN-88213"),
        ("DATE", "Tuesday 4th May 2021"),
        ("DATE", "03/05/2021"),
    ],
)
def test_an_identifier_is_found_by_its_shape(type_: str, words: str) -> None:
    assert (type_, words) in found(f"here it is: {words}, that was all")


@pytest.mark.parametrize(
    ("text", "type_", "words"),
    [
        ("my snap is xyz_12 add me", "HANDLE", "xyz_12"),
        ("find coolkid99 on insta", "HANDLE", "coolkid99"),
        ("DOB 3.4.2012 seen today", "DOB", "3.4.2012"),
        ("she was born on 24 December", "DOB", "24 December"),
        ("crime no: 4471/22 closed", "REF", "4471/22"),
        ("NHS number 123 456 7890 on file", "NHS_NUMBER", "123 456 7890"),
        ("his car reg is gn63 opy", "PLATE", "gn63 opy"),
        ("email is sam at post dot example", "EMAIL", "sam at post dot example"),
    ],
)
def test_an_identifier_is_found_by_the_words_beside_it(text: str, type_: str, words: str) -> None:
    assert (type_, words) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "ring 0800 1111 or 116 123 or 999",
        "text 85258, or 0808 800 5000 for the NSPCC",
        "look at www.nhs.uk or childline.org.uk",
        "my snap is broken and my insta is boring",
        "in yr10 and yr11 we did maths",
        "we have 30 children and 2 dogs since 2019",
        "it was in May, on a Tuesday",
    ],
)
def test_help_lines_and_ordinary_words_stay(text: str) -> None:
    assert found(text) == []


def test_an_nhs_number_with_a_wrong_check_digit_is_only_a_number() -> None:
    assert found("the sum was 943 476 5910 pounds") == []


def test_a_phone_number_written_with_the_letter_o_is_found() -> None:
    assert found("ring o7700 900 871") == [("PHONE", "o7700 900 871")]

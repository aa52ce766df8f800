import pytest

from stories.text import identifiers


def names(text: str) -> list[str]:
    spans = identifiers(text)
    return [text[s.start : s.end] for s in spans if s.type in ("PERSON", "NICKNAME")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("my name is kofi and i like maths", "kofi"),
        ("I told Mrs Delaney-Shaw about it", "Mrs Delaney-Shaw"),
        ("then pc rowntree came", "pc rowntree"),
        ("Imam Yusuf listened to us", "Imam Yusuf"),
        ("auntie bisi cooks for us", "auntie bisi"),
        ("my friend zaltana was there", "zaltana"),
        ("my brother Quillon hit me", "Quillon"),
        ("my social worker is called berrin", "berrin"),
        ("a man called Ghost gave me a bag", "Ghost"),
        ("Our youngest, Tamsin, is four", "Tamsin"),
        ("I'm Zofia and I am ten", "Zofia"),
        ("it was signed by H. Vandermeer", "H. Vandermeer"),
        ("we met Ottoline at the park", "Ottoline"),
        ("Mrs Green was kind", "Mrs Green"),
        ("MY FRIEND LUCY IS SCARED", "LUCY"),
    ],
)
def test_a_person_is_found(text: str, name: str) -> None:
    assert name in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "my friend was late and my brother is tired",
        "my friend said we will go home",
        "I'm tired and I am scared and im muslim",
        "Mum and Dad and Nan came in May",
        "CAMHS and Childline and the NHS helped, and Ofsted came",
        "I miss my sister and my teacher is kind",
        "I am from Ghana and I speak Polish. We pray to Allah",
        "i called the police and they came",
        "will you come? i hope so, by the grace of god",
    ],
)
def test_ordinary_words_services_and_faiths_stay(text: str) -> None:
    assert names(text) == []


def test_a_name_is_followed_through_the_story_in_any_case() -> None:
    text = "My friend Quillon Abara is nice. QUILLON helps. quillon's mum. Mr Abara too"
    assert names(text) == ["Quillon Abara", "QUILLON", "quillon", "Mr Abara"]


def test_a_possessive_without_an_apostrophe_is_taken_whole() -> None:
    assert names("my mate tyrell and tyrells sister") == ["tyrell", "tyrells"]


def test_a_name_that_is_also_a_word_is_followed_only_with_its_capital() -> None:
    assert names("My friend Hope is ten. I hope Hope will come.") == ["Hope", "Hope"]


def test_the_possessive_ending_stays_outside_the_name() -> None:
    assert names("It is Quillon's bag, said my friend Quillon") == ["Quillon", "Quillon"]


def test_a_reason_quotes_the_words_before_the_name() -> None:
    [span] = identifiers("my friend zaltana was there")
    assert span.reason == "It comes after \u2018my friend\u2019."


def test_the_word_a_name_is_made_of_may_be_a_nickname() -> None:
    [span] = identifiers("there was a man called Ghost")
    assert span.type == "NICKNAME"

from stories.text import identifiers, redact


def redacted(text: str) -> str:
    return redact(text, identifiers(text)).text


def test_the_same_person_always_has_the_same_label() -> None:
    text = "My friend Quillon came. Quillon left."
    assert redacted(text) == "My friend [a friend] came. [a friend] left."


def test_a_second_person_of_a_kind_has_a_number() -> None:
    text = "My friend Quillon and my friend Berrin"
    assert redacted(text) == "My friend [a friend] and my friend [a friend 2]"


def test_the_teller_is_the_storyteller() -> None:
    assert redacted("my name is berrin") == "my name is [the storyteller]"


def test_a_person_is_called_what_the_most_telling_mention_says() -> None:
    text = "I saw Berrin today. My sister Berrin is nice."
    assert redacted(text) == "I saw [a sister] today. My sister [a sister] is nice."


def test_a_teacher_by_title_is_called_a_teacher() -> None:
    assert redacted("my teacher is mr hargreaves") == "my teacher is [a teacher]"


def test_two_people_with_one_surname_stay_two() -> None:
    text = "My son Asa Quill and my daughter Bryn Quill"
    assert redacted(text) == "My son [a son] and my daughter [a daughter]"


def test_a_school_named_twice_is_one_school() -> None:
    text = "I left St Brannock's School. Then st brannocks school closed."
    assert redacted(text) == "I left [a school]. Then [a school] closed."


def test_the_article_fits_the_noun() -> None:
    text = "14 Tanner Road, NHS number 943 476 5919, Uncle Berrin"
    assert redacted(text) == "[an address], NHS number [an NHS number], [an uncle]"

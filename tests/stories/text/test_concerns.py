import pytest

from stories.text import concerns


@pytest.mark.parametrize(
    "text",
    [
        "i dont want to be here anymore",
        "im going to kill myself after school",
        "My stepdad hits me every day",
        "I am scared to go home",
        "please help me he is downstairs",
        "I ran away and I am at the bus station",
        "He has a knife in his bag",
        "He comes into my room and says it is our secret",
        "They took my phone and I owe them money",
        "Mum hasn't come back and there is no food",
        "we fly on Sunday and I am to be married",
        "She threw a plate. I was scared.",
        "He was drunk again last night.",
    ],
)
def test_danger_now_is_urgent(text: str) -> None:
    assert concerns(text).level == "urgent"


@pytest.mark.parametrize(
    "text",
    [
        "Some girls in my class call me names",
        "The housing is damp and we wait for papers",
        "Mum was depressed for years",
        "zxcv qwer",
    ],
)
def test_strain_or_words_we_do_not_know_are_a_worry(text: str) -> None:
    assert concerns(text).level == "worry"


def test_a_happy_story_is_none() -> None:
    answer = concerns("The choir was lovely and we enjoyed the cake. Thank you!")
    assert (answer.level, answer.score, answer.evidence) == ("none", 0.0, [])


def test_a_joke_does_not_lower_danger() -> None:
    assert concerns("he hits me lol it was so funny, best day, thank you").level == "urgent"


@pytest.mark.parametrize("text", ["Мой отчим бьёт меня", "أنا خائف من البيت", "我很害怕回家"])
def test_a_language_we_cannot_read_is_urgent(text: str) -> None:
    answer = concerns(text)
    assert (answer.level, answer.score) == ("urgent", 1.0)
    [evidence] = answer.evidence
    assert evidence.reason == "We cannot read this language, so a person must look now."


def test_accents_and_a_foreign_word_are_still_read() -> None:
    answer = concerns("Señor Łukasz and привет: the choir was lovely, thank you")
    assert answer.level == "none"


def test_the_evidence_points_at_the_words() -> None:
    text = "We ate. He hits me at night."
    first = concerns(text).evidence[0]
    assert text[first.start : first.end] == "hits me"
    assert first.reason.endswith(".")


def test_evidence_is_sorted_and_never_overlaps() -> None:
    evidence = concerns("He hits me. I'm scared, he has a knife and hits my mum tonight").evidence
    edges = [edge for e in evidence for edge in (e.start, e.end)]
    assert len(evidence) > 2
    assert edges == sorted(edges)


def test_more_kinds_of_danger_score_higher() -> None:
    one = concerns("He has a knife")
    two = concerns("He has a knife and he hits me")
    assert 0.6 <= one.score < two.score <= 1


def test_an_urgent_story_always_scores_above_a_worry() -> None:
    worry = concerns("sad lonely homeless damp rent visa bullied anxious shouting alone beaten")
    assert worry.level == "worry"
    assert worry.score < 0.6


def test_curly_apostrophes_make_no_difference() -> None:
    assert concerns("I don\u2019t want to be here").level == "urgent"


@pytest.mark.parametrize("text", ["", " ", "\n\n", "...", "\x00", "12 34"])
def test_a_text_without_words_is_no_error(text: str) -> None:
    assert concerns(text).level in ("none", "worry", "urgent")

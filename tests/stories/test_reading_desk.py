"""The reading desk, through the front door: what a lay curator sees, and what is stored."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from stories.actions.raise_concern import raise_concern
from stories.actions.read_story import read_story
from stories.enums import Answer, Reason, StoryState, Verdict
from stories.models import Coding, Concern, Reading, Story, StoryTheme
from stories.views.highlight import Note, paragraphs, segments
from tests.factories import CALM, URGENT, theme, told
from tests.personas import person

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
STRANGERS = ("carol", "dev", "faye", "gil", "hana", "ivo", "sam")


def page(story: Story) -> str:
    return reverse("reading:story", args=[story.pk])


def suggested(story: Story, slug: str, *, cue: str = "", confidence: float = 0.9) -> StoryTheme:
    start = story.text.index(cue) if cue else 0
    made: StoryTheme = StoryTheme.objects.create(
        content_object=story,
        tag=theme(slug),
        confidence=confidence,
        evidence=[{"start": start, "end": start + len(cue), "cue": cue}] if cue else [],
    )
    return made


def post(client: Client, story: Story, **said: Any) -> Any:
    return client.post(page(story), {"act": "save"} | said, follow=True)


# Who comes in


@pytest.mark.parametrize("name", STRANGERS)
def test_nobody_but_a_lay_curator_finds_the_desk(client_of: ClientOf, name: str) -> None:
    story = told()
    client = client_of(name)
    assert client.get(reverse("reading:queue")).status_code == 404
    assert client.get(reverse("reading:next")).status_code == 404
    assert client.get(page(story)).status_code == 404
    assert client.post(page(story), {"decision": "approve"}).status_code == 404
    assert client.post(reverse("reading:skip", args=[story.pk])).status_code == 404
    assert client.post(reverse("reading:worry", args=[story.pk])).status_code == 404
    assert not Reading.objects.exists()
    assert not Concern.objects.filter(source="reader").exists()


def test_mallory_and_visitors_are_sent_to_sign_in(client_of: ClientOf, client: Client) -> None:
    story = told()
    for visitor in (client, client_of("mallory")):
        for url in (reverse("reading:queue"), page(story)):
            answer = visitor.get(url)
            assert answer.status_code == 302
            assert "login" in answer["Location"]


@pytest.mark.parametrize(("name", "is_shown"), [("asha", True), ("carol", False), ("sam", False)])
def test_the_menu_shows_the_desk_to_readers_only(
    client_of: ClientOf, name: str, is_shown: bool
) -> None:
    home = client_of(name).get(reverse("wagtailadmin_home")).content.decode()
    assert ("/admin/reading/" in home) is is_shown


# The queue


def test_the_queue_says_how_many_wait_and_shows_no_words(client_of: ClientOf) -> None:
    told()
    told("A long story about a bus. " * 200)
    answer = client_of("asha").get(reverse("reading:queue"))
    assert "2 stories wait for you" in answer.content.decode()
    assert "About 6 minutes" in answer.content.decode()
    assert "dinner lady" not in answer.content.decode()


def test_the_queue_never_shows_a_mountain(client_of: ClientOf) -> None:
    for number in range(14):
        told(f"Story number {number}.")
    answer = client_of("asha").get(reverse("reading:queue")).content.decode()
    assert "12 stories for you" in answer
    assert "14 stor" not in answer
    assert answer.count('class="card flow"') == 12


def test_the_queue_costs_the_same_however_many_wait(
    client_of: ClientOf, django_assert_max_num_queries: Any
) -> None:
    client = client_of("asha")
    client.get(reverse("reading:queue"))
    for number in range(3):
        told(f"Story number {number}.")
    with django_assert_max_num_queries(12) as few:
        client.get(reverse("reading:queue"))
    for number in range(8):
        told(f"Another story, number {number}.")
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("reading:queue"))


def test_a_story_read_once_says_so_without_a_name(client_of: ClientOf) -> None:
    story = told()
    read_story(story=story, by=person("ben"), verdict=Verdict.APPROVE)
    answer = client_of("asha").get(reverse("reading:queue")).content.decode()
    assert "Read once already" in answer
    assert "Ben" not in answer


def test_an_empty_queue_says_thank_you(client_of: ClientOf) -> None:
    answer = client_of("asha").get(reverse("reading:queue")).content.decode()
    assert "You are up to date" in answer
    assert "Thank you for your time." in answer


# The page


def test_the_page_shows_what_was_taken_out_and_why(client_of: ClientOf) -> None:
    story = told("My friend Daniel moved to our street. " + CALM)
    redaction = story.redactions.get()
    answer = client_of("asha").get(page(story)).content.decode()
    assert f'<mark class="id" title="{redaction.reason}'.replace("'", "&#x27;") in answer
    assert "Daniel" not in answer.replace(redaction.reason.replace("'", "&#x27;"), "")


def test_the_words_behind_a_suggestion_are_marked_and_quoted(client_of: ClientOf) -> None:
    story = told()
    suggested(story, "school", cue="dinner lady")
    answer = client_of("asha").get(page(story)).content.decode()
    assert '<mark class="cue t-services" title="school">dinner lady</mark>' in answer
    assert "Because it says:" in answer
    assert "<q>dinner lady</q>" in answer
    assert "Strong." in answer


def test_nothing_is_answered_beforehand(client_of: ClientOf) -> None:
    story = told()
    suggested(story, "school")
    form = client_of("asha").get(page(story)).context["form"]
    assert form["theme-school"].value() is None
    assert form["decision"].value() is None


def test_another_readers_answers_are_never_shown(client_of: ClientOf) -> None:
    story = told()
    suggested(story, "school")
    theme("quiet_room")
    answers = {"quiet_room": Answer.YES, "school": Answer.NO}
    before = client_of("asha").get(page(story)).content.decode()
    read_story(story=story, by=person("ben"), verdict=Verdict.APPROVE, answers=answers)
    after = client_of("asha").get(page(story)).content.decode()
    assert "Ben" not in after
    assert after.count("checked") == before.count("checked")


def test_html_in_a_story_stays_words(client_of: ClientOf) -> None:
    story = told("<script>alert(1)</script> " + CALM)
    assert "<script>alert(1)" not in client_of("asha").get(page(story)).content.decode()


def test_the_page_costs_the_same_however_much_was_found(
    client_of: ClientOf, django_assert_max_num_queries: Any
) -> None:
    client, plain, rich = client_of("asha"), told(), told("Another. " + CALM)
    for slug in ("one", "two", "three", "four"):
        suggested(rich, slug)
    suggested(plain, "one")
    client.get(page(plain))
    with django_assert_max_num_queries(20) as few:
        client.get(page(plain))
    with django_assert_max_num_queries(len(few)):
        client.get(page(rich))


# Saving


def test_saving_stores_the_decision_and_goes_on(client_of: ClientOf) -> None:
    story, other = told(), told("Another story about a bus.")
    answer = post(client_of("asha"), story, decision="approve")
    assert answer.redirect_chain[-1][0] == page(other)
    assert "Saved. Thank you." in answer.content.decode()
    reading = Reading.objects.get()
    assert (reading.story, reading.reader) == (story, person("asha"))
    assert reading.verdict == Verdict.APPROVE


def test_a_suggestion_left_alone_is_no_answer(client_of: ClientOf) -> None:
    story = told()
    suggested(story, "school")
    suggested(story, "bus")
    theme("quiet_room")
    said = {"decision": "approve", "theme-bus": "no", "add-1": "quiet_room"}
    post(client_of("asha"), story, **said)
    coded = dict(Coding.objects.values_list("theme__slug", "answer"))
    assert coded == {"bus": Answer.NO, "quiet_room": Answer.YES}


def test_a_story_is_sent_back_for_a_coded_reason(client_of: ClientOf) -> None:
    story = told()
    post(client_of("asha"), story, decision="return:too_many_names")
    story.refresh_from_db()
    assert story.state == StoryState.RETURNED
    assert Reading.objects.get().reason == Reason.TOO_MANY_NAMES


def test_two_readers_make_a_story_ready(client_of: ClientOf) -> None:
    story = told()
    for name in ("asha", "ben"):
        post(client_of(name), story, decision="approve")
    story.refresh_from_db()
    assert story.state == StoryState.APPROVED


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"decision": "burn it"},
        {"decision": "approve:not_a_story"},
        {"decision": "approve", "theme-school": "perhaps"},
        {"decision": "approve", "add-1": "no such theme"},
    ],
)
def test_a_wrong_answer_is_named_and_the_rest_is_kept(
    client_of: ClientOf, said: dict[str, str]
) -> None:
    story = told()
    suggested(story, "school")
    suggested(story, "bus")
    answer = post(client_of("asha"), story, **({"theme-bus": "unsure"} | said))
    assert answer.context["form"].errors
    assert 'role="alert"' in answer.content.decode()
    assert answer.context["form"]["theme-bus"].value() == "unsure"
    assert not Reading.objects.exists()


def test_a_story_is_read_once_by_each(client_of: ClientOf) -> None:
    story = told()
    client = client_of("asha")
    post(client, story, decision="approve")
    assert client.get(page(story)).status_code == 404
    assert client.post(page(story), {"decision": "approve"}).status_code == 404
    assert Reading.objects.count() == 1


def test_a_story_without_a_csrf_token_is_not_read() -> None:
    story = told()
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("asha"))
    assert client.post(page(story), {"decision": "approve"}).status_code == 403
    assert not Reading.objects.exists()


# Taking more out


def test_asha_takes_out_words_and_keeps_her_answers(client_of: ClientOf) -> None:
    story = told()
    suggested(story, "school")
    said = {"act": "redact", "words": "the dinner lady", "kind": "PERSON", "decision": "approve"}
    answer = client_of("asha").post(page(story), said)
    story.refresh_from_db()
    assert story.text.startswith("[a person] saved me a seat")
    assert answer.context["form"]["decision"].value() == "approve"
    assert not answer.context["form"].errors
    assert not Reading.objects.exists()


def test_asha_gives_a_redaction_a_better_label(client_of: ClientOf) -> None:
    story = told("My friend Daniel moved to our street.")
    was = story.redactions.get().label
    said = {"act": "redact", "label-text-1": "my best friend", "label-text-1-was": was}
    client_of("asha").post(page(story), said)
    story.refresh_from_db()
    assert "[my best friend]" in story.text
    assert was not in story.text


def test_two_labels_change_in_one_go(client_of: ClientOf) -> None:
    story = told("My friend Daniel and my friend Sophie moved to our street.")
    said = {"act": "redact", "label-text-1": "a boy I know", "label-text-2": "a girl I know"}
    client_of("asha").post(page(story), said)
    story.refresh_from_db()
    assert "[a boy I know]" in story.text
    assert "[a girl I know]" in story.text


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"words": "words that are not there"},
        {"words": "dinner", "kind": "NOTHING"},
        {"words": "dinner", "label": "..."},
        {"words": "dinner", "label": "x" * 200},
    ],
)
def test_a_wrong_redaction_is_named_and_nothing_changes(
    client_of: ClientOf, said: dict[str, str]
) -> None:
    story = told()
    answer = client_of("asha").post(page(story), {"act": "redact", "decision": "approve"} | said)
    assert answer.context["words"].errors
    assert answer.context["form"]["decision"].value() == "approve"
    story.refresh_from_db()
    assert story.text == CALM


def test_a_label_changed_by_somebody_else_meanwhile_is_noticed(client_of: ClientOf) -> None:
    story = told("My friend Daniel moved to our street.")
    before = story.text
    said = {"act": "redact", "label-text-1": "my best friend", "label-text-1-was": "[an uncle]"}
    answer = client_of("asha").post(page(story), said)
    story.refresh_from_db()
    assert story.text == before
    assert "changed meanwhile" in answer.content.decode()


# Skipping


def test_a_skipped_story_leaves_no_trace_outside_the_session(client_of: ClientOf) -> None:
    first, second = sorted([told(), told("Another story about a bus.")], key=lambda s: s.pk)
    client = client_of("asha")
    answer = client.post(reverse("reading:skip", args=[first.pk]), follow=True)
    assert answer.redirect_chain[-1][0] == page(second)
    assert not Reading.objects.exists()
    assert client_of("asha").get(reverse("reading:next"))["Location"] == page(first)


def test_who_skipped_everything_may_see_it_again(client_of: ClientOf) -> None:
    story, client = told(), client_of("asha")
    answer = client.post(reverse("reading:skip", args=[story.pk]), follow=True)
    assert "You have skipped every story that waits." in answer.content.decode()
    answer = client.post(reverse("reading:queue"), follow=True)
    assert answer.redirect_chain[-1][0] == page(story)


# Worry


def test_worry_asks_once_and_then_the_story_leaves_the_readers(client_of: ClientOf) -> None:
    story, client = told(), client_of("asha")
    ask = reverse("reading:worry", args=[story.pk])
    assert "Are you worried about this child?" in client.get(ask).content.decode()
    assert not Concern.objects.filter(source="reader").exists()
    client.post(ask)
    story.refresh_from_db()
    assert story.state == StoryState.HELD
    assert Concern.objects.get(source="reader").story == story
    assert client.get(page(story)).status_code == 404
    assert client_of("ben").get(page(story)).status_code == 404


def test_a_story_with_the_safeguarding_lead_is_not_on_the_desk(client_of: ClientOf) -> None:
    held, raised = told(URGENT), told()
    raise_concern(story=raised, by=person("ben"))
    for story in (held, raised):
        assert client_of("asha").get(page(story)).status_code == 404


# Cutting a text into pieces


def test_pieces_joined_together_are_the_text_again() -> None:
    text = "one two three four"
    notes = [Note(4, 13, "id"), Note(8, 18, "cue"), Note(0, 0, "cue"), Note(90, 95, "cue")]
    assert "".join(piece.text for piece in segments(text, notes)) == text


def test_where_notes_overlap_the_first_is_drawn_and_all_are_said() -> None:
    pieces = segments("abcdef", [Note(0, 4, "id", "A name."), Note(2, 6, "cue", "A cue.")])
    assert [(p.text, p.first and p.first.look, p.says) for p in pieces] == [
        ("ab", "id", "A name."),
        ("cd", "id", "A name. A cue."),
        ("ef", "cue", "A cue."),
    ]


def test_blank_lines_part_paragraphs_and_offsets_stay_right() -> None:
    found = paragraphs("one\n\n  \n two\nthree", [Note(9, 12, "cue")])
    assert [[(p.text, bool(p.notes)) for p in paragraph] for paragraph in found] == [
        [("one", False)],
        [("two", True), ("\nthree", False)],
    ]


def test_an_empty_text_has_no_paragraphs() -> None:
    assert paragraphs("") == paragraphs(" \n\n ") == []

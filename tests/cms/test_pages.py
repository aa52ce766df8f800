"""The public pages: what they show, what they never show, and what they cost."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site

from cms.base_page.models import BasePage
from cms.demo.load import HARROWMERE
from cms.models import (
    ChangedPage,
    ConferenceIndexPage,
    HelpPage,
    HomePage,
    LearnedPage,
    MessagePage,
    PartnershipSettings,
    PrioritiesPage,
    StoriesPage,
    TextPage,
    ThemesPage,
)
from cms.receivers import hide_message, show_message
from cms.site import build_site
from consultation.enums import CommitmentStatus, DecisionAnswer, InsightState, QuoteSide
from consultation.models import (
    AgendaItem,
    Commitment,
    Conference,
    Consultation,
    Decision,
    Insight,
    Priority,
    Quote,
)
from consultation.signals import insight_published, insight_withdrawn
from stories.enums import AgeBand, StoryState, ThemeState, Voice
from stories.models import Consent, Story, StoryTheme
from tests.factories import theme
from tests.personas import person

pytestmark = pytest.mark.django_db

PAGES = (
    "/",
    "/stories/",
    "/themes/",
    "/learned/",
    "/priorities/",
    "/changed/",
    "/conference/",
    "/help/",
    "/safe/",
)
_number = count(1)
_rows: dict[str, list[Any]] = {}
_KINDS: tuple[type[BasePage], ...] = (
    HomePage,
    StoriesPage,
    ThemesPage,
    LearnedPage,
    PrioritiesPage,
    ChangedPage,
    ConferenceIndexPage,
    HelpPage,
    TextPage,
)


@pytest.fixture(autouse=True)
def site(db: None) -> None:
    """The built site. Building takes half a second; from the second test on its rows are copied."""
    tables = [model._meta.db_table for model in (BasePage, Site, PartnershipSettings, *_KINDS)]
    with connection.cursor() as cursor:
        if not _rows:
            build_site(HARROWMERE)
            for table in tables:
                cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own table names
                _rows[table] = cursor.fetchall()
            return
        Site.objects.all().delete()
        BasePage.objects.filter(depth__gte=2).delete()
        BasePage.objects.all()._raw_delete(connection.alias)
        for table, rows in _rows.items():
            marks = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608
    Site.clear_site_root_paths_cache()


# Pages count dozens of stories. To tell each through the form would test the form again, slowly.
def shown_story(
    text: str = "They saved me a seat.", about: tuple[str, ...] = (), **fields: Any
) -> Story:
    """An approved story whose teller said yes to the website."""
    fields = {
        "voice": Voice.CHILD,
        "told_on": date(2026, 7, 1),
        "state": StoryState.APPROVED,
    } | fields
    story = Story.objects.create(text=text, **fields)
    Consent.objects.create(story=story, use="website")
    for slug in about:
        StoryTheme.objects.create(tag=theme(slug), content_object=story, state=ThemeState.ACCEPTED)
    return story


def message(claim: str = "We told, and heard nothing.", *, stories: int = 1) -> Insight:
    """A published message with one quote for it and one that says something different."""
    n = next(_number)
    insight = Insight.objects.create(
        slug=f"message-{n}",
        claim=claim,
        summary="Nobody came back.",
        state=InsightState.PUBLISHED,
        published_on=date(2026, 9, 1),
        drafted_by=person("dev"),
        published_by=person("efua"),
    )
    insight.themes.add(theme("being_heard"))
    for place in range(stories):
        insight.stories.add(shown_story(f"I waited for {place} days.", ("being_heard",)))
    for side, words in ((QuoteSide.SUPPORTS, "I waited."), (QuoteSide.DIFFERS, "She came.")):
        Quote.objects.create(insight=insight, story=shown_story(words), text=words, side=side)
    insight_published.send(sender=Insight, insight=insight)
    return insight


def promise(insight: Insight | None = None, **fields: Any) -> Commitment:
    """A promise of the board, with all it hangs on."""
    n = next(_number)
    conference = Conference.objects.create(
        slug=f"day-{n}", title=f"Conference {n}", held_on=date(2026, 10, 14)
    )
    priority = Priority.objects.create(
        cycle="2027 to 2030",
        number=n,
        title="Come back",
        child_title=f"Tell me {n}",
        description="-",
    )
    item = AgendaItem.objects.create(
        conference=conference, question="Shall we?", insight=insight, priority=priority
    )
    decision = Decision.objects.create(
        item=item, answer=DecisionAnswer.YES, headline="We shall.", reason="It is fair.",
        recorded_by=person("faye"),
    )  # fmt: skip
    fields = {"due_on": timezone.localdate() + timedelta(days=90)} | fields
    return Commitment.objects.create(
        decision=decision, what=f"Ring back {n}", owner="Head of Help", **fields
    )


def words_of(response: Any) -> str:
    """What a page's main part says, without its tags."""
    html = response.content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def say(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return words_of(response)


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


class TestEveryPage:
    @pytest.mark.parametrize("address", PAGES)
    def test_says_something_kind_when_there_is_nothing(self, client: Client, address: str) -> None:
        assert len(say(client, address)) > 80

    @pytest.mark.parametrize("address", PAGES)
    def test_has_no_inline_style_script_or_handler(self, client: Client, address: str) -> None:
        message(stories=12)
        html = client.get(address).content.decode()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html)
        assert re.findall(r"<script[^>]*>[^<]", html) == []

    @pytest.mark.parametrize("address", PAGES)
    def test_sets_no_cookie(self, client: Client, address: str) -> None:
        assert not client.get(address).cookies

    def test_links_only_to_pages_that_are_there(self, client: Client) -> None:
        insight = message(stories=12)
        insight.priorities.add(promise(insight).decision.item.priority)  # type: ignore[arg-type]
        waiting, seen = {"/"}, set()
        while waiting:
            address = waiting.pop()
            seen.add(address)
            response = client.get(address)
            assert response.status_code == 200, address
            found = re.findall(r'href="([^"]*)"', response.content.decode())
            assert not {"#", ""} & set(found), address
            links = {f.partition("#")[0] for f in found if f.startswith("/")}
            waiting |= {link for link in links if not link.startswith("/static/")} - seen
        assert {"/tell/", "/note/", "/help/", f"/learned/{insight.slug}/"} <= seen

    def test_offers_help_and_a_way_out(self, client: Client) -> None:
        html = client.get("/stories/").content.decode()
        assert 'href="/help/"' in html
        assert re.search(r'href="https://www.bbc.co.uk/weather"[^>]* data-leave', html)

    def test_names_the_partnership_of_the_settings(self, client: Client) -> None:
        PartnershipSettings.objects.update(name="Wetherby Partnership", exit_url="https://a.test/")
        html = client.get("/").content.decode()
        assert "Wetherby Partnership" in html
        assert 'href="https://a.test/"' in html

    def test_marks_where_you_are(self, client: Client) -> None:
        html = client.get("/themes/").content.decode()
        assert re.search(r'href="/themes/"[^>]* aria-current="page"', html)


class TestTheSite:
    def test_is_the_same_when_it_is_built_twice(self) -> None:
        before = list(BasePage.objects.values_list("path", "title"))
        build_site(HARROWMERE)
        assert list(BasePage.objects.values_list("path", "title")) == before

    def test_keeps_what_an_editor_wrote_when_it_is_built_again(self, client: Client) -> None:
        HelpPage.objects.update(lead="Ring us. We pick up.")
        build_site(HARROWMERE)
        assert "Ring us. We pick up." in say(client, "/help/")

    def test_speaks_in_the_name_of_its_own_partnership(self, client: Client) -> None:
        HomePage.objects.get().delete()
        PartnershipSettings.objects.all().delete()
        call_command("prepare_site", partnership="Saltings Partnership", area="Saltings")
        words = say(client, "/") + say(client, "/help/")
        assert "Saltings" in words
        assert "front door" not in words
        assert "Harrowmere" not in words
        assert "01632" not in words

    def test_has_no_page_of_wagtails_own(self) -> None:
        assert BasePage.objects.filter(depth=2).count() == 1
        assert Site.objects.get().root_page.specific == HomePage.objects.get()

    def test_catches_up_on_messages_published_before_it_was_built(self, client: Client) -> None:
        insight = message()
        MessagePage.objects.get().delete()
        build_site(HARROWMERE)
        assert insight.claim in say(client, f"/learned/{insight.slug}/")

    def test_reads_default_settings_where_there_is_no_site(self) -> None:
        Site.objects.all().delete()
        settings = PartnershipSettings.read(RequestFactory().get("/"))
        assert settings.exit_url.startswith("https://")
        assert not PartnershipSettings.objects.exists()


def consultation(opens_on: str, closes_on: str) -> Consultation:
    return Consultation.objects.create(
        title="Tell us",
        question="What should change?",
        closing_message="This round has closed.",
        opens_on=opens_on,
        closes_on=closes_on,
        cycle="2027 to 2030",
    )


class TestHome:
    def test_asks_the_question_of_the_open_consultation(self, client: Client) -> None:
        consultation("2020-01-01", "2099-03-31")
        words = say(client, "/")
        assert "We are asking until 31 March 2099 What should change?" in words

    def test_says_that_a_consultation_has_closed(self, client: Client) -> None:
        consultation("2020-01-01", "2020-03-31")
        words = say(client, "/")
        assert "This round has closed." in words
        assert "What should change?" not in words

    def test_says_nothing_of_a_consultation_that_has_not_begun(self, client: Client) -> None:
        consultation("2098-01-01", "2099-03-31")
        assert "What should change?" not in say(client, "/")

    def test_shows_rounded_numbers_by_group(self, client: Client) -> None:
        for _ in range(13):
            shown_story(about=("being_heard",))
        words = say(client, "/")
        assert "From about 15 stories" in words
        assert " 13 " not in words

    def test_counts_a_story_once_in_a_group(self, client: Client) -> None:
        for _ in range(10):
            shown_story(about=("being_heard", "school", "health"))
        assert re.search(r"services 10 ", say(client, "/"))

    def test_keeps_small_numbers_to_itself(self, client: Client) -> None:
        for _ in range(9):
            shown_story(about=("being_heard",))
        words = say(client, "/")
        assert "We have only just begun to listen" in words

    def test_draws_strands_only_from_numbers_it_may_show(self, client: Client) -> None:
        message(stories=9)
        message(stories=9)
        html = client.get("/").content.decode()
        assert "Each line is about" not in html

    def test_draws_messages_from_their_stories(self, client: Client) -> None:
        message(stories=12)
        message(stories=12)
        assert "Each line is about one story" in say(client, "/")

    def test_asks_the_same_number_of_questions_however_much_there_is(self, client: Client) -> None:
        promise(message(stories=12))
        few = queries(client, "/")
        for _ in range(4):
            promise(message(stories=12))
        assert queries(client, "/") == few


class TestStories:
    def test_shows_a_story_its_teller_and_its_season(self, client: Client) -> None:
        shown_story("They saved me a seat.", about=("what_helped",))
        words = say(client, "/stories/")
        assert "They saved me a seat." in words
        assert "Child, summer 2026." in words

    def test_leaves_out_a_story_whose_teller_said_no(self, client: Client) -> None:
        story = shown_story("Once here.")
        story.consents.update(given=False)
        assert "Once here." not in say(client, "/stories/")

    @pytest.mark.parametrize("state", [s for s in StoryState if s != StoryState.APPROVED])
    def test_leaves_out_a_story_that_is_not_approved(
        self, client: Client, state: StoryState
    ) -> None:
        shown_story("Not ready.", state=state)
        assert "Not ready." not in say(client, "/stories/")

    def test_covers_a_hard_story_until_it_is_opened(self, client: Client) -> None:
        theme("fear", group="harm", child_label="Fighting and fear at home")
        shown_story("I keep my shoes on.", about=("fear",))
        html = client.get("/stories/").content.decode()
        assert "this story is about fighting and fear at home." in re.sub(r"\s+", " ", html)
        assert html.index("<details") < html.index("I keep my shoes on.") < html.index("</details")

    def test_leaves_out_hard_stories_when_asked(self, client: Client) -> None:
        theme("fear", group="harm")
        shown_story("I keep my shoes on.", about=("fear",))
        shown_story("They saved me a seat.")
        words = say(client, "/stories/?calm=1")
        assert "I keep my shoes on." not in words
        assert "They saved me a seat." in words

    def test_finds_stories_by_group_by_theme_and_by_teller(self, client: Client) -> None:
        shown_story("A parent waits.", about=("being_heard",), voice=Voice.PARENT_CARER)
        shown_story("A child waits.", about=("school",))
        assert "A parent waits." in say(client, "/stories/?about=services")
        assert "A child waits." not in say(client, "/stories/?about=being_heard")
        assert "A child waits." not in say(client, "/stories/?by=parent_carer")

    @pytest.mark.parametrize(
        "query", ["about=nothing", "by=a%00b", "after=zzz", "after=" + "0" * 32, "calm=yes", "x=1"]
    )
    def test_ignores_what_makes_no_sense(self, client: Client, query: str) -> None:
        shown_story("They saved me a seat.")
        assert "They saved me a seat." in say(client, f"/stories/?{query}")

    def test_shows_every_story_once_over_all_its_pages(self, client: Client) -> None:
        for number in range(30):
            shown_story(f"Story <{number}>.", told_on=date(2026, 7, 1 + number % 3))
        seen: list[str] = []
        address = "/stories/"
        while address:
            html = client.get(address).content.decode()
            seen += re.findall(r"Story &lt;(\d+)&gt;", html)
            more = re.search(r'href="(\?[^"]*after[^"]*)"', html)
            address = f"/stories/{more[1]}" if more else ""
        assert sorted(seen, key=int) == [str(n) for n in range(30)]

    def test_puts_no_day_into_the_address_of_the_next_page(self, client: Client) -> None:
        for _ in range(13):
            shown_story(told_on=date(2026, 7, 23))
        html = client.get("/stories/").content.decode()
        assert "2026-07-23" not in html
        assert re.search(r'href="\?after=[0-9a-f]{32}"', html)

    def test_keeps_every_word_of_a_long_story(self, client: Client) -> None:
        story = " ".join(f"Sentence {n} of it." for n in range(200))
        shown_story(story)
        html = client.get("/stories/").content.decode()
        assert "Read the rest" in html
        assert all(f"Sentence {n} of it." in html for n in range(200))

    def test_shows_words_as_words(self, client: Client) -> None:
        shown_story("<script>alert(1)</script> at [school]")
        html = client.get("/stories/").content.decode()
        assert "<script>alert" not in html
        assert '<mark class="id">[school]</mark>' in html

    def test_says_an_age_only_where_ten_share_it(self, client: Client) -> None:
        shown_story("Only me.", age_band=AgeBand.FROM_8)
        assert "8 to 10" not in say(client, "/stories/")
        for _ in range(9):
            shown_story(age_band=AgeBand.FROM_8)
        assert "8 to 10" in say(client, "/stories/")

    def test_asks_the_same_number_of_questions_however_many_there_are(self, client: Client) -> None:
        shown_story(about=("being_heard", "school"))
        few = queries(client, "/stories/")
        for _ in range(11):
            shown_story(about=("being_heard", "school"))
        assert queries(client, "/stories/") == few


class TestThemes:
    def test_count_each_story_once_in_its_group(self, client: Client) -> None:
        for _ in range(10):
            shown_story(about=("being_heard", "school"))
        words = say(client, "/themes/")
        assert "About 10 stories" in words
        assert "About 20 stories" not in words

    def test_hide_small_numbers(self, client: Client) -> None:
        for _ in range(9):
            shown_story(about=("being_heard",))
        html = client.get("/themes/").content.decode()
        assert "fewer than 10" in html
        assert "Fewer than 10 stories" in re.sub(r"\s+", " ", html)
        assert 'class="hid"' in html
        assert 'class="v"' not in html

    def test_are_found_by_their_words(self, client: Client) -> None:
        theme("being_heard", child_label="Being listened to")
        theme("school", child_label="School")
        assert "Being listened to" not in say(client, "/themes/?q=SCHOOL")
        assert "No theme has those words" in say(client, "/themes/?q=zebra")

    def test_say_what_counts_and_what_does_not(self, client: Client) -> None:
        theme("school", child_label="School", include="Lessons.", exclude="Clubs.")
        words = say(client, "/themes/school/")
        assert "Lessons." in words
        assert "Clubs." in words

    def test_show_seasons_and_tellers_rounded(self, client: Client) -> None:
        today = timezone.localdate()
        for _ in range(12):
            shown_story(about=("school",), told_on=today)
        words = say(client, "/themes/school/")
        assert "Children and young people 10 " in words
        assert " 12 " not in words

    def test_count_those_who_did_not_say_who_they_are(self, client: Client) -> None:
        for _ in range(10):
            shown_story(about=("school",), voice="")
        assert "People who did not say 10 " in say(client, "/themes/school/")

    def test_do_not_say_in_which_season_nobody_came(self, client: Client) -> None:
        for _ in range(12):
            shown_story(about=("school",), told_on=timezone.localdate())
        words = say(client, "/themes/school/")
        assert words.count("fewer than 10") >= 5 + 3  # seasons and tellers that nobody was

    def test_show_the_messages_about_them(self, client: Client) -> None:
        message("We waited.")
        assert "We waited." in say(client, "/themes/being_heard/")
        assert "We waited." in say(client, "/themes/services/")

    def test_that_are_not_there_are_not_found(self, client: Client) -> None:
        assert client.get("/themes/unicorns/").status_code == 404


class TestMessages:
    def test_appear_when_their_insight_is_published(self, client: Client) -> None:
        insight = message()
        assert insight.claim in say(client, "/learned/")
        words = say(client, f"/learned/{insight.slug}/")
        assert "I waited." in words
        assert "Stories that say something different She came." in words

    def test_are_published_twice_as_if_once(self) -> None:
        show_message(message())
        assert MessagePage.objects.live().count() == 1

    def test_are_left_for_later_without_a_page_to_put_them_under(self) -> None:
        LearnedPage.objects.get().delete()
        message()
        assert not MessagePage.objects.exists()

    def test_go_with_their_insight(self, client: Client) -> None:
        insight = message()
        insight.state = InsightState.WITHDRAWN
        insight.save()
        insight_withdrawn.send(sender=Insight, insight=insight)
        assert client.get(f"/learned/{insight.slug}/").status_code == 404
        assert insight.claim not in say(client, "/learned/")

    def test_come_back_under_the_same_address(self, client: Client) -> None:
        insight = message()
        hide_message(insight)
        show_message(insight)
        assert client.get(f"/learned/{insight.slug}/").status_code == 200

    def test_are_gone_even_if_the_page_was_not_told(self, client: Client) -> None:
        insight = message()
        Insight.objects.update(state=InsightState.WITHDRAWN)
        assert client.get(f"/learned/{insight.slug}/").status_code == 404
        assert insight.claim not in say(client, "/learned/")

    @pytest.mark.parametrize("address", ["/", "/learned/{}/", "/changed/", "/priorities/"])
    def test_lose_a_quote_as_soon_as_its_teller_says_no(self, client: Client, address: str) -> None:
        insight = message()
        promise(insight)
        Consent.objects.filter(story__quotes__insight=insight).update(given=False)
        assert "I waited." not in say(client, address.format(insight.slug))

    def test_say_how_many_without_saying_exactly(self, client: Client) -> None:
        insight = message(stories=12)
        words = say(client, f"/learned/{insight.slug}/")
        assert "About 10" in words
        assert " 12 " not in words

    def test_say_what_happened_next(self, client: Client) -> None:
        insight = message()
        made = promise(insight, status=CommitmentStatus.NOT_DOING, reason="There is no bus.")
        words = say(client, f"/learned/{insight.slug}/")
        assert "The board said: yes We shall." in words
        assert made.reason in words

    def test_keep_none_of_the_words_in_the_page(self) -> None:
        insight = message()
        page = MessagePage.objects.get()
        stored = {field.name for field in MessagePage._meta.local_fields}
        assert stored == {"basepage_ptr", "insight"}
        assert page.title == insight.claim

    def test_cost_the_same_however_many_there_are(self, client: Client) -> None:
        message()
        few = queries(client, "/learned/")
        for _ in range(5):
            message()
        assert queries(client, "/learned/") == few


class TestPriorities:
    def test_show_their_messages_decisions_and_promises(self, client: Client) -> None:
        insight = message("We waited.")
        made = promise(insight)
        priority = made.decision.item.priority
        assert priority is not None
        insight.priorities.add(priority)
        assert f"{priority.child_title}" in say(client, "/priorities/")
        words = say(client, f"/priorities/{priority.number}/")
        assert "We waited." in words
        assert "We shall." in words
        assert made.what in words

    @pytest.mark.parametrize("number", ["0", "99", "9" * 30])
    def test_that_are_not_there_are_not_found(self, client: Client, number: str) -> None:
        assert client.get(f"/priorities/{number}/").status_code == 404

    def test_cost_the_same_however_many_there_are(self, client: Client) -> None:
        promise(message())
        few = queries(client, "/priorities/")
        for _ in range(4):
            promise(message())
        assert queries(client, "/priorities/") == few


class TestWhatChanged:
    def test_gives_a_refusal_the_place_of_a_deed(self, client: Client) -> None:
        promise(message(), status=CommitmentStatus.NOT_DOING, reason="There is no money.")
        words = say(client, "/changed/")
        assert "We did not, because There is no money." in words

    def test_says_late_in_the_tag(self, client: Client) -> None:
        promise(message(), due_on=date(2020, 1, 1))
        words = say(client, "/changed/")
        assert "Doing, late" in words
        assert "1 is late" in words

    def test_shows_one_status_when_asked(self, client: Client) -> None:
        done = promise(status=CommitmentStatus.DONE, done_on=date(2026, 6, 1))
        doing = promise()
        words = say(client, "/changed/?status=done")
        assert done.what in words
        assert doing.what not in words

    @pytest.mark.parametrize("status", ["nonsense", "%00", ""])
    def test_ignores_a_status_it_does_not_know(self, client: Client, status: str) -> None:
        assert promise().what in say(client, f"/changed/?status={status}")

    def test_does_not_repeat_a_message_that_was_taken_back(self, client: Client) -> None:
        insight = message("We waited.")
        promise(insight)
        Insight.objects.update(state=InsightState.WITHDRAWN)
        words = say(client, "/changed/")
        assert "We waited." not in words
        assert "I waited." not in words

    def test_costs_the_same_however_many_promises_there_are(self, client: Client) -> None:
        promise(message())
        few = queries(client, "/changed/")
        for _ in range(5):
            promise(message())
        assert queries(client, "/changed/") == few


class TestConference:
    def test_shows_what_was_asked_and_answered(self, client: Client) -> None:
        conference = promise(message("We waited.")).decision.item.conference
        assert conference.title in say(client, "/conference/")
        words = say(client, f"/conference/{conference.slug}/")
        assert "Shall we?" in words
        assert "We waited." in words
        assert "We shall." in words

    def test_says_where_the_board_did_not_follow_the_children(self, client: Client) -> None:
        decision = promise(message()).decision
        address = f"/conference/{decision.item.conference.slug}/decisions/{decision.item.pk}/"
        assert "did not follow the children" not in say(client, address)
        decision.not_followed_children = "They put it first. We put it third."
        decision.save()
        words = say(client, address)
        assert "Where the board did not follow the children They put it first." in words

    def test_names_the_owner_of_one_promise_and_counts_several(self, client: Client) -> None:
        decision = promise(message()).decision
        address = f"/conference/{decision.item.conference.slug}/decisions/{decision.item.pk}/"
        assert "Owner Head of Help" in say(client, address)
        Commitment.objects.create(
            decision=decision, what="Write", owner="Chair", due_on=date(2027, 1, 1)
        )
        assert re.search(r"Promises 2 Done 0 Doing 2 Not doing 0", say(client, address))

    @pytest.mark.parametrize("address", ["/conference/x/", "/conference/x/decisions/1/"])
    def test_that_is_not_there_is_not_found(self, client: Client, address: str) -> None:
        assert client.get(address).status_code == 404

    def test_has_no_page_for_a_decision_that_is_not_made(self, client: Client) -> None:
        item = promise().decision.item
        other = AgendaItem.objects.create(conference=item.conference, question="And?")
        address = f"/conference/{item.conference.slug}/decisions/"
        assert client.get(f"{address}{other.pk}/").status_code == 404
        assert client.get(f"{address}{'9' * 30}/").status_code == 404

    def test_costs_the_same_however_much_is_asked(self, client: Client) -> None:
        item = promise(message()).decision.item
        address = f"/conference/{item.conference.slug}/"
        few = queries(client, address)
        for _ in range(4):
            AgendaItem.objects.create(
                conference=item.conference, question="And?", insight=message()
            )
        assert queries(client, address) == few


class TestHelp:
    def test_comes_with_numbers_that_dial(self, client: Client) -> None:
        html = client.get("/help/").content.decode()
        for number in ("tel:999", "tel:08001111", "sms:85258"):
            assert f'href="{number}"' in html

    def test_says_when_a_number_was_checked(self, client: Client) -> None:
        page = HelpPage.objects.get()
        page.lines[0].value["checked_on"] = date(2026, 11, 1)
        page.save()
        assert "We checked this number on 1 November 2026." in say(client, "/help/")


class TestErrors:
    def test_a_missing_page_is_told_kindly(self, client: Client) -> None:
        response = client.get("/nowhere/")
        assert response.status_code == 404
        assert "Or someone took back what they told us" in words_of(response)

    @pytest.mark.parametrize("name", ["400.html", "500.html"])
    def test_an_error_needs_no_database(
        self, name: str, django_assert_num_queries: Callable[[int], Any]
    ) -> None:
        with django_assert_num_queries(0):
            html = render_to_string(name)
        assert 'href="tel:999"' in html
        assert "data-leave" in html

"""Each component by itself: empty, long, with a hidden number, and from right to left."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

from cms.models.figures import Fact, Row, bars, dots, seasons_chart, strands
from cms.templatetags import heard
from consultation.disclosure import Protected, protect
from consultation.journey import JourneyStep
from stories.models import Story

LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch " * 5
HIDDEN = Protected(None)


def component(name: str, **context: Any) -> str:
    html = render_to_string(f"components/{name}.html", context)
    return re.sub(r"\s+", " ", html)


def filtered(expression: str, **context: Any) -> str:
    return Template(f"{{% load heard %}}{expression}").render(Context(context))


class TestNumbersInWords:
    @pytest.mark.parametrize(
        ("count", "words"), [(0, "Fewer than 10"), (9, "Fewer than 10"), (45, "About 45")]
    )
    def test_small_ones_are_never_said(self, count: int, words: str) -> None:
        assert heard.about(protect(count)) == words

    def test_none_and_nine_are_said_alike(self) -> None:
        assert heard.about_inside(protect(0)) == heard.about_inside(protect(9))

    def test_large_ones_are_grouped(self) -> None:
        assert heard.about(protect(1_234)) == "About 1,235"

    def test_a_hidden_one_has_no_bare_number(self) -> None:
        assert heard.rounded(HIDDEN) == ""


class TestBars:
    def test_are_as_wide_as_their_share_of_the_largest(self) -> None:
        made = bars([Row("a", protect(20)), Row("b", protect(40)), Row("c", HIDDEN)])
        assert [bar.width for bar in made] == [50, 100, 0]

    def test_say_a_hidden_number_in_words_and_as_a_dashed_box(self) -> None:
        html = component("bars", bars=bars([Row("Parents", HIDDEN)]), first="By", caption="Who")
        assert 'class="hid"' in html
        assert "fewer than 10" in html
        assert 'class="v"' not in html

    def test_have_roles_because_they_change_their_shape(self) -> None:
        html = component("bars", bars=bars([Row(LONG, protect(40), "harm", "/x/")]), first="By")
        for role in ("table", "rowgroup", "row", "columnheader", "rowheader", "cell"):
            assert f'role="{role}"' in html
        assert LONG.strip() in html

    def test_can_be_empty(self) -> None:
        assert "<tbody" in component("bars", bars=[], first="By", caption="Nothing")


class TestDots:
    def test_fill_one_for_every_five_stories(self) -> None:
        field = dots(protect(45), protect(310))
        assert field is not None
        assert (field.worth, len(field.dots), sum(dot.on for dot in field.dots)) == (5, 62, 9)

    def test_stand_for_more_stories_when_there_are_many(self) -> None:
        field = dots(protect(1_000), protect(100_000))
        assert field is not None
        assert len(field.dots) <= 96
        assert sum(dot.on for dot in field.dots) == 1

    @pytest.mark.parametrize(("part", "whole"), [(HIDDEN, protect(50)), (protect(20), HIDDEN)])
    def test_are_not_drawn_for_a_hidden_number(self, part: Protected, whole: Protected) -> None:
        assert dots(part, whole) is None
        assert component("dots", dots=None, part=part, whole=whole).strip() == ""

    def test_say_what_they_show(self) -> None:
        part, whole = protect(45), protect(310)
        html = component("dots", dots=dots(part, whole), part=part, whole=whole, mark="services")
        assert 'aria-label="About 45 of about 310 stories"' in html


class TestSeasons:
    def test_draw_no_chart_of_hidden_numbers_only(self) -> None:
        assert seasons_chart([("Spring", "2026", HIDDEN)]) is None
        assert "fewer than 10 stories" in component("seasons", chart=None)

    def test_give_hidden_seasons_one_height(self) -> None:
        chart = seasons_chart([("Spring", "2026", HIDDEN), ("Summer", "2026", protect(40))])
        assert chart is not None
        assert [column.height for column in chart.columns] == [16, 102.4]

    def test_write_each_number_over_its_column(self) -> None:
        chart = seasons_chart([("Summer", "2026", protect(40))])
        html = component("seasons", chart=chart)
        assert re.search(r'<text x="51" y="63.6" text-anchor="middle">40</text>', html)

    def test_say_everything_in_a_table_too(self) -> None:
        chart = seasons_chart([("Spring", "2026", HIDDEN), ("Summer", "2026", protect(40))])
        html = component("seasons", chart=chart, mark="services")
        assert re.search(r"Summer 2026</th><td[^>]*>40", html)
        assert "Spring 2026: fewer than 10." in html


class TestStrands:
    def test_show_a_shape_before_there_are_messages(self) -> None:
        picture = strands([])
        assert picture.worth == 0
        assert len(picture.rings) == 5

    def test_draw_nothing_for_a_hidden_number(self) -> None:
        picture = strands([{"harm": HIDDEN, "better": protect(20)}, {"family": protect(20)}])
        assert {strand.mark for strand in picture.strands} == {"better", "family"}

    def test_stay_few_however_many_stories_there_are(self) -> None:
        picture = strands([{"harm": protect(50_000)}, {"better": protect(100)}])
        assert len(picture.strands) <= 100
        assert picture.worth % 5 == 0

    def test_are_drawn_the_same_at_every_visit(self) -> None:
        flows = [{"harm": protect(30)}, {"better": protect(20)}]
        assert strands(flows) == strands(flows)

    def test_are_hidden_from_those_who_read_with_their_ears(self) -> None:
        assert 'aria-hidden="true"' in component("strands", picture=strands([]))


class TestThread:
    def test_tells_past_now_and_next_apart(self) -> None:
        steps = [JourneyStep("past", "Told"), JourneyStep("now", "Read"), JourneyStep("next", LONG)]
        html = component("thread", steps=steps)
        assert "<li> <h3>Told" in html
        assert 'class="now"' in html
        assert 'class="next"' in html

    def test_takes_steps_of_any_make_and_may_be_empty(self) -> None:
        steps = [{"state": "past", "heading": "Told", "url": "/x/", "link_text": "See"}]
        assert '<a href="/x/">See</a>' in component("thread", steps=steps, level=2)
        assert "<li" not in component("thread", steps=[])


class TestFacts:
    def test_are_left_out_when_there_are_none(self) -> None:
        assert component("facts", facts=[]).strip() == ""

    def test_say_label_value_and_small_print(self) -> None:
        html = component("facts", facts=[Fact("Stories", "About 45", "of many", "/s/")])
        assert '<dt>Stories</dt><dd><a href="/s/">About 45</a></dd>' in html
        assert "<dd>of many</dd>" in html


class TestTag:
    @pytest.mark.parametrize(
        ("status", "late", "words"),
        [
            ("done", False, "Done"),
            ("doing", False, "Doing"),
            ("doing", True, "Doing, late"),
            ("not_doing", False, "Not doing"),
        ],
    )
    def test_says_the_status_in_words(self, status: str, late: bool, words: str) -> None:
        assert f">{words}<" in component("tag", status=status, late=late)


class TestQuote:
    def test_says_who_and_when_and_marks_our_labels(self) -> None:
        story = Story(voice="parent_carer", told_on="2026-07-01", wish="Ring back")
        story.told_on = story._meta.get_field("told_on").to_python("2026-07-01")
        quote = SimpleNamespace(text="I rang [school] <b>", story=story)
        html = component("quote", quote=quote, crowds=frozenset(), mark="services", wish=True)
        assert '<mark class="id">[school]</mark> &lt;b&gt;' in html
        assert "Parent or carer, summer 2026." in html
        assert "Ring back" in html


class TestStoryText:
    def test_keeps_paragraphs_and_lines(self) -> None:
        assert heard.story_text("One\ntwo\n\nthree") == "<p>One<br>two</p><p>three</p>"

    def test_of_nothing_is_nothing(self) -> None:
        assert heard.story_text("  ") == ""

    def test_leaves_a_long_bracket_alone(self) -> None:
        assert "<mark" not in heard.story_text(f"[{'x' * 61}]")


def masked(*pieces: str, wish: tuple[str, ...] = ()) -> dict[str, list[dict[str, object]]]:
    """A masked story and wish; pieces in brackets are labels."""

    def cut(texts: tuple[str, ...]) -> list[dict[str, object]]:
        return [{"text": t, "label": t[0] == "[", "reason": f"About {t}"} for t in texts]

    return {"story": cut(pieces), "wish": cut(wish)}


class TestMasked:
    def test_shows_each_label_and_why(self) -> None:
        html = component("masked", masked=masked("I go to ", "[school]", "."))
        assert 'I go to <mark class="id">[school]</mark>.' in html
        assert "We changed 1 thing that might show it is you" in html
        assert "About [school]" in html

    def test_counts_the_wish_too(self) -> None:
        html = component("masked", masked=masked("[friend 1]", wish=("Tell ", "[friend 1]")))
        assert "We changed 2 things" in html

    def test_says_when_nothing_was_changed(self) -> None:
        html = component("masked", masked=masked("It rained."))
        assert "We found nothing to change" in html

    def test_keeps_the_lines_of_a_story_and_shows_words_as_words(self) -> None:
        context = {"masked": masked("One\n\n<b>two")}
        html = render_to_string("components/masked.html", context)
        assert '<p class="pre" dir="auto">One\n\n&lt;b&gt;two</p>' in html

    def test_is_not_there_without_a_story(self) -> None:
        assert component("masked", masked=None).strip() == ""


class Sample(forms.Form):
    words = forms.CharField(label="Words", help_text="Any", widget=forms.Textarea)
    who = forms.ChoiceField(
        label="Who", choices=[("a", "Ann"), ("b", "Ben")], widget=forms.RadioSelect
    )
    sure = forms.BooleanField(label="Sure", required=False)


class TestField:
    def test_ties_label_hint_and_error_to_its_input(self) -> None:
        html = component("field", field=Sample({})["words"])
        assert '<label for="id_words">Words</label>' in html
        assert 'aria-describedby="id_words_helptext id_words_error"' in html
        assert 'id="id_words_helptext"' in html
        assert 'id="id_words_error"' in html
        assert 'aria-invalid="true"' in html

    def test_groups_choices_in_a_fieldset_with_help_for_each(self) -> None:
        html = component("field", field=Sample()["who"], help={"a": "The first"})
        assert '<legend class="legend">Who</legend>' in html
        assert "Ann <small>The first</small>" in html
        assert html.count("<small>") == 1

    def test_makes_one_box_a_target_of_its_own(self) -> None:
        html = component("field", field=Sample()["sure"])
        assert '<label class="pick" for="id_sure">' in html


class TestErrorSummary:
    def test_is_not_there_when_all_is_well(self) -> None:
        assert component("error_summary", form=Sample(), fields=[]).strip() == ""

    def test_links_to_each_field_in_the_order_of_the_page(self) -> None:
        form = Sample({})
        html = component("error_summary", form=form, fields=[form["who"], form["words"]])
        assert 'role="alert"' in html
        assert html.index('href="#id_words"') < html.index('href="#id_who_0"')


class TestTheRest:
    def test_the_promise_says_what_we_cannot_do_before_anything_else(self) -> None:
        html = component("promise")
        assert html.index("we cannot send help from here") < html.index('href="tel:999"')
        assert 'href="tel:08001111"' in html

    def test_a_number_is_shown_in_its_groups(self) -> None:
        assert component("code", groups=["4081", "7726"]).count("<span>") == 2

    def test_an_empty_place_offers_at_most_one_thing_to_do(self) -> None:
        assert "<a" not in component("empty", heading="None", text="That is fine.")
        html = component("empty", heading="None", text=LONG, url="/x/", link_text="Look")
        assert html.count("<a") == 1

    def test_a_mark_needs_a_group(self) -> None:
        assert component("mark", mark="").strip() == ""
        assert "t-harm" in component("mark", mark="harm")

    def test_the_way_out_has_an_address_even_without_settings(self) -> None:
        assert "https://www.bbc.co.uk/weather" in component("safety")

    def test_a_telephone_dials_digits(self) -> None:
        assert filtered("{{ n|telephone }}", n="+44 1632 960 100") == "+441632960100"

    @pytest.mark.django_db
    @pytest.mark.parametrize(("language", "mirrored"), [("ar", True), ("en-gb", False)])
    def test_a_page_turns_round_for_languages_read_from_the_right(
        self, language: str, mirrored: bool
    ) -> None:
        with translation.override(language):
            html = render_to_string("quiet.html")
        assert ('dir="rtl"' in html) is mirrored
        assert f'lang="{language}"' in html

    @pytest.mark.django_db
    def test_a_quiet_page_has_nothing_to_notice(self) -> None:
        html = render_to_string("quiet.html")
        assert re.search(r'<body\s+class="quiet">', html)
        for loud in ("<header", "<footer", 'class="nav"', 'class="logo"'):
            assert loud not in html

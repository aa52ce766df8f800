from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from stories.actions.import_stories import ImportRefused, import_stories
from stories.actions.owe_step import settle_owed
from stories.enums import ConsentUse
from stories.models import Story

pytestmark = pytest.mark.django_db
HEADER = "reference,teller,told_on,area,consent_board,consent_website,story\n"
GOOD = HEADER + (
    'S1,practitioner,2010-11,Saltings,yes,no,"She said ""come in"".\n\nWe sat down."\n'
    "S2,young_person,2026-03-14,,no,yes,The bus was late every day.\n"
)


def refused(content: str) -> list[str]:
    with pytest.raises(ImportRefused) as caught:
        import_stories(content.encode())
    assert not Story.objects.exists()
    return caught.value.errors


def test_a_file_of_stories_comes_in() -> None:
    done = import_stories(GOOD.encode())
    settle_owed()
    first = Story.objects.get(voice="practitioner")
    assert (done.added, done.known) == (2, 0)
    assert first.text == 'She said "come in".\n\nWe sat down.'
    assert first.allows(ConsentUse.BOARD)
    assert not first.allows(ConsentUse.WEBSITE)


def test_a_programme_year_is_shown_as_it_is_and_a_day_as_its_season() -> None:
    import_stories(GOOD.encode())
    assert {story.when for story in Story.objects.all()} == {"2010–11", "Spring 2026"}


def test_the_same_file_twice_adds_nothing() -> None:
    import_stories(GOOD.encode())
    done = import_stories(("\ufeff" + GOOD).encode())
    assert (done.added, done.known) == (0, 2)
    assert Story.objects.count() == 2


def test_one_bad_row_keeps_every_story_out() -> None:
    errors = refused(GOOD + "S3,wizard,2026-01-01,,no,no,Something.\n")
    assert len(errors) == 1
    assert errors[0].startswith("Row 4: the teller must be one of")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("S3,child,2026-01-01,,no,no,", "there is no story"),
        ("S3,child,yesterday,,no,no,Hello.", "told_on must be a day"),
        ("S3,child,2010-15,,no,no,Hello.", "told_on must be a day"),
        ("S3,child,,,maybe,no,Hello.", "consent_board must be yes or no"),
        ("S3,child,,no,no,Hello.", "more or fewer cells"),
        (f"S3,child,,,no,no,{'a' * 20_001}", "longer than 20,000"),
        (f"S3,child,,{'a' * 81},no,no,Hello.", "area is longer"),
    ],
)
def test_each_problem_is_named_with_its_row(row: str, says: str) -> None:
    errors = refused(HEADER + row + "\n")
    assert errors[0].startswith("Row 2:")
    assert says in errors[0]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "empty"),
        ("teller,told_on\nchild,2026-01-01\n", "“story” is missing"),
        ("teller,story,password\n", "no column “password”"),
        ("teller,story,story\n", "twice"),
        ('teller,story\nchild,"never closed\n', "quotation mark"),
        ("teller,story\nchild,a\x00b\n", "zero bytes"),
    ],
)
def test_a_file_that_is_not_a_table_of_stories_is_refused(content: str, says: str) -> None:
    assert says in " ".join(refused(content))


def test_a_file_that_is_not_utf8_is_refused() -> None:
    with pytest.raises(ImportRefused, match="UTF-8"):
        import_stories("teller,story\nchild,caf\xe9\n".encode("latin-1"))


def test_no_error_repeats_the_words_of_a_story() -> None:
    errors = refused(HEADER + "S3,wizard,2026-01-01,,no,no,My secret garden.\n")
    assert "garden" not in " ".join(errors)


def test_the_command_says_how_many_came_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "stories.csv"
    file.write_text(GOOD)
    call_command("import_stories", str(file))
    assert "2 stories imported, 0 were here already." in capsys.readouterr().out


def test_the_command_refuses_with_the_reasons(tmp_path: Path) -> None:
    file = tmp_path / "stories.csv"
    file.write_text(GOOD + "S3,wizard,,,no,no,Hello.\n")
    with pytest.raises(CommandError, match=r"Nothing was imported\.\nRow 4"):
        call_command("import_stories", str(file))
    with pytest.raises(CommandError, match="can't be read"):
        call_command("import_stories", str(tmp_path / "absent.csv"))

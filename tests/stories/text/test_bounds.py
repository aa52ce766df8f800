import subprocess
import sys
import time

import pytest

from stories.text import Codebook, concerns, identifiers, themes

SLOW = {
    "20,000 characters": ("My friend Zofia left St Brannock's at 14 Tanner Road. " * 400)[:20_000],
    "one long word": "a" * 200_000,
    "one long number": "1" * 200_000,
    "at signs": "@" * 50_000,
    "digits apart": "1 " * 10_000,
    "saints": "St " * 6_600,
    "roads": "x road " * 2_800,
    "capitals": "Of of " * 3_300,
    "addresses": "a@b." * 5_000,
    "accents": "नि" * 10_000,
    "days": "mon " * 5_000,
    "spaces": "a" + " " * 100_000,
}


@pytest.mark.parametrize("text", SLOW.values(), ids=SLOW.keys())
def test_no_text_takes_long(text: str) -> None:
    book = Codebook.load()
    for read in (identifiers, concerns, lambda words: themes(words, book)):
        start = time.process_time()
        read(text)
        assert time.process_time() - start < 2


def test_importing_brings_in_neither_nltk_nor_django() -> None:
    script = "import sys, stories.text; print([m for m in ('nltk', 'django') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"

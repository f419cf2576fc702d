"""What an author's text cannot do to the Markdown page, and what of it is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import samples
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_reader import Page, well_formed

from backprop_tutor.writers.markdown import write

BASE = samples.network([2, 2, 1])

ATTACKS = [
    "<script>alert(1)</script>",
    "<b>bold</b>",
    "<!-- a comment that is never closed",
    "</details>",
    "<https://example.org>",
    "[a](javascript:alert(1))",
    "[a](https://example.org)",
    "![picture](https://example.org/a.png)",
    "[a][r]\n\n[r]: https://example.org",
    "[^1]\n\n[^1]: a note",
    "# A heading",
    "A heading\n=========",
    "A heading\n---",
    "## Forward pass",
    "```math\nx",
    "~~~mermaid\nflowchart LR",
    "````\n```\n",
    "- ```\n  math",
    "$$\\input{/etc/passwd}$$",
    "$`x`$",
    "$5 and $6",
    "costs \\$5",
    "`code` $ `more` $",
    "a | b\n--|--\n1 | 2 | 3",
    "| a |\n| --- |\n| $x$ | <b> |",
    "a | b",
    "> [!WARNING]\n> boo",
    "- # heading\n1. ## heading\n> ### heading",
    "    indented <b>code</b>",
    "- [x] done",
    "***",
    "* * *",
    "\\<b>\\[a\\](x)\\`\\$x\\$",
    "&lt;b&gt; &#36;x&#36; &amp;",
    "`` ` ``` `",
    "trailing backslash \\",
    "x\x1b[2J\x08\x00y",
    "\u202ereversed\u2066\u200f\ufeff",
    "a\rb\x0bc\u2028d\u0085e",
    "end  \nof line",
    "ends in hashes ##",
    "{{7*7}} {%x%} ${7*7} %s%n",
    "==\n",
    "+ plus\n1986. A year",
    "¹½² １ ᵀ é 日本",
    "\U000e0041 tag \U000e0100 selector \ud800 surrogate",
    "a@b.c`![i](http://a.b) <b>``x`",
    "- ~~~\n  math",
    "- item\n==",
    "> quote\n==",
]


def page(title: str = "A title", statement: str = "A statement.", **more: Any) -> Page:
    return Page(write(replace(BASE, problem=replace(BASE.problem, title=title, statement=statement, **more))))


def outline(found: Page) -> list[tuple[int, str]]:
    """The headings below the title."""
    return found.headings[1:]


def drawn(found: Page) -> list[tuple[str, str]]:
    """The fences that GitHub renders as something else than code."""
    return [fence for fence in found.fences if fence[0] != "text"]


def assert_undisturbed(found: Page) -> None:
    plain = page()
    assert outline(found) == outline(plain)
    assert found.headings[0][0] == 1
    assert found.links == plain.links
    assert found.foreign == []
    assert drawn(found) == drawn(plain)
    assert found.formulas == plain.formulas
    assert found.loose_dollars == 0
    assert well_formed(found.text)


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("place", ["title", "statement", "source", "difficulty", "tags"])
def test_no_text_of_an_author_changes_the_page(attack: str, place: str) -> None:
    changed: dict[str, Any] = {place: (attack, attack) if place == "tags" else attack}
    assert_undisturbed(page(**changed))


def test_all_attacks_together_in_one_statement() -> None:
    assert_undisturbed(page(statement="\n\n".join(ATTACKS)))
    assert_undisturbed(page(statement="\n".join(ATTACKS)))


MARKS = st.sampled_from(
    [*"#=-*+>`~$<()[]|\\&_:@\n\t\rx1½é \u202e\x1b", "1. ", "- ", "```", "````", "~~~", "``", "$$", "$`", "`$", "<b>",
     "<!--", "![", "[^1]", "|-|-|", "&lt;", "**", "//", "http://", "www.", "a@b.c", "\n\n", "    ",
     "| a | b |\n", "|---|---|\n"]
)  # fmt: skip
TEXTS = st.lists(MARKS, max_size=25).map("".join) | st.text(max_size=60)


@settings(max_examples=150, deadline=None)
@given(title=TEXTS, statement=TEXTS)
def test_no_random_text_changes_the_page(title: str, statement: str) -> None:
    assert_undisturbed(page(title, statement, source=title))


@pytest.mark.parametrize(
    "title",
    [
        "f = (x + y)*z",
        "a_b and *c*",
        "1. First",
        "# 1",
        "ends in ##",
        "x < y & z > 0",
        "costs $5",
        "`code`",
        "C:\\[x]",
        "2 * 3 * 4",
        "a|b",
        "- no list",
    ],
)
def test_a_title_is_seen_as_it_was_typed(title: str) -> None:
    assert page(title).headings[0] == (1, title)


def test_an_empty_title_gives_way_to_the_name() -> None:
    assert page("\u202e\n").headings[0] == (1, "sample")


def test_a_very_long_title_is_cut() -> None:
    assert len(page("long " * 1000).headings[0][1]) == 300


def test_addresses_and_people_are_shown_as_code() -> None:
    text = page(statement="See https://example.org/a_b, www.example.org or ask @someone.").text
    assert "See `https://example.org/a_b`, `www.example.org` or ask `@someone`." in text


def test_the_markdown_of_a_statement_is_kept() -> None:
    statement = (
        "Some *words* and `code`.\n\n- one\n- two\n  - below\n\n1. first\n\n> quoted\n\n| a | b |\n|---|---|\n| 1 |\n"
    )
    text = page(statement=statement).text
    assert "Some *words* and `code`.\n\n- one\n- two\n    - below\n1. first\n\n> quoted\n" in text
    assert "\n| a | b |\n| --- | --- |\n| 1 | |\n" in text


def test_headings_of_a_statement_become_bold() -> None:
    text = page(statement="# One\nTwo\n===\nThree\nfour\n---\n").text
    assert "**One**\n\n**Two**\n\n**Three four**\n" in text


def test_code_of_a_statement_is_kept_and_closed() -> None:
    found = page(statement="~~~python\nx = [1]\n```\n")
    assert found.fences[0] == ("text", "x = [1]\n```\n")


def test_a_statement_has_an_end() -> None:
    assert len(page(statement="word " * 100_000).text) < 30_000 + len(page().text)

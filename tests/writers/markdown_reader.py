"""What a reader of Markdown sees in a page: headings, links, tables and everything that an author must not add."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKS = re.compile(r"\\.|(?P<formula>\$`[^`\n]+`\$)|(?P<ticks>`+)(?!`)[\s\S]*?(?<!`)(?P=ticks)(?!`)|(?P<dollar>\$)")


@dataclass
class Page:
    """A page taken apart by a CommonMark parser with GitHub's tables."""

    text: str
    headings: list[tuple[int, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    fences: list[tuple[str, str]] = field(default_factory=list)
    tables: list[list[int]] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    """Raw HTML and images, which a page of ours never has."""
    shown: str = ""
    """The text that is seen, without marks of formatting."""

    def __post_init__(self) -> None:
        tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(self.text)
        for position, token in enumerate(tokens):
            if token.type == "heading_open":
                self.headings.append((int(token.tag[1]), _text(tokens[position + 1])))
            elif token.type == "fence":
                self.fences.append((token.info, token.content))
            elif token.type in ("html_block", "code_block"):
                self.foreign.append(token.content)
            elif token.type == "table_open":
                self.tables.append([])
            elif token.type == "tr_open":
                self.tables[-1].append(0)
            elif token.type in ("th_open", "td_open"):
                self.tables[-1][-1] += 1
            elif token.type == "inline":
                self._take(token)

    def _take(self, inline: Token) -> None:
        self.shown += _text(inline) + "\n"
        for child in inline.children or []:
            if child.type == "link_open":
                self.links.append(str(child.attrs["href"]))
            elif child.type in ("html_inline", "image"):
                self.foreign.append(child.content)

    @property
    def formulas(self) -> list[str]:
        """Formulas in lines and cells, as GitHub finds them."""
        return [mark["formula"] for mark in self._marks() if mark["formula"]]

    @property
    def loose_dollars(self) -> int:
        """Dollars outside code that mark no formula, where GitHub might see one."""
        return sum(mark["dollar"] is not None for mark in self._marks())

    def _marks(self) -> Iterator[re.Match[str]]:
        return _MARKS.finditer("\n".join(_outside_fences(self.text)))

    @property
    def anchors(self) -> list[str]:
        """The anchors that GitHub makes of the headings, in order; the second of two alike ends in ``-1``."""
        seen: dict[str, int] = {}
        found = []
        for _, heading in self.headings:
            anchor = re.sub(r"[^\w\- ]|[²³¹¼-¾⁰-₉]", "", heading.lower()).replace(" ", "-")
            found.append(f"{anchor}-{seen[anchor]}" if anchor in seen else anchor)
            seen[anchor] = seen.get(anchor, 0) + 1
        return found


def well_formed(text: str) -> bool:
    """Whether the text holds no hidden characters and no spaces at the ends of lines, and ends in one newline."""
    text.encode("utf-8")
    controls = [mark for mark in text if mark != "\n" and unicodedata.category(mark) in ("Cc", "Cs", "Co", "Cn")]
    hidden = re.findall("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e0fff]", text)
    ends = text.endswith("\n") and not text.endswith("\n\n") and not text.startswith("\n")
    return not controls and not hidden and ends and not re.search(r"[ \t]$", text, re.MULTILINE)


def _text(inline: Token) -> str:
    return "".join(
        " " if child.type in ("softbreak", "hardbreak") else child.content for child in inline.children or []
    )


def _outside_fences(text: str) -> list[str]:
    lines = []
    fence = ""
    for line in text.split("\n"):
        mark = re.match(r"`{3,}(?=[^`]*$)", line)
        if mark and not fence:
            fence = mark.group()
        elif mark and line.strip() == fence:
            fence = ""
        elif not fence:
            lines.append(line)
    return lines

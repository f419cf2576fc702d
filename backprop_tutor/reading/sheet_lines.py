"""What the readers of all kinds of sheet share: bounds, lines that stand twice, characters that nobody can see."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable

from ..model.problem import Finding, Span
from ..model.sheet import Sheet, SheetLine, Written
from .findings import LINE_BREAK, clean_line, hidden, shown

CHARACTERS = 1 << 20
LINES = 10_000
LONGEST_NAME = 200
LONGEST_ANSWER = 10_000
CELLS = 10_000
"""Answers on one sheet, those inside vectors and matrices counted singly."""
FINDINGS = 100
LEARNER_WORDS = frozenset({"learner", "name", "student"})
OTHER_METADATA = frozenset({"problem"})

IsQuantity = Callable[[str], bool]
"""Whether a text is the name of a quantity of the problem."""

EXAMPLE = "Write one quantity a line: its name, a colon, a space and the answer, as in z1_1: 0.24."

_NO_ANSWER = re.compile(r"[\s_?.…–—-]*")
_MANGLED = {"Cc", "Cs", "Cn", "Co"}


class Places:
    """From a position in a text to its line and column."""

    def __init__(self, text: str, source: str) -> None:
        self._source = source
        self._starts = [0, *(found.end() for found in LINE_BREAK.finditer(text))]

    def span(self, start: int, end: int) -> Span:
        """The place of ``text[start:end]``, as far as it stands on its first line."""
        row = bisect_right(self._starts, start) - 1
        first = self._starts[row]
        last = min(end, self._starts[row + 1] - 1) if row + 1 < len(self._starts) else end
        return Span(self._source, row + 1, start - first + 1, max(last, start + 1) - first + 1)


class Lines:
    """The lines of one sheet and what was wrong with them, as a reader comes upon them.

    ``is_quantity`` settles whether ``name: Ann`` is an answer or says whose sheet this is.
    """

    def __init__(self, source: str, is_quantity: IsQuantity | None = None) -> None:
        self.source = source
        self.learner = ""
        self._is_quantity = is_quantity
        self._lines: dict[str, SheetLine] = {}
        self._findings: dict[Finding, None] = {}
        self._room = CELLS

    def find(self, message: str, where: Span | None, repair: str = "", *, warning: bool = False) -> None:
        """Note something wrong; after many findings the rest are left out, for nobody reads them."""
        if len(self._findings) < FINDINGS:
            self._findings[Finding(message, where, repair, "warning" if warning else "error")] = None

    def take(self, findings: Iterable[Finding]) -> None:
        """Note findings of another reader's."""
        for finding in findings:
            self.find(finding.message, finding.where, finding.repair, warning=finding.severity == "warning")

    def add(self, name: str, value: Written, where: Span | None) -> None:
        """Note an answer, or a finding about it.

        Of two answers under one name the first counts; a blank never counts against an answer.
        """
        name = name.strip()
        if not self._is_usable(name, value, where):
            return
        read = self._read(name, value, where, 2)
        if read is None or self._is_about_learner(name, read):
            return
        before = self._lines.get(name)
        if before is None or _is_blank(before.value):
            self._lines[name] = SheetLine(name, read, where)
        elif not _is_blank(read) and _squeezed(read) != _squeezed(before.value):
            at = f" at line {before.where.line}" if before.where else ""
            message = f"{shown(name)} stands here for the second time, with another answer; the first one{at} counts"
            self.find(message, where, "Remove one of the two.")

    def sheet(self, learner: str, text: str) -> Sheet:
        """Everything noted; a sheet that does not say whose it is belongs to ``learner``."""
        if not self._lines and not self._findings:
            self.find("there is no answer on this sheet", None, EXAMPLE)
        return Sheet(self.learner or learner, tuple(self._lines.values()), self.findings(), text)

    def findings(self) -> tuple[Finding, ...]:
        """What was found wrong so far, in the order of the file."""
        return tuple(sorted(self._findings, key=lambda found: found.where.line if found.where else 0))

    def _is_usable(self, name: str, value: Written, where: Span | None) -> bool:
        if not name:
            if not isinstance(value, str) or not _NO_ANSWER.fullmatch(value):
                self.find("an answer stands here without a name", where, EXAMPLE)
            return False
        if len(name) > LONGEST_NAME:
            self.find(f"a name of {len(name):,} characters is too long", where, "Write the name of one quantity.")
            return False
        bad = next((mark for mark in name if hidden(mark)), "")
        if bad:
            message = f"the invisible character U+{ord(bad):04X} stands in the name {shown(name)}"
            self.find(message, where, "Delete it, and type the name by hand.")
        return not bad

    def _read(self, name: str, value: Written, where: Span | None, levels: int) -> Written | None:
        """The answer without what nobody can see; None when it cannot be used."""
        if isinstance(value, str):
            return self._read_text(name, value, where)
        if not levels:
            message = f"lists stand more than two deep beside {shown(name)}"
            self.find(message, where, "A matrix is a list of rows: [[1, 2], [3, 4]].")
            return None
        cells = []
        for part in value:
            read = self._read(name, part, where, levels - 1)
            if read is None:
                return None
            cells.append(read)
        return tuple(cells)

    def _read_text(self, name: str, value: str, where: Span | None) -> str | None:
        self._room -= 1
        if self._room == -1:
            self.find(f"there are more than {CELLS:,} answers on this sheet", where, "Keep one problem on one sheet.")
        if self._room < 0:
            return None
        if len(value) > LONGEST_ANSWER:
            message = f"the answer to {shown(name)} has {len(value):,} characters"
            self.find(message, where, f"Write at most {LONGEST_ANSWER:,} characters.")
            return None
        text = value.strip()
        if text.isascii() and text.isprintable():
            return "" if _NO_ANSWER.fullmatch(text) else text
        text = LINE_BREAK.sub("\n", text).replace("\t", " ")
        bad = next((mark for mark in text if mark != "\n" and unicodedata.category(mark) in _MANGLED), "")
        if bad:
            message = f"the character U+{ord(bad):04X}, which nobody can see, stands in the answer to {shown(name)}"
            self.find(message, where, "Delete it, and type the answer by hand.")
            return None
        unseen = next((mark for mark in text if unicodedata.category(mark) == "Cf"), "")
        if unseen:
            # It often comes along when text is copied, and a right answer must not fall over it.
            message = f"the invisible character U+{ord(unseen):04X} in the answer to {shown(name)} is left out"
            self.find(message, where, warning=True)
            text = "".join(mark for mark in text if unicodedata.category(mark) != "Cf").strip()
        return "" if _NO_ANSWER.fullmatch(text) else text

    def _is_about_learner(self, name: str, value: Written) -> bool:
        word = name.casefold()
        if word not in LEARNER_WORDS | OTHER_METADATA or not isinstance(value, str):
            return False
        looks_like_answer = value[:1].isdigit() or value[:1] in {"-", "."}
        if self._is_quantity(name) if self._is_quantity else looks_like_answer:
            return False
        if word in LEARNER_WORDS:
            self.learner = self.learner or clean_line(value)[:LONGEST_NAME]
        return True


def too_large(text: str, lines: Lines) -> bool:
    """Whether the text is larger than any sheet is, which is then noted."""
    if len(text) > CHARACTERS:
        lines.find("the sheet is larger than 1 MiB", None, "A sheet is a page or two of text.")
        return True
    count = sum(1 for _ in LINE_BREAK.finditer(text)) + 1
    if count > LINES + 1:
        lines.find(f"the sheet has {count:,} lines", None, f"Write at most {LINES:,} lines.")
    return count > LINES + 1


def _is_blank(value: Written) -> bool:
    return not value if isinstance(value, str) else all(map(_is_blank, value))


def _squeezed(value: Written) -> Written:
    return "".join(value.split()) if isinstance(value, str) else tuple(map(_squeezed, value))

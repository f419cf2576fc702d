"""Names of quantities: what may be one, and its plain form."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from itertools import islice

from .characters import GREEK, SUBSCRIPTS, fold

MAX_NAME_LENGTH = 32

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,31}")
_LETTERS = "A-Za-z" + "".join(GREEK)
# A Greek letter stands alone between underscores and digits: λx is a product, and no name.
_TYPED = re.compile(rf"(?:[A-Za-z0-9_{SUBSCRIPTS}]|(?<![{_LETTERS}0-9])[{''.join(GREEK)}](?![{_LETTERS}]))+")
_PLAIN = {**{ord(letter): name for letter, name in GREEK.items()}, **{ord(d): str(i) for i, d in enumerate(SUBSCRIPTS)}}


def is_name(text: str) -> bool:
    """Whether the text is a plain name: a letter, then letters, digits and ``_``, at most 32 characters."""
    return _NAME.fullmatch(text) is not None


def normal_name(text: str) -> str | None:
    """The plain form of a name as it was typed (``θ_1`` is ``theta_1``, ``x₁`` is ``x1``); None: it is no name.

    Superscripts are powers and never part of a name.
    """
    if len(text) > MAX_NAME_LENGTH:
        return None
    folded = fold(text)
    if not _TYPED.fullmatch(folded):
        return None
    plain = folded.translate(_PLAIN)
    return plain if is_name(plain) else None


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that was probably meant, or None."""
    # However large the network, a spelling error costs next to nothing.
    some = list(islice(candidates, 2000))
    for candidate in some:
        # Another case, or letters that changed places: to difflib these may look far away.
        if candidate.casefold() == word.casefold() or sorted(candidate) == sorted(word):
            return candidate
    close = difflib.get_close_matches(word, some, n=1, cutoff=0.7)
    return close[0] if close else None

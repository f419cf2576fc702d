"""The same problem with other numbers, such as can be done by hand and show every misconception that can occur."""

from __future__ import annotations

from collections import Counter

from ..errors import ProblemError, TutorError
from ..model.problem import Problem
from ..reading.problems import LARGEST_SEED
from .made import Certificate, Variant
from .search import Search

__all__ = ["Certificate", "Variant", "can_vary", "variant", "why_not"]

TRIES = 1000
"""How often numbers are drawn; most draws are refused at a glance."""


def can_vary(problem: Problem) -> bool:
    """Whether the problem has numbers that a variant could change.  It may still have no certified variant."""
    return not why_not(problem)


def why_not(problem: Problem) -> str:
    """Why a problem has no variants, in a sentence with its repair; empty if it has.  Raises ProblemError."""
    try:
        Search(problem, 0)
    except ProblemError:
        raise
    except TutorError as error:
        return str(error)
    return ""


def variant(
    problem: Problem,
    seed: int,
    *,
    certified: bool = True,
    tries: int = TRIES,
    refused: Counter[str] | None = None,
) -> Variant | None:
    """The variant of a problem for a seed from 0 to 999,999,999: the same one everywhere.

    ``certified``: every wrong idea shows at every step where it can; else numbers are only such as can be done by
    hand.  None if no such numbers are found in so many tries; ``refused`` then counts what was wrong with the draws.
    Raises TutorError for a problem that has no numbers to change, and ProblemError for one that cannot be solved.
    """
    if not 0 <= seed <= LARGEST_SEED:
        raise TutorError(f"A seed is a whole number from 0 to {LARGEST_SEED}.")
    search = Search(problem, seed)
    found = search.certified(tries) if certified else search.light(tries)
    if found is None and refused is not None:
        refused.update(search.refused)
    return found

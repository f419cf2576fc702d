"""What a variant is: a problem, the text of its file, and what was proved of its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..errors import ProblemError
from ..lessons.notation import notation_names
from ..model.problem import Problem
from ..ops import vocabulary
from ..reading.problems import read_problem


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was proved of a variant's numbers, and what was refused before.

    ``ideas`` wrong ideas, each at every one of ``steps`` steps where it can show, give a number of their own in four
    significant digits.  ``refused`` says why earlier draws were not taken, and how many of them.
    """

    ideas: int
    steps: int
    refused: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Variant:
    """A problem with other numbers, the text of its file, and the seed; ``tries`` are the draws that it took.

    The light form has no certificate.
    """

    problem: Problem
    text: str
    seed: int
    tries: int
    certificate: Certificate | None = None


def read(text: str, id: str) -> Problem:
    """The problem of a text of ours.  Raises ProblemError with its findings."""
    problem, findings = read_problem(text, id, vocabulary(notation_names()), id)
    if problem is None:
        raise ProblemError(findings, text)
    return problem

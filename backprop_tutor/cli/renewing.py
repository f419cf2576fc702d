"""``new``: a problem of the same shape with other numbers."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from secrets import randbelow

from ..errors import TutorError
from . import screen, session
from .exporting import allow, put
from .files import shown_path

SEEDS = 9000
FIRST_SEED = 1000
"""Seeds that are rolled have four digits: they are read out in class."""


def new(problem: str, seed: int | None, output: str, force: bool) -> None:
    """Write a variant of a problem to a file or to standard output, and say how to go on.

    Raises TutorError where the problem has no numbers to change, or none are found that show every misconception.
    """
    if not output:
        raise TutorError("Name the file to write: -o new.yaml, or - for standard output.")
    original = session.read(problem)
    allow([output], force, [problem])
    from ..variants.variant import variant

    seed = FIRST_SEED + randbelow(SEEDS) if seed is None else seed
    with screen.working("Looking for numbers that show every misconception"):
        refused: Counter[str] = Counter()
        found = variant(original, seed, refused=refused)
    if found is None:
        raise TutorError(none_found(seed, refused))
    left_out = len(original.questions) - len(found.problem.questions)
    if left_out:
        screen.complain(_without_questions(left_out))
    if output == "-":
        screen.write_data(found.text)
        return
    put(Path(output), found.text)
    written = shown_path(output)
    print(f"Wrote {written}, seed {seed}. Go on with: backprop-tutor quiz {written}", file=sys.stderr)


def none_found(seed: int, refused: Counter[str]) -> str:
    """Why there are no numbers for a seed, and what may be done; ``refused`` counts what was wrong with the draws."""
    message = f"No numbers were found for seed {seed} that keep the shape of this problem and show every misconception."
    if len(refused) != 1:
        often = "".join(f" What was wrong most often: {reason}." for reason, _ in refused.most_common(1))
        return f"{message}{often} Try another seed: --seed {seed + 1}."
    [(reason, draws)] = refused.items()
    return (
        f"{message} Each of {draws} draws had {reason} beside the original's: this problem lives on numbers that "
        f"belong together. Try another seed or two (--seed {seed + 1}); if that does not help, choose the numbers "
        "yourself, in a file that backprop-tutor validate checks, or take another problem."
    )


def _without_questions(number: int) -> str:
    """What became of the author's own questions."""
    if number == 1:
        return "The author's question is left out: it may be about the old numbers."
    return f"The author's {number} questions are left out: they may be about the old numbers."

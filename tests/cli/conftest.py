"""What tests with a keyboard share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from terminals import FIRST, PROBLEM, Terminal


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where the quizzes of one test keep what they keep."""
    return tmp_path / "home"


@pytest.fixture
def terminal(home: Path) -> Iterator[Terminal]:
    """A quiz on a tall screen, at its first question."""
    made = Terminal(home, PROBLEM, rows=100)
    made.wait_line(FIRST)
    yield made
    made.hang_up()

"""What all tests share: ``support`` and ``reference`` can be imported, and nobody's own progress is touched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support import SIMPLE


@pytest.fixture
def simple(tmp_path: Path) -> str:
    """The path of a small problem file."""
    path = tmp_path / "simple.yaml"
    path.write_text(SIMPLE, encoding="utf-8")
    return str(path)


@pytest.fixture(scope="session", autouse=True)
def nobodys_progress(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads, writes or deletes what the person who runs the tests has kept of quizzes."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("BACKPROP_TUTOR_HOME", str(tmp_path_factory.mktemp("progress") / "nothing"))
        yield

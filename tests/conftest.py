"""Makes what several tests share importable: ``support`` and ``reference`` stand in this folder."""

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


@pytest.fixture(autouse=True)
def nobody_at_home(tmp_path: Path) -> Iterator[None]:
    """No test reads or writes what the person at this machine has learnt; a test's own patches may be undone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BACKPROP_TUTOR_HOME", str(tmp_path / "home"))
        yield

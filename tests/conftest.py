"""Makes what several tests share importable: ``support`` and ``reference`` stand in this folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import SIMPLE


@pytest.fixture
def simple(tmp_path: Path) -> str:
    """The path of a small problem file."""
    path = tmp_path / "simple.yaml"
    path.write_text(SIMPLE, encoding="utf-8")
    return str(path)

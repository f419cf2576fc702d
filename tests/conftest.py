"""Makes what several tests share importable: ``support`` and ``reference`` stand in this folder."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import SIMPLE

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Whoever starts the tests in the background of a script has Ctrl-C ignored, and every command that a test starts
    # would have it so, too.
    signal.signal(signal.SIGINT, signal.default_int_handler)


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

"""Every bundled problem as Markdown, in its own notation and with and without the shortcut, into one folder."""

import sys
from pathlib import Path

from backprop_tutor.cli import session
from backprop_tutor.cli.files import bundled
from backprop_tutor.writers.markdown import write

folder = Path(sys.argv[1])
for name in bundled():
    problem = session.read(name)
    for suffix, shortcut in (("", True), ("-long", False)):
        told = session.lesson(problem, shortcut=shortcut, exact=not shortcut)
        (folder / f"{name}{suffix}.md").write_text(write(told), encoding="utf-8")
print(f"{len(bundled())} problems exported")

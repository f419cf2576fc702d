"""Every bundled problem as Markdown, in its own notation and with and without the shortcut, into one folder.

With it a worksheet, its key, the feedback on a sheet where every second answer is wrong, and a quiz in which every
answer was shown.
"""

import sys
from pathlib import Path

from backprop_tutor.cli import session
from backprop_tutor.cli.files import bundled
from backprop_tutor.marking.mark import Marker
from backprop_tutor.model.sheet import Sheet, SheetLine
from backprop_tutor.quiz.plan import Choice
from backprop_tutor.quiz.transcript import transcript
from backprop_tutor.quiz.tutor import Tutor
from backprop_tutor.writers import quiz_markdown, report_markdown, worksheet
from backprop_tutor.writers.markdown import write

folder = Path(sys.argv[1])
for name in bundled():
    problem = session.read(name)
    for suffix, shortcut in (("", True), ("-long", False)):
        told = session.lesson(problem, shortcut=shortcut, exact=not shortcut)
        (folder / f"{name}{suffix}.md").write_text(write(told), encoding="utf-8")
    marker = Marker(problem)
    told = marker.setting.lesson
    (folder / f"{name}-worksheet.md").write_text(worksheet.write(told), encoding="utf-8")
    (folder / f"{name}-key.md").write_text(worksheet.write(told, key=True), encoding="utf-8")
    figures = [(step.name, step.figure.shown if step.figure else "1") for step in told.steps]
    lines = [SheetLine(step, "0.4321" if place % 2 else shown) for place, (step, shown) in enumerate(figures)]
    feedback = report_markdown.write(marker.mark(Sheet(name, tuple(lines))))
    (folder / f"{name}-feedback.md").write_text(feedback, encoding="utf-8")
    tutor = Tutor(problem, session.lesson(problem), Choice())
    state = tutor.begin()
    while state.item is not None:
        state = tutor.advance(tutor.advance(state, "x + 1", 0.0).state, ":show", 0.0).state
    (folder / f"{name}-quiz.md").write_text(quiz_markdown.write(transcript(tutor, state)), encoding="utf-8")
print(f"{len(bundled())} problems exported")

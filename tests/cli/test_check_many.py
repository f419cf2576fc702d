"""``check`` of many sheets: which files they are, what is written of them, processes, and Ctrl-C."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from multiprocessing import active_children
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import IO

import pytest
from support import SIMPLE, Terminal, out, refusal, run

from backprop_tutor.cli import exporting, marking_many
from backprop_tutor.cli.crew import Crew, ProcessEndedError
from backprop_tutor.cli.desk import Desk, Marked, Setup, Work
from backprop_tutor.cli.files import Source
from backprop_tutor.cli.sheet_files import Shard, file_names
from backprop_tutor.errors import TutorError
from backprop_tutor.reading.sheets import read_sheet

SHEETS = {
    "ann.yaml": "p: 6\ny: 8\n",
    "bob.json": '{"p": 5, "y": 7}',
    "cat.csv": "name,value\np,6\ny,9\n",
    "dan.txt": "p = 6\ny =\n",
    "eve.md": "| `p` | 6 |\n| `y` | 8 |\n",
    "fay.yml": "learner: Fay Lee\np: 6\ny: 8.0\n",
}
FIRST_ERRORS = [None, "p", "y", None, None, None]


@pytest.fixture
def sheets(tmp_path: Path) -> Path:
    """A folder of sheets, with more in it that are none."""
    folder = tmp_path / "sheets"
    folder.mkdir()
    for name, text in SHEETS.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name in (".hidden.yaml", "~$lock.csv", "notes.pdf", "solve.py"):
        (folder / name).write_text("p: 1\n", encoding="utf-8")
    (folder / "old").mkdir()
    (folder / "old" / "zoe.yaml").write_text("p: 1\n", encoding="utf-8")
    return folder


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def names(text: str) -> list[object]:
    return [line["sheet"] for line in lines(text)]


# Which sheets.


def test_every_sheet_of_a_folder_by_name(monkeypatch: pytest.MonkeyPatch, simple: str, sheets: Path) -> None:
    code, text, error = run(monkeypatch, "check", simple, str(sheets), "--json")
    assert (code, error) == (1, "")
    assert names(text) == [*list(SHEETS)[:-1], "fay.yml (Fay Lee)"]
    assert [line["first_error"] for line in lines(text)] == FIRST_ERRORS


def test_all_right_ends_with_0(monkeypatch: pytest.MonkeyPatch, simple: str, sheets: Path) -> None:
    for name in ("bob.json", "cat.csv", "dan.txt"):
        (sheets / name).unlink()
    assert len(lines(out(monkeypatch, "check", simple, str(sheets), "--json"))) == 3


def test_where_platforms_make_a_folder_for_each_learner(
    monkeypatch: pytest.MonkeyPatch, simple: str, tmp_path: Path
) -> None:
    for learner in ("b_2", "a_1", ".git"):
        (tmp_path / "class" / learner).mkdir(parents=True)
        (tmp_path / "class" / learner / "sheet.yaml").write_text("p: 6\n", encoding="utf-8")
    text = out(monkeypatch, "check", simple, str(tmp_path / "class"), "--json")
    assert names(text) == ["a_1/sheet.yaml", "b_2/sheet.yaml"]


def test_reports_and_the_problem_are_no_sheets(monkeypatch: pytest.MonkeyPatch, simple: str, sheets: Path) -> None:
    problem = sheets / "problem.yaml"
    problem.write_text(SIMPLE, encoding="utf-8")
    before = run(monkeypatch, "check", str(problem), str(sheets), "--json")[1]
    ann = str(sheets / "ann.yaml")
    for arguments in (
        [str(sheets), "--report", str(sheets / "report.csv")],
        [ann, "--markdown", "-o", str(sheets / "ann.md")],
        [ann, "--json", "-o", str(sheets / "ann.json")],
        [str(sheets), "--markdown", "-o", str(sheets / "class.md")],
    ):
        assert "Wrote" in run(monkeypatch, "check", str(problem), *arguments)[2]
    assert run(monkeypatch, "check", str(problem), str(sheets), "--json")[1] == before
    # A report by the name that is written now is no sheet either, whatever stands in it.
    (sheets / "now.csv").write_text("p,5\n", encoding="utf-8")
    arguments = ["--report", str(sheets / "now.csv"), "--force"]
    run(monkeypatch, "check", str(problem), str(sheets), *arguments)
    assert len(rows(sheets / "now.csv")) == len(SHEETS)


CLASS = 'student,p,y,group\nAnn,6,8,1\n"Bob, B.",5,7,1\nAnn,6,9,2\nDan,,,2\n'


def test_a_class_with_one_learner_a_row(monkeypatch: pytest.MonkeyPatch, simple: str, tmp_path: Path) -> None:
    path = tmp_path / "class.csv"
    path.write_text(CLASS, encoding="utf-8")
    code, text, error = run(monkeypatch, "check", simple, str(path), "--json")
    assert code == 1
    assert error == "Columns that are no quantity of this problem are left out: group.\n"
    assert names(text) == ["Ann", "Bob, B.", "Ann (2)", "Dan"]
    assert [line["first_error"] for line in lines(text)] == [None, "p", "y", None]
    assert not any(line["unknown"] for line in lines(text))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(CLASS.encode()), encoding="utf-8"))
    assert run(monkeypatch, "check", simple, "-", "--json")[1] == text


def test_a_class_of_another_problem(monkeypatch: pytest.MonkeyPatch, simple: str, tmp_path: Path) -> None:
    path = tmp_path / "class.csv"
    path.write_text("student,z1_1,z1_2\nAnn,1,2\n", encoding="utf-8")
    assert "z1_1" in refusal(monkeypatch, "check", simple, str(path))
    columns = [f"a_column_with_a_long_name_{i}" for i in range(30)]
    path.write_text(f"student,{','.join(columns)}\nAnn{',1' * 30}\n", encoding="utf-8")
    error = refusal(monkeypatch, "check", simple, str(path))
    assert len(error.splitlines()) > 3
    assert max(map(len, error.splitlines())) <= 100
    assert f"{columns[11]} and 18 more." in " ".join(error.split())
    path.write_text(f"student,p,{','.join(columns[:13])}\nAnn,6{',1' * 13}\n", encoding="utf-8")
    error = " ".join(run(monkeypatch, "check", simple, str(path))[2].split())
    assert error.startswith("Columns that are no quantity of this problem are left out: a_column")
    assert error.endswith(f"{columns[11]} and 1 more.")


def test_a_class_in_which_nothing_can_be_read(monkeypatch: pytest.MonkeyPatch, simple: str, tmp_path: Path) -> None:
    path, report = tmp_path / "class.csv", tmp_path / "r.csv"
    path.write_text("student;p;y\nAnn;6,0;8,0\nBob;6,0;7,0\n", encoding="utf-8")
    code, text, _ = run(monkeypatch, "check", simple, str(path), "--report", str(report))
    assert code == 1
    assert "Nothing on these sheets could be read. p: " in text
    assert "without any mistake" not in text
    assert "? Ann" in text[text.index("Sheets that need a look") :]
    assert all(row["note"].startswith("2 answers or lines could not be read; the first: p: ") for row in rows(report))


def test_a_sheet_of_which_a_part_is_not_understood_needs_a_look(
    monkeypatch: pytest.MonkeyPatch, simple: str, sheets: Path
) -> None:
    (sheets / "gus.yaml").write_text("p: 6\ny: 8\nq7: 1\nq8: 2\n", encoding="utf-8")
    (sheets / "hal.md").write_text("<!-- backprop-tutor: worksheet for cmu-tanh -->\n\n| `p` | 6 |\n", encoding="utf-8")
    code, text, _ = run(monkeypatch, "check", simple, str(sheets))
    assert code == 1
    # ann, eve and fay.
    assert "\n3 sheets without any mistake.\n" in text
    said = " ".join(text[text.index("Sheets that need a look") :].split())
    assert "? gus.yaml: 2 answers or lines could not be read; the first: line 3: there is no" in said
    assert "? hal.md: this worksheet is for cmu-tanh: check it with `backprop-tutor check cmu-tanh FILE`" in said
    # notes.pdf and solve.py; what is hidden or a folder is not counted.
    assert "\n2 other files in the folder are no sheets: left out.\n" in text


def test_other_files_where_each_learner_has_a_folder(
    monkeypatch: pytest.MonkeyPatch, simple: str, tmp_path: Path
) -> None:
    (tmp_path / "class" / "ann").mkdir(parents=True)
    (tmp_path / "class" / "ann" / "sheet.yaml").write_text("p: 6\n", encoding="utf-8")
    (tmp_path / "class" / "ann" / "photo.jpg").touch()
    assert "\n1 other file in the folder is no sheet: left out.\n" in out(
        monkeypatch, "check", simple, str(tmp_path / "class")
    )


def test_a_link_is_no_sheet(monkeypatch: pytest.MonkeyPatch, simple: str, sheets: Path, tmp_path: Path) -> None:
    """It would hand in another's file, or show one of the machine's in the feedback."""
    secret = tmp_path / "secret.yaml"
    secret.write_text("password: p4ssw0rd\n", encoding="utf-8")
    before = len(lines(run(monkeypatch, "check", simple, str(sheets), "--json")[1]))
    (sheets / "linked.yaml").symlink_to(secret)
    (sheets / "folder").symlink_to(tmp_path)
    feedback = tmp_path / "feedback"
    _, text, _ = run(monkeypatch, "check", simple, str(sheets), "--json", "--feedback", str(feedback))
    assert len(lines(text)) == before
    assert "p4ssw0rd" not in text
    assert not any("p4ssw0rd" in page.read_text("utf-8") for page in feedback.iterdir())
    assert "3 other files" in run(monkeypatch, "check", simple, str(sheets))[1]


def test_one_bad_sheet_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch, simple: str, sheets: Path, tmp_path: Path
) -> None:
    (sheets / "a_latin.yaml").write_bytes(b"p: caf\xe9\n")
    (sheets / "b_large.yaml").write_bytes(b"#" * ((1 << 20) + 1))
    (sheets / "c_class.csv").write_text(CLASS, encoding="utf-8")
    (sheets / "d_blank.txt").write_text("", encoding="utf-8")
    (sheets / "e_other.yaml").write_text("z1_1: 0.24\n", encoding="utf-8")
    (sheets / "f_gone.yaml").symlink_to(sheets / "nowhere.yaml")
    report = tmp_path / "r.csv"
    feedback = tmp_path / "f"
    arguments = ["--report", str(report), "--feedback", str(feedback), "--json"]
    code, text, _ = run(monkeypatch, "check", simple, str(sheets), *arguments)
    assert code == 1
    said = {
        "a_latin.yaml": "UTF-8",
        "b_large.yaml": "larger than 1 MiB",
        "c_class.csv": "one learner a row",
        "d_blank.txt": "nothing on it could be read",
        "e_other.yaml": "no line of it is about a quantity",
    }
    found = {row["sheet"]: row for row in rows(report)}
    for line in lines(text):
        name = str(line["sheet"])
        trouble = said.pop(name, None)
        if trouble is None:
            assert found[name]["note"] == ""
            continue
        assert line["marks"] is None
        assert line["first_error"] is None
        assert trouble in str(line["trouble"])
        assert trouble in found[name]["note"]
        assert found[name]["strict"] == ""
        assert trouble in (feedback / f"{name.partition('.')[0]}.md").read_text(encoding="utf-8")
    assert not said
    assert "f_gone.yaml" not in found


def test_a_fault_of_ours_costs_one_sheet(monkeypatch: pytest.MonkeyPatch, simple: str, sheets: Path) -> None:
    def fail(self: Desk, sheet: object) -> object:
        if "Fay" in repr(sheet):
            raise RecursionError("\x1b[31mdeep")
        return report(self, sheet)

    report: Callable[[Desk, object], object] = Desk.report  # type: ignore[assignment]
    monkeypatch.setattr(Desk, "report", fail)
    found = lines(run(monkeypatch, "check", simple, str(sheets), "--json", "--jobs", "1")[1])
    assert [line["first_error"] for line in found] == FIRST_ERRORS
    assert found[-1]["trouble"] == ["marking it failed (RecursionError): please report this"]


@pytest.mark.parametrize("arguments", [[], ["--shard", "1/2"]])
def test_a_folder_without_sheets(
    monkeypatch: pytest.MonkeyPatch, simple: str, tmp_path: Path, arguments: list[str]
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "a.pdf").touch()
    assert "There is no sheet in" in refusal(monkeypatch, "check", simple, str(tmp_path / "empty"), *arguments)


# Parts.


def test_the_parts_are_the_whole(monkeypatch: pytest.MonkeyPatch, simple: str, sheets: Path) -> None:
    whole = run(monkeypatch, "check", simple, str(sheets), "--json")[1].splitlines()
    for parts in (1, 2, 4, 6):
        for part in range(1, parts + 1):
            code, text, error = run(monkeypatch, "check", simple, str(sheets), "--json", "--shard", f"{part}/{parts}")
            assert text.splitlines() == whole[part - 1 :: parts]
            assert code == int(any(json.loads(line)["first_error"] or "dan" in line for line in text.splitlines()))
            if parts > 1:
                assert error.startswith(f"Part {part} of {parts}: {len(text.splitlines())} of 6 sheets.")


def test_more_parts_than_sheets(monkeypatch: pytest.MonkeyPatch, simple: str, sheets: Path, tmp_path: Path) -> None:
    report = tmp_path / "r.csv"
    code, text, error = run(
        monkeypatch, "check", simple, str(sheets), "--shard", "7/9", "--report", str(report), "--json"
    )
    assert (code, text) == (0, "")
    assert error.startswith("Part 7 of 9: 0 of 6 sheets.")
    assert rows(report) == []
    assert Shard.read("7 / 9").of([1, 2, 3]) == []


# What is written.


def test_the_summary_and_the_report(monkeypatch: pytest.MonkeyPatch, simple: str, sheets: Path, tmp_path: Path) -> None:
    report = tmp_path / "r.csv"
    code, text, error = run(monkeypatch, "check", simple, str(sheets), "--report", str(report))
    assert (code, error) == (1, f"Wrote {report}.\n")
    assert "6 sheets" in text
    assert [row["sheet"] for row in rows(report)][:2] == ["ann.yaml", "bob.json"]
    assert [row["first_error"] or None for row in rows(report)] == FIRST_ERRORS
    page = run(monkeypatch, "check", simple, str(sheets), "--markdown")[1]
    assert page.startswith("<!-- backprop-tutor")
    assert "6 sheets" in page
    assert run(monkeypatch, "check", simple, str(sheets), "--report", "-")[1] == report.read_text(encoding="utf-8")
    assert run(monkeypatch, "check", simple, str(sheets), "--ascii")[1].isascii()
    part = run(monkeypatch, "check", simple, str(sheets), "--shard", "2/3")[1]
    assert "part 2 of 3" in part


def test_json_lines_in_a_file(monkeypatch: pytest.MonkeyPatch, simple: str, sheets: Path, tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    code, text, error = run(monkeypatch, "check", simple, str(sheets), "-o", str(path))
    assert (code, text, error) == (1, "", f"Wrote {path}.\n")
    assert path.read_text(encoding="utf-8") == run(monkeypatch, "check", simple, str(sheets), "--json")[1]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["all.jsonl", "sheets", "simple.yaml"]


def test_feedback_for_every_learner(monkeypatch: pytest.MonkeyPatch, simple: str, sheets: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "feedback"
    arguments = ["check", simple, str(sheets), "--feedback", str(folder)]
    assert f"Wrote 6 files of feedback into {folder}" in run(monkeypatch, *arguments)[2]
    assert sorted(path.name for path in folder.iterdir()) == [f"{Path(name).stem}.md" for name in SHEETS]
    assert "Fay Lee" in (folder / "fay.md").read_text(encoding="utf-8")
    single = run(monkeypatch, "check", simple, str(sheets / "bob.json"), "--markdown")[1]
    assert (folder / "bob.md").read_text(encoding="utf-8") == single
    one = ["--feedback", str(tmp_path / "one")]
    assert "Wrote 1 file of feedback into" in run(monkeypatch, "check", simple, str(sheets / "bob.json"), *one)[2]
    (folder / "cat.md").write_text("mine", encoding="utf-8")
    (folder / "ann.md").unlink()
    error = refusal(monkeypatch, *arguments)
    assert "is there already" in error
    assert not (folder / "ann.md").exists()
    assert run(monkeypatch, *arguments, "--force")[0] == 1
    assert (folder / "cat.md").read_text(encoding="utf-8") != "mine"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--feedback", "SHEETS"], "beside the sheets"),
        (["--feedback", "SHEETS/../sheets/"], "beside the sheets"),
        (["--feedback", ""], "beside the sheets"),
        (["--feedback", "SHEETS/ann.yaml"], "cannot be made a folder"),
        (["--report", "SHEETS/nosuch/r.csv"], "there is no folder"),
        (["--report", "SHEETS"], "it is a folder"),
        (["--report", "SHEETS/ann.yaml", "--force"], "it is read here"),
        (["--json", "-o", "SHEETS/ann.yaml", "--force"], "it is read here"),
        (["--report", "SHEETS/bob.json"], "is there already"),
        (["--report", "SHEETS/r.md", "-o", "SHEETS/r.md"], "the same file"),
    ],
)
def test_nothing_is_lost_that_was_there(
    monkeypatch: pytest.MonkeyPatch, simple: str, sheets: Path, arguments: list[str], says: str
) -> None:
    arguments = [word.replace("SHEETS", str(sheets)) for word in arguments]
    # A class is read from a file or a folder, and none of its files is ever written over.
    where = sheets / "ann.yaml" if "--force" in arguments else sheets
    arguments = [str(where), *arguments]
    assert says in refusal(monkeypatch, "check", simple, *arguments)
    assert (sheets / "ann.yaml").read_text(encoding="utf-8") == SHEETS["ann.yaml"]
    assert (sheets / "bob.json").read_text(encoding="utf-8") == SHEETS["bob.json"]


def test_feedback_is_never_written_over_a_sheet(monkeypatch: pytest.MonkeyPatch, simple: str, tmp_path: Path) -> None:
    folder = tmp_path / "class" / "ann"
    folder.mkdir(parents=True)
    sheet = folder / "ann-sheet.md"
    # The page of the file ann/sheet.yaml would be called so.
    sheet.write_text("| `p` | 6 |\n", encoding="utf-8")
    (folder / "sheet.yaml").write_text("p: 6\n", encoding="utf-8")
    arguments = [str(tmp_path / "class"), "--feedback", str(folder), "--force"]
    assert "it is read here" in refusal(monkeypatch, "check", simple, *arguments)
    assert sheet.read_text(encoding="utf-8") == "| `p` | 6 |\n"


HOSTILE = [
    "../../etc/passwd", "/etc/passwd", "..", ".", "", "a\0b", "CON", "con.txt", "LPT1.yaml", "C:\\x\\y", "~/x", "-rf",
    "ann", "Ann", "ANN.yaml", "ann-2", "\x1b]0;x\x07", "\u202eevil", "a/b/c.md", "x" * 5000, "日" * 5000, "e\u0301",
    "\u00e9", "....//", "a\nb", " lead", "trail. ", "*?<>|\"'", "Ann (2)", "Ann (2)",
]  # fmt: skip


def test_names_of_files_stay_in_their_folder() -> None:
    found = file_names(HOSTILE)
    assert len({name.casefold() for name in found}) == len(HOSTILE)
    for name in found:
        assert Path(name).name == name
        assert name.endswith(".md")
        assert len(name.encode()) <= 200
        assert not name.startswith((".", "-", "~"))
        assert not set(name) & set("/\\:*?<>|\"'\0\n\x1b\u202e")
        assert name.partition(".")[0].upper() not in {"CON", "LPT1"}
    assert file_names(["Grün, Ann (2).yaml", "b/ann.yaml", "日本.json", "..."]) == [
        "Grün-Ann-2.md",
        "b-ann.md",
        "日本.md",
        "sheet-4.md",
    ]


# Processes.


def setup(**more: bool) -> Setup:
    return Setup(Source(SIMPLE, "simple.yaml", "simple"), **more)


def works(number: int) -> list[Work]:
    texts = ["p: 6\ny: 8\n", "p: 5\ny: 7\n", "?", "p: 6\ny: 9\n"]
    return [
        Work(f"s{place}", sheet=read_sheet(texts[place % len(texts)], f"s{place}.yaml", f"s{place}"))
        for place in range(number)
    ]


def test_the_number_of_processes_changes_no_byte(
    monkeypatch: pytest.MonkeyPatch, simple: str, sheets: Path, tmp_path: Path
) -> None:
    (sheets / "latin.yaml").write_bytes(b"p: caf\xe9\n")
    found = []
    for jobs in ("1", "2", "3"):
        folder = tmp_path / jobs
        report = tmp_path / f"r{jobs}.csv"
        arguments = ["--json", "--report", str(report), "--feedback", str(folder), "--jobs", jobs, "--ask", "y"]
        code, text, _ = run(monkeypatch, "check", simple, str(sheets), *arguments)
        pages = [(path.name, path.read_bytes()) for path in sorted(folder.iterdir())]
        found.append((code, text, report.read_bytes(), pages))
    assert found[0][0] == 1
    assert len(found[0][3]) == len(SHEETS) + 1
    assert found[0] == found[1] == found[2]


class Ends:
    """A sheet that ends the process in which it arrives."""

    def __reduce__(self) -> tuple[Callable[[int], object], tuple[int]]:
        return os._exit, (1,)


ENDING = (2, 5, 9)
"""More sheets that end a process than there are processes: each must be followed by another."""


def test_a_sheet_that_ends_a_process_costs_itself_only() -> None:
    every = works(12)
    for place in ENDING:
        every[place] = Work(f"s{place}", sheet=Ends())  # type: ignore[arg-type]
    desk = Desk(setup())
    found = list(marking_many.mark_all(desk, every, 2))
    assert [marked.result.learner for marked in found] == [work.label for work in every]
    for place, marked in enumerate(found):
        if place in ENDING:
            assert marked.result.trouble == "the process that marked it was ended"
        else:
            assert marked == desk.mark(every[place])


def test_processes_that_all_end_are_told_of() -> None:
    every = [Work(f"s{place}", sheet=Ends()) for place in range(4)]  # type: ignore[arg-type]
    with pytest.raises(TutorError, match="add --jobs 1"):
        list(marking_many.mark_all(Desk(setup()), every, 2))


def test_a_process_that_is_killed_while_it_waits_is_found() -> None:
    with Crew(setup()) as crew:
        assert crew.hire(1) == 1
        crew.give(0, works(2))
        assert crew.ready() == [0]
        assert len(crew.take(0)) == 2
        (process,) = [process for process in active_children() if process.is_alive()]
        process.kill()
        process.join()
        assert crew.give(1, works(1))
        assert crew.ready() == [1]
        with pytest.raises(ProcessEndedError):
            crew.take(1)
        assert not crew.give(2, works(1))
    assert signal.getsignal(signal.SIGPIPE) is not signal.SIG_IGN
    assert not active_children()


def test_without_other_processes_this_one_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> object:
        raise OSError(11, "Resource temporarily unavailable")

    desk = Desk(setup())
    expected = [desk.mark(work) for work in works(9)]
    monkeypatch.setattr(BaseProcess, "start", fail)
    assert list(marking_many.mark_all(desk, works(9), 2)) == expected


def test_processes_are_started_where_that_saves_time(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []

    def in_processes(desk: Desk, waiting: deque[Work], jobs: int) -> Iterator[Marked]:
        asked.append((len(waiting), jobs))
        while waiting:
            yield desk.mark(waiting.popleft())

    desk = Desk(setup())
    monkeypatch.setattr(marking_many, "_in_processes", in_processes)
    monkeypatch.setattr(marking_many, "cores", lambda: 4)
    for number, worth, jobs, expected in (
        (30, 2.0, None, []),
        (30, 0.0, None, [(27, 4)]),
        (7, 0.0, None, []),
        (30, 2.0, 2, [(30, 2)]),
        (3, 0.0, 8, [(3, 3)]),
        (30, 0.0, 1, []),
        (0, 0.0, 2, []),
    ):
        asked.clear()
        monkeypatch.setattr(marking_many, "WORTH_IT", worth)
        assert len(list(marking_many.mark_all(desk, works(number), jobs))) == number
        assert asked == expected


# The bar, and Ctrl-C.


class Screen(Terminal):
    def isatty(self) -> bool:
        return True


def test_a_bar_on_a_terminal_when_it_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    def shown(late: float, silent: bool = False, term: str = "xterm") -> str:
        screen = Screen()
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stderr", screen)
            patched.setattr(marking_many, "LATE", late)
            patched.setenv("TERM", term)
            patched.setenv("COLUMNS", "80")
            with marking_many.progress(7, silent) as advance:
                deadline = time.monotonic() + (10 if late < 1 and not silent and term == "xterm" else 0.05)
                advance()
                while "1/7" not in screen.text() and time.monotonic() < deadline:
                    time.sleep(0.01)
        return screen.text()

    assert "1/7" in shown(0.01)
    assert shown(60) == ""
    assert shown(0.01, silent=True) == ""
    assert shown(0.01, term="dumb") == ""


def test_no_bar_where_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(marking_many, "LATE", 0.0)
    with marking_many.progress(3) as advance:
        advance()
        time.sleep(0.05)
    assert stream.text() == ""


def long_class(folder: Path) -> list[str]:
    """The command that marks a class for many seconds with two processes."""
    answers = {"z1_1": "0.24", "z1_2": "0.41", "a1_1": "0.56", "a1_2": "0.6", "z2_1": "1.185", "yhat": "0.766"}
    table = [",".join(["learner", *answers]), *(",".join([f"s{n}", *answers.values()]) for n in range(1500))]
    (folder / "class.csv").write_text("\n".join(table) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "backprop_tutor", "check", "slides-example-3", str(folder / "class.csv")]
    return [*command, "--jobs", "2", "--json", "--report", str(folder / "r.csv"), "--feedback", str(folder / "f")]


def nobody_is_left(group: int) -> bool:
    """Whether no process of the group runs any more, soon."""
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        if not somebody_runs(group):
            return True
        time.sleep(0.05)
    return False


def somebody_runs(group: int) -> bool:
    """Whether a process of the group runs; one that has ended and that nobody has asked about does not."""
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    states = [line for line in map(status, Path("/proc").glob("[0-9]*/stat")) if len(line) > 2]
    return not states or any(line[0] != "Z" and line[2] == str(group) for line in states)


def status(path: Path) -> list[str]:
    """State, parent, group and so on of a process, as Linux tells them."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


@pytest.mark.parametrize("how", ["Ctrl-C", "killed", "closed pipe"])
def test_an_end_before_the_end_leaves_nothing_behind(tmp_path: Path, how: str) -> None:
    running = subprocess.Popen(
        long_class(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # A shell in the background may have told its children to ignore it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    streams: list[IO[bytes]] = [stream for stream in (running.stdout, running.stderr) if stream is not None]
    try:
        first = streams[0].readline()
        assert json.loads(first)["sheet"] == "s0"
        if how == "Ctrl-C":
            # The terminal sends it to every process of the command.
            os.killpg(running.pid, signal.SIGINT)
        elif how == "killed":
            running.kill()
        else:
            streams[0].close()
        error = streams[1].read()
        code = running.wait(timeout=30)
        assert nobody_is_left(running.pid)
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
        for stream in streams:
            stream.close()
    assert code == {"Ctrl-C": 130, "killed": -signal.SIGKILL, "closed pipe": 141}[how]
    assert b"Traceback" not in error
    if how != "killed":
        assert error.strip() == b""
    assert not (tmp_path / "r.csv").exists()
    left = [path.name for path in tmp_path.rglob("*") if path.suffix not in {".csv", ".md"} and path.is_file()]
    assert not left or how == "killed"


def test_a_file_that_grows_comes_into_its_place_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("old", encoding="utf-8")

    def interrupted() -> None:
        with exporting.growing(path) as write:
            write("new\n")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert [each.name for each in tmp_path.iterdir()] == ["a.jsonl"]
    assert path.read_text(encoding="utf-8") == "old"
    with exporting.growing(path) as write:
        write("new\n")
        assert path.read_text(encoding="utf-8") == "old"
    assert path.read_text(encoding="utf-8") == "new\n"
    assert [each.name for each in tmp_path.iterdir()] == ["a.jsonl"]

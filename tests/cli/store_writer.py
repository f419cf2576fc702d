"""A process that keeps batches in a store until it is killed: it says on standard output what was acknowledged.

``python store_writer.py FOLDER NAME ROWS``.  Each line: the number of the batch, when it was begun, when it was kept.
"""

from __future__ import annotations

import sys
import time
from itertools import count
from pathlib import Path

from backprop_tutor.cli.store import Store
from backprop_tutor.model.record import Record, What


def main() -> None:
    folder, name, rows = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    store = Store(folder)
    for batch in count():
        records = [Record(name, 1.0, What.ANSWERED, f"{batch}", given=f"{row}") for row in range(rows)]
        begun = time.monotonic()
        store.append(records)
        print(batch, begun, time.monotonic(), flush=True)


if __name__ == "__main__":
    main()

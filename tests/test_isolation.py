"""Work in processes that can be killed."""

import os
import sys
import time
from pathlib import Path

import pytest

from fiveless.isolation import Failure, Limits, Workers

SOON = Limits(seconds=2, seconds_a_megabyte=0, memory=2 << 30)


def work(task: object) -> object:
    """Doubles numbers; words say what else to do."""
    match task:
        case "hang":
            time.sleep(600)
        case "die":
            os._exit(5)
        case "abort":
            os.abort()
        case "killed":
            os.kill(os.getpid(), 9)
        case "eat":
            return len(bytearray(8 << 30))
        case ("once", Path() as mark) if not mark.exists():
            mark.touch()
            os._exit(5)
        case int(number):
            return number * 2
    return str(task)


def outcomes(tasks: list[object], number: int = 1, limits: Limits = SOON) -> list[object]:
    """What becomes of some tasks, in their order."""
    with Workers(work, tasks, [0] * len(tasks), number, limits) as workers:
        return [workers.result(index) for index in range(len(tasks))]


def test_results_come_in_any_order_asked_for() -> None:
    """Many small pieces on several processes: each result belongs to its task."""
    with Workers(work, list(range(50)), [0] * 50, 2) as workers:
        assert [workers.result(index) for index in reversed(range(50))] == [index * 2 for index in reversed(range(50))]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals")
def test_each_failure_has_its_kind_and_costs_itself_only() -> None:
    """A process that hangs, ends, aborts or is killed for its memory takes none of the other pieces with it."""
    found = outcomes([1, "hang", 2, "die", 3, "abort", 4, "killed", 5], number=2)
    assert found == [
        2,
        Failure("time", "2"),
        4,
        Failure("crash", "exit code 5"),
        6,
        Failure("crash", "signal 6"),
        8,
        Failure("memory", ""),
        10,
    ]


def test_memory_is_limited() -> None:
    """More memory than a piece may have is refused to it, where the system can do so."""
    pytest.importorskip("resource")
    assert outcomes(["eat", 1]) == [Failure("memory", ""), 2]


def test_a_piece_is_tried_again_where_others_may_have_spoilt_the_process(tmp_path: Path) -> None:
    """What failed after others had been done in the same process, and succeeds in a new one, has succeeded."""
    assert outcomes([1, ("once", tmp_path / "mark"), 2])[0::2] == [2, 4]
    assert (tmp_path / "mark").exists()


def test_size_buys_time() -> None:
    """A large piece has more seconds than a small one."""
    with Workers(work, ["hang"], [1 << 20], 1, Limits(seconds=0.5, seconds_a_megabyte=1.5)) as workers:
        assert workers.result(0) == Failure("time", "2")


def test_all_processes_end_with_the_context() -> None:
    """Who stops asking is not waited for."""
    with Workers(work, ["hang", "hang"], [0, 0], 2) as workers:
        processes = [worker.process for worker in workers._workers]
    assert [process.is_alive() for process in processes] == [False, False]

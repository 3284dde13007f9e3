"""Work done in processes that can be killed: a piece that hangs, dies or eats the memory costs itself only."""

import gc
import multiprocessing
import os
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Literal, Self, TypeVar

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")
_AHEAD = 4  # as many pieces are sent ahead to a worker, so that it need not wait for the next
_START = 60.0  # seconds for a process to begin, on a slow network share
_KILLED = -9  # by the system, which does so when its memory runs out


@dataclass(frozen=True, slots=True)
class Limits:
    """What a piece of work may take: seconds, besides those that its size allows, and bytes of memory (where the system can hold to it)."""

    seconds: float = 120.0
    seconds_a_megabyte: float = 3.0
    memory: int = 4 << 30


@dataclass(frozen=True, slots=True)
class Failure:
    """What became of a piece that did not give its result; `detail` is the seconds it was given, or how its process ended."""

    kind: Literal["time", "memory", "crash"]
    detail: str


@dataclass(slots=True)
class _Worker:
    """One process with the pieces that it was given, of which it does the first."""

    process: BaseProcess
    connection: "Connection[Any, Any]"
    errors: Path
    pending: deque[int] = field(default_factory=deque)
    deadline: float = 0.0
    begun: bool = False
    ready: bool = False
    done: int = 0


class Workers(Generic[_Task, _Result]):
    """Does tasks in several processes; `result` gives what became of each, in any order. To be used as a context."""

    def __init__(
        self, work: Callable[[_Task], _Result], tasks: Sequence[_Task], sizes: Sequence[int], number: int, limits: Limits | None = None
    ) -> None:
        self._work, self._tasks, self._limits = work, tasks, limits or Limits()
        self._seconds = [self._limits.seconds + size / (1 << 20) * self._limits.seconds_a_megabyte for size in sizes]
        self._queue = deque(range(len(tasks)))
        self._done: dict[int, _Result | Failure] = {}
        self._tried: set[int] = set()
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self._started = 0
        self._workers = [self._start() for _ in range(min(number, len(tasks)))]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for worker in self._workers:
            _kill(worker)
        self._folder.cleanup()

    def result(self, index: int) -> _Result | Failure:
        """What became of a task; waits for it, and sees to the others meanwhile. Each is given out once."""
        while index not in self._done:
            self._attend()
        return self._done.pop(index)

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("spawn")  # a copy of this process could hold locks of its threads
        here, there = context.Pipe()
        self._started += 1
        errors = Path(self._folder.name) / str(self._started)
        # What it is to do follows when it has begun: here that would wait for it, and the next process would begin only after this one.
        process = context.Process(target=_serve, args=(there, self._limits.memory, errors), daemon=True)
        process.start()
        there.close()
        return _Worker(process, here, errors)

    def _attend(self) -> None:
        """Give out work, wait for one word of any worker, and see who has overstepped its time."""
        for worker in self._workers:
            self._provide(worker)
        busy = [worker for worker in self._workers if worker.pending]
        until = min((worker.deadline for worker in busy), default=0.0)
        spoken = set(wait([worker.connection for worker in busy], max(until - time.monotonic(), 0)))
        for worker in busy:
            if worker.connection in spoken:
                self._listen(worker)
            elif worker.deadline <= time.monotonic():
                seconds = self._seconds[worker.pending[0]] if worker.ready else _START
                self._lost(worker, Failure("time", f"{seconds:.0f}"))

    def _provide(self, worker: _Worker) -> None:
        while self._queue and len(worker.pending) < _AHEAD:
            index = self._queue.popleft()
            worker.pending.append(index)
            if worker.ready:
                self._tell(worker, self._tasks[index])
            if len(worker.pending) == 1:
                worker.deadline = time.monotonic() + (self._seconds[index] if worker.ready else _START)

    def _listen(self, worker: _Worker) -> None:
        try:
            result = worker.connection.recv()
        except (EOFError, OSError):  # its end of the pipe has closed
            worker.process.join()
            self._lost(worker, _ended(worker))
            return
        if not worker.begun:
            worker.begun = True
            self._tell(worker, self._work)
            return
        if worker.ready:
            self._done[worker.pending.popleft()] = result
            worker.done += 1
        else:
            worker.ready = True
            for index in worker.pending:
                self._tell(worker, self._tasks[index])
        if worker.pending:
            worker.deadline = time.monotonic() + self._seconds[worker.pending[0]]

    def _tell(self, worker: _Worker, what: "Callable[[_Task], _Result] | _Task") -> None:
        with suppress(OSError):  # a worker that is gone is met when it is listened to
            worker.connection.send(what)

    def _lost(self, worker: _Worker, failure: Failure) -> None:
        """Put another in the place of a worker. A piece is tried once more if it may have met a process that others had spoilt."""
        _kill(worker)
        first, *rest = worker.pending
        again = failure.kind != "time" and worker.done > 0 and first not in self._tried
        if again:
            self._tried.add(first)
        else:
            self._done[first] = failure
        self._queue.extendleft(reversed([first, *rest] if again else rest))
        self._workers[self._workers.index(worker)] = self._start()


def _kill(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.connection.close()


def _ended(worker: _Worker) -> Failure:
    """How a process ended of itself, by its exit code and its last words."""
    code = worker.process.exitcode or 0
    said = worker.errors.read_bytes()[-10_000:] if worker.errors.exists() else b""
    if code == _KILLED or b"memory allocation" in said or b"MemoryError" in said:
        return Failure("memory", "")
    return Failure("crash", f"signal {-code}" if code < 0 else f"exit code {code}")


# In the process -------------------------------------------------------------------------------------------------------


def _serve(connection: "Connection[Any, Any]", memory: int, errors: Path) -> None:
    """Do what is sent, first what the work is and then its pieces, until the process that began this one ends, however that ends."""
    _speak_to(errors)
    parent = multiprocessing.parent_process()
    if parent:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    _hold_to(memory)
    with suppress(EOFError, KeyboardInterrupt):
        connection.send(None)  # begun
        work = connection.recv()
        connection.send(None)  # ready: from now on the time counts
        while True:
            connection.send(work(connection.recv()))
            gc.freeze()  # what is kept from piece to piece need not be searched for circles again


def _speak_to(errors: Path) -> None:
    """Send the last words of this process, also those of its libraries, to a file instead of the user's terminal."""
    target = os.open(errors, os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
    os.dup2(target, 2)
    os.close(target)


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _hold_to(memory: int) -> None:
    """Let the system refuse more memory to this process; Windows knows no such limit."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory if hard == resource.RLIM_INFINITY else min(memory, hard), hard))

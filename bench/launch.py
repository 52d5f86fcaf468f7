"""Runs a command and prints, as JSON, its exit code, seconds, CPU seconds and the MiB of its largest process.

A program of its own because Linux counts the memory of whoever starts a process as its memory: this one has next to
none.
"""

import json
import os
import sys
import time


def main() -> None:
    """``launch.py COMMAND WORD…``: what the command says is thrown away."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    silent = [(os.POSIX_SPAWN_DUP2, nothing, 1), (os.POSIX_SPAWN_DUP2, nothing, 2)]
    started = time.monotonic()
    child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=silent)
    _, status, used = os.wait4(child, 0)
    seconds = time.monotonic() - started
    print(json.dumps([os.waitstatus_to_exitcode(status), seconds, used.ru_utime + used.ru_stime,
                      used.ru_maxrss / 1024]))


if __name__ == "__main__":
    main()

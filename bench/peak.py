#!/usr/bin/env python3
"""Runs a command, and prints how many seconds it took and the most memory, in MiB, that it and all it started held at once.

    bench/peak.py COMMAND…

Memory is the sum of the processes' proportional sets (PSS), five times a second. What the command says goes to standard error.
"""
import os
import subprocess
import sys
import threading
import time


def descendants(root):
    children = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat") as stat:
                    # the command's name, in parentheses, may hold anything
                    parent = int(stat.read().rpartition(")")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
            children.setdefault(parent, []).append(int(entry))
    found = [root]
    for process in found:
        found += children.get(process, [])
    return found


def held(process):
    try:
        with open(f"/proc/{process}/smaps_rollup") as rollup:
            return next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
    except (FileNotFoundError, ProcessLookupError, StopIteration):
        return 0


start = time.monotonic()
command = subprocess.Popen(sys.argv[1:], stdout=sys.stderr)
peak = 0
ended = threading.Event()


def watch():
    global peak
    while not ended.wait(0.2):
        peak = max(peak, sum(map(held, descendants(command.pid))))


watcher = threading.Thread(target=watch)
watcher.start()
status = command.wait()
seconds = time.monotonic() - start
ended.set()
watcher.join()
print(f"{seconds:.2f} {peak / 1024:.0f}")
sys.exit(status)

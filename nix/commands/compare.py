#!/usr/bin/env python3
"""Compares what the tools recorded on cargo's side and on ours, unit by unit.

    compare.py CARGO_OUTPUT OUR_OUTPUT…

A unit is a call of rustc or the run of a build script: arguments, environment, working directory. One refers to others by the paths of what they made;
such a path stands for the whole unit behind it, so two sides are equal only where their graphs are. Prints every difference, then a line of totals, and
ends with status 1 if there is a difference. What is not compared, and why, is in docs/design/builder.md.
"""
import collections
import hashlib
import json
import os
import re
import sys

# Arguments that are ours or cargo's alone, and how many words follow them.
NOT_COMPARED = {
    "--error-format": 0,
    "--json": 0,
    "--diagnostic-width": 0,
    "--color": 0,
    "--emit": 0,
    "--remap-path-prefix": 1,
}
# What manifests say of lints and declare for them, in the words before `-C metadata`, where --cap-lints switches all lints off.
LINTS = re.compile(r"--(allow|warn|deny|forbid)=.*|--check-cfg cfg\(.*\)")
# LD_LIBRARY_PATH leads to cargo's target directory, which we do not have; CARGO_HOME is how the test's cargo finds its sources; the others are the shells'.
VARIABLES_NOT_COMPARED = {"LD_LIBRARY_PATH", "CARGO_HOME", "PWD", "OLDPWD", "SHLVL", "_"}

# Which C compiler and libraries there are for another target, the debian platform says where cargo's user would.
OF_THE_PLATFORM = re.compile(r"(AR|CC|CXX|RANLIB|PKG_CONFIG_ALLOW_CROSS|PKG_CONFIG_LIBDIR)_[a-z0-9_]+")

MADE = re.compile(r"(?:/build/source/target/(?:[a-z0-9_]+-[a-z0-9_-]+/)?release/(?:deps|build/[^/\s:;,\"']+)|/nix/store/[a-z0-9]{32}-rust-[^/\s:;,\"']+(?:/build-script(?=/))?)(?:/[^/\s:;,\"']+)?")
PLACES = [
    (re.compile(r"/cargo-home/registry/src/[^/]+/"), "SOURCES/"),
    (re.compile(r"/build/(?!source(?:/|$)|deps(?:/|$))(?=[A-Za-z0-9_-]+-\d)"), "SOURCES/"),
    (re.compile(r"^dependency=(?:/build/source/target/(?:[a-z0-9_]+-[a-z0-9_-]+/)?release/deps|/build/deps)$"), "dependency=DEPS"),
    (re.compile(r"^(metadata=|extra-filename=-)[0-9a-f]{16}$"), r"\1HASH"),
    (re.compile(r"(--jobserver-(?:fds|auth))=\d+,\d+"), r"\1=FDS"),
]


class Unit:
    def __init__(self, folder, file):
        self.folder = folder
        self.file = file
        self.run = os.path.basename(file) == "run.command"
        with open(file, "rb") as record:
            fields = record.read().decode(errors="surrogateescape").split("\0")[:-1]
        self.directory, count = fields[0], int(fields[1])
        self.arguments = fields[2 : 2 + count]
        self.environment = dict(variable.split("=", 1) for variable in fields[2 + count :])
        self.stem = os.path.basename(file)[: -len(".command")]
        what = "run" if self.run else " ".join(self.values("--crate-name") + self.values("--crate-type"))
        self.name = f"{self.environment['CARGO_PKG_NAME']} {self.environment['CARGO_PKG_VERSION']} {what}"
        self.shallow_form = None
        self.deep_digest = None

    def values(self, option):
        return [b for a, b in zip(self.arguments, self.arguments[1:]) if a == option]


class Side:
    """The units of one side, found by the paths of what they made."""

    def __init__(self, records):
        self.units = [Unit(folder, file) for folder, file in records]
        self.by_path = {}
        for unit in self.units:
            if unit.run:
                self.by_path[unit.folder + "/out"] = unit
            else:
                for before, after in [("lib", ".rlib"), ("lib", ".rmeta"), ("lib", ".so"), ("lib", ".a"), ("", ""), ("", ".program")]:
                    self.by_path[f"{unit.folder}/{before}{unit.stem}{after}"] = unit

    def normal(self, word, name_of):
        def replaced(match):
            path = match.group()
            unit = self.by_path.get(path)
            return f"<{name_of(unit)}>{'' if unit.run else suffix(path)}" if unit else path

        word = MADE.sub(replaced, word)
        for pattern, replacement in PLACES:
            word = pattern.sub(replacement, word)
        return word

    def form(self, unit, name_of):
        """What is compared: (directory, arguments, environment)."""
        arguments, rest = [], list(unit.arguments)
        while rest:
            word = rest.pop(0)
            option = word.split("=", 1)[0]
            if option in NOT_COMPARED:
                del rest[: NOT_COMPARED[option]]
            elif word == "--out-dir":
                rest.pop(0)
            elif rest and word.startswith("-") and "=" not in word:
                argument = word + " " + self.normal(rest.pop(0), name_of)
                # cargo has a folder for the target and one for this machine, we have one
                if not (argument == "-L dependency=DEPS" and arguments and arguments[-1] == argument):
                    arguments.append(argument)
            else:
                arguments.append(self.normal(word, name_of))
        if "--cap-lints allow" in arguments:
            end = arguments.index("-C metadata=HASH")
            arguments = [word for word in arguments[:end] if not LINTS.fullmatch(word)] + arguments[end:]
        environment = {k: self.normal(v, name_of) for k, v in unit.environment.items() if k not in VARIABLES_NOT_COMPARED and not OF_THE_PLATFORM.fullmatch(k)}
        return self.normal(unit.directory, name_of), arguments, environment

    def shallow(self, unit):
        if unit.shallow_form is None:
            unit.shallow_form = self.form(unit, lambda other: other.name)
        return unit.shallow_form

    def deep(self, unit):
        if unit.deep_digest is None:
            form = self.form(unit, lambda other: other.name if other is unit else self.deep(other))
            unit.deep_digest = hashlib.sha256(json.dumps([unit.name, form], sort_keys=True).encode()).hexdigest()
        return unit.deep_digest


def suffix(path):
    # While cargo starts dependents as soon as metadata is there, ours wait for the library.
    return re.sub(r"\.rmeta$", ".rlib", os.path.splitext(path)[1])


def records_below(root, place):
    for folder, _, files in sorted(os.walk(root)):
        for file in sorted(files):
            if file.endswith(".command"):
                yield os.path.normpath(os.path.join(place, os.path.relpath(folder, root))), os.path.join(folder, file)


def differences(cargo, own):
    """Lines on how two forms differ."""
    for what, theirs, ours in [("working directory", cargo[0], own[0])]:
        if theirs != ours:
            yield f"{what} is {theirs!r} with cargo and {ours!r} with us"
    for variable in sorted(cargo[2].keys() | own[2].keys()):
        theirs, ours = cargo[2].get(variable), own[2].get(variable)
        if theirs != ours:
            yield f"{variable} is {theirs!r} with cargo and {ours!r} with us"
    if cargo[1] != own[1]:
        missing = list((collections.Counter(cargo[1]) - collections.Counter(own[1])).elements())
        extra = list((collections.Counter(own[1]) - collections.Counter(cargo[1])).elements())
        yield f"arguments missing: {missing}, extra: {extra}" if missing or extra else f"order of arguments: {cargo[1]} with cargo and {own[1]} with us"


def distance(cargo, own):
    return len(set(cargo[1]) ^ set(own[1])) + sum(cargo[2].get(k) != own[2].get(k) for k in cargo[2].keys() | own[2].keys())


def main():
    cargo = Side(records_below(sys.argv[1], "/build/source"))
    ours = Side((folder, file) for path in sys.argv[2:] for folder, file in records_below(path, path))
    equal, reported = 0, 0
    names = sorted({unit.name for unit in cargo.units + ours.units})
    for name in names:
        theirs = [unit for unit in cargo.units if unit.name == name]
        own = [unit for unit in ours.units if unit.name == name]
        for unit in list(theirs):
            match = next((other for other in own if ours.deep(other) == cargo.deep(unit)), None)
            if match:
                theirs.remove(unit)
                own.remove(match)
                equal += 1
        while theirs or own:
            reported += 1
            if not theirs or not own:
                print(f"{name}: {'only cargo has it' if theirs else 'only we have it'}: {(theirs or own).pop().file}")
                continue
            unit, other = min(((a, b) for a in theirs for b in own), key=lambda pair: distance(cargo.shallow(pair[0]), ours.shallow(pair[1])))
            theirs.remove(unit)
            own.remove(other)
            lines = list(differences(cargo.shallow(unit), ours.shallow(other)))
            for line in lines:
                print(f"{name}: {line}")
            if not lines:
                print(f"{name}: a dependency differs")
    runs = sum(unit.run for unit in cargo.units)
    print(f"{len(cargo.units)} units of cargo's ({runs} of them runs of build scripts), {len(ours.units)} of ours, {equal} equal, {reported} different")
    sys.exit(1 if reported or not equal else 0)


main()

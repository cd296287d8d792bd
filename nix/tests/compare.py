#!/usr/bin/env python3
"""Compares the rustc and rustdoc calls and the runs of build scripts and tests of two logs: of `cargo build -vv` or `cargo test -vv`, and of our builds,
which write theirs in the same words.

    compare.py CARGO_LOG OUR_LOG WORKSPACE TARGET_DIRECTORY

WORKSPACE and TARGET_DIRECTORY are cargo's. Prints each difference and ends with status 1 if there is one. What is not compared, the documented list:

    where things lie and hashes     normalised
    diagnostics                     --error-format, --json, --diagnostic-width, --color
    --emit                          cargo also wants dep-info and, to start dependents early, metadata
    --remap-path-prefix             ours
    --cap-lints warn                -vv itself turns `allow` into it
    CARGO, RUSTC, RUSTDOC           places too
    LD_LIBRARY_PATH                 there is no target directory to load libraries from
    CARGO_MAKEFLAGS, NUM_JOBS, RUST_TEST_THREADS   the machine's
    the separator in CARGO_ENCODED_RUSTFLAGS       cargo writes no control characters to its log
"""
import re
import sys


def words(text, i):
    """The shell words from text[i:] up to a backtick outside quotes; knows '…', $'…', "…" and backslashes."""
    result, word = [], None
    escapes = {"n": "\n", "t": "\t", "r": "\r", "E": "\x1b"}
    while True:
        c = text[i]
        if c in "` \n":
            if word is not None:
                result.append(word)
            if c == "`":
                return result
            word = None
            i += 1
            continue
        word = word or ""
        if c == "'" or c == '"':
            end = text.index(c, i + 1)
            word += text[i + 1 : end]
            i = end + 1
        elif text.startswith("$'", i):
            i += 2
            octets = b""
            while text[i] != "'":
                if text[i] != "\\":
                    octets += text[i].encode()
                    i += 1
                elif re.match(r"[0-7]{3}", text[i + 1 :]):
                    octets += bytes([int(text[i + 1 : i + 4], 8)])
                    i += 4
                else:
                    octets += escapes.get(text[i + 1], text[i + 1]).encode()
                    i += 2
            word += octets.decode()
            i += 1
        elif c == "\\":
            word += text[i + 1]
            i += 2
        else:
            word += c
            i += 1


def normalise(word, workspace, target):
    store = "/nix/store/[a-z0-9]{32}-rust-"
    name = r"[A-Za-z0-9_-]+?"
    version = r"-\d+\.\d+\.\d+[A-Za-z0-9.+-]*?"
    for pattern, replacement in [
        ("\x1f", ""),
        (rf"{store}({name}){version}-build/out", r"OUT:\1"),
        (rf"{re.escape(target)}/[a-z]+/build/({name})-[0-9a-f]{{16}}/out", r"OUT:\1"),
        (rf"{store}.+?-lib/", "DEPS/"),
        (rf"({re.escape(target)}|/build/source/target)/[a-z]+/(deps|examples)\b", "DEPS"),
        (r"/build/deps", "DEPS"),
        (rf"({re.escape(target)}|/build/source/target)/", "TARGET/"),
        (r"/[^=]*/registry/src/[^/]*/", "SOURCES/"),
        # a path dependency outside the workspace
        (rf"{re.escape(workspace.rsplit('/', 1)[0])}/(?!{re.escape(workspace.rsplit('/', 1)[1])}(/|$))([a-z0-9-]+)", "OUTSIDE"),
        (re.escape(workspace), "WORKSPACE"),
        (r"/build/source", "WORKSPACE"),
        (rf"/build/({name}{version})(?=/|$)", r"SOURCES/\1"),
        (r"-[0-9a-f]{16}\b", "-HASH"),
        (r"^metadata=[0-9a-f]{16}$", "metadata=HASH"),
        (r"\.rmeta$", ".rlib"),
    ]:
        word = re.sub(pattern, replacement, word)
    return word


IGNORED_VARIABLES = {"CARGO", "RUSTC", "RUSTDOC", "LD_LIBRARY_PATH", "CARGO_MAKEFLAGS", "NUM_JOBS", "RUST_TEST_THREADS"}
TAKES_VALUE = {"-C", "-L", "-l", "--cfg", "--check-cfg", "--crate-name", "--crate-type", "--extern", "--cap-lints", "--target"}


def units(path, workspace, target):
    """{ identity: (environment, arguments) } of a log"""
    result = {}
    with open(path, errors="replace") as file:
        text = file.read()
    for start in re.finditer(r"^\s*Running `", text, re.M):
        environment, arguments = {}, []
        line = words(text, start.end())
        while re.match(r"[A-Za-z_][A-Za-z0-9_.-]*=", line[0]):
            variable, value = line.pop(0).split("=", 1)
            if variable not in IGNORED_VARIABLES:
                environment[variable] = normalise(value, workspace, target)
        program, *rest = line
        while rest:
            word = rest.pop(0)
            if word.startswith(("--error-format", "--json", "--diagnostic-width", "--color", "--emit=")):
                continue
            if word in TAKES_VALUE:
                word += " " + normalise(rest.pop(0), workspace, target)
            elif word == "--remap-path-prefix":
                rest.pop(0)
                continue
            elif word == "--out-dir":
                rest.pop(0)
            arguments.append(normalise(word, workspace, target).replace("--cap-lints warn", "--cap-lints allow"))
        outside = environment.get("CARGO_MANIFEST_DIR", "")
        if re.match(r"SOURCES/", outside) and not any(a.startswith("--cap-lints") for a in arguments) and program.endswith("rustc"):
            # ours: a path dependency outside the workspace lies beside the registry's crates
            arguments = [a.replace(outside, "OUTSIDE") for a in arguments]
            environment = {k: v.replace(outside, "OUTSIDE") for k, v in environment.items()}
        what = [a for a in arguments if a.startswith("--crate-") or a == "--test" or a.endswith(".rs")]
        if not program.endswith(("rustc", "rustdoc")):
            what = ["run", *re.findall(r"^DEPS/(.*)-HASH$", normalise(program, workspace, target))]
        optimised = [environment.get("OPT_LEVEL", ""), *(a for a in arguments if a.startswith(("-C opt-level", "-C debuginfo", "-C panic")))]
        features = sorted(a for a in arguments if a.startswith("--cfg feature")) or [environment.get("CARGO_CFG_FEATURE", "")]
        identity = " ".join([environment["CARGO_PKG_NAME"], environment["CARGO_PKG_VERSION"], *what, *optimised, *features])
        if identity in result and result[identity] != (environment, arguments):
            print(f"{path}: two different units are called {identity}")
            sys.exit(1)
        result[identity] = (environment, arguments)
    return result


def main():
    cargo_log, our_log, workspace, target = sys.argv[1:]
    cargo, ours = units(cargo_log, workspace, target), units(our_log, workspace, target)
    different = 0

    def report(identity, message):
        nonlocal different
        different += 1
        print(f"{identity}: {message}")

    for identity in sorted(cargo.keys() ^ ours.keys()):
        report(identity, "only cargo has this unit" if identity in cargo else "only we have this unit")
    for identity in sorted(cargo.keys() & ours.keys()):
        (cargo_environment, cargo_arguments), (our_environment, our_arguments) = cargo[identity], ours[identity]
        for variable in sorted(cargo_environment.keys() | our_environment.keys()):
            theirs, own = cargo_environment.get(variable), our_environment.get(variable)
            if theirs != own:
                report(identity, f"{variable} is {theirs!r} with cargo and {own!r} with us")
        if cargo_arguments != our_arguments:
            missing = [a for a in cargo_arguments if a not in our_arguments]
            extra = [a for a in our_arguments if a not in cargo_arguments]
            report(identity, f"arguments missing: {missing}, extra: {extra}" if missing or extra else f"order of {our_arguments}")
    print(f"{len(cargo)} units of cargo's, {len(ours)} of ours, {different} differences")
    sys.exit(1 if different or not cargo else 0)


main()

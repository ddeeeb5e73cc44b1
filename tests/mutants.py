"""Which small mistakes the tests would not notice: `make mutants`.

One mistake at a time goes into a copy of the project, and the tests of its module
(mutants.toml) run there. A mistake that they do not notice survives and is printed; it
wants a sharper test, or a row in docs/mutants.md that says why nothing is wrong.
The choice of mistakes is the same in every run. Name modules to try only those:
`python tests/mutants.py facets style`.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve()
ROOT = HERE.parents[1]
KNOWN = (ROOT / "docs" / "mutants.md").read_text("utf-8")
TESTS: dict[str, list[str]] = tomllib.loads(HERE.with_suffix(".toml").read_text())

HEAVY = ("geopandas", "pyproj", "pyogrio", "hypothesis", "starlette")
"""Libraries that every run needs: loaded once, before the runs are forked."""

COMPARED = {
    ast.Eq: "!=", ast.NotEq: "==", ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=",
    ast.GtE: ">", ast.In: "not in", ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is",
}  # fmt: skip
COMPUTED = {
    ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*", ast.FloorDiv: "*",
    ast.BitAnd: "|", ast.BitOr: "&", ast.BitXor: "|", ast.Mod: "*", ast.Pow: "*",
}  # fmt: skip
SWAPPED = {
    "min": "max", "any": "all", "union": "intersection", "floor": "ceil",
    "logical_and": "logical_or", "notna": "isna", "sin": "cos",
}  # fmt: skip
SWAPPED |= {new: old for old, new in SWAPPED.items()}


class Mutant(NamedTuple):
    """One mistake: a piece of a module's text, and what stands there instead."""

    place: str
    line: int
    start: int
    end: int
    before: str
    after: str

    def row(self, module: str) -> str:
        """Return the beginning of its row in a table; without the line, which moves."""
        cells = (f"{module} {self.place}", f"`{self.before}`", f"`{self.after}`")
        return "| " + " | ".join(" ".join(c.replace("|", "\\|").split()) for c in cells)


def mutants_of(module: str) -> list[Mutant]:
    """Return every mistake that we know how to make in a module."""
    raw = (ROOT / module).read_bytes()
    starts = [0]
    for line in raw.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def span(node: ast.AST) -> tuple[int, int]:
        begin = starts[node.lineno - 1] + node.col_offset
        return begin, starts[node.end_lineno - 1] + node.end_col_offset

    def text(node: ast.AST) -> str:
        return raw[slice(*span(node))].decode()

    found = []
    for node, place in _walk(ast.parse(raw), "module"):
        for (begin, end), after in _mistakes(node, span, text):
            line = raw[:begin].count(b"\n") + 1
            old = raw[begin:end].decode()
            found.append(Mutant(place, line, begin, end, old, after))
    return found


def _walk(node: ast.AST, place: str) -> Iterator[tuple[ast.AST, str]]:
    """Yield what runs: not what is said of types, to readers or to translators."""
    for field, children in ast.iter_fields(node):
        if field in {"annotation", "returns", "decorator_list", "bases"}:
            continue
        for child in children if isinstance(children, list) else [children]:
            inner = place
            match child:
                case ast.Expr(ast.Constant()) | ast.Import() | ast.ImportFrom():
                    continue
                case ast.JoinedStr() | ast.Call(ast.Name("N_" | "ParamSpec")):
                    continue
                case ast.Subscript(ast.Name("Literal")):
                    continue
                case ast.FunctionDef(n) | ast.AsyncFunctionDef(n) | ast.ClassDef(n):
                    inner = n if place == "module" else f"{place}.{n}"
            if isinstance(child, ast.expr | ast.stmt | ast.comprehension):
                yield child, inner
            if isinstance(child, ast.AST):
                yield from _walk(child, inner)


def _mistakes(
    node: ast.AST, span: Callable, text: Callable
) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield what of the text to replace, from byte to byte, and by what."""
    here = (0, 0) if isinstance(node, ast.comprehension) else span(node)
    match node:
        case ast.Compare(left, [op], [right]) if type(op) in COMPARED:
            yield here, f"{text(left)} {COMPARED[type(op)]} {text(right)}"
        case ast.BoolOp(op, values):
            other = " or " if isinstance(op, ast.And) else " and "
            yield here, "(" + other.join(f"({text(value)})" for value in values) + ")"
            yield from ((here, text(value)) for value in values)
        case ast.UnaryOp(ast.Not() | ast.Invert() | ast.USub(), operand):
            yield here, f"({text(operand)})"
        case ast.BinOp(left, op, right) if type(op) in COMPUTED:
            yield here, f"({text(left)}) {COMPUTED[type(op)]} ({text(right)})"
            yield here, text(left)
        case ast.Constant(bool() as value):
            yield here, str(not value)
        case ast.Constant(int() | float() as value):
            yield from ((here, repr(value + 1)), (here, f"({value - 1!r})"))
        case ast.Constant(str() as value):
            yield here, repr(value + "x")
        case ast.If(test) | ast.IfExp(test):
            yield from ((span(test), f"not ({text(test)})"), (span(test), "False"))
        case ast.comprehension(ifs=[test]):
            yield from ((span(test), f"not ({text(test)})"), (span(test), "True"))
        case ast.Expr(ast.Call() | ast.Yield()) | ast.AugAssign():
            yield here, "pass"
        case ast.List(elements) | ast.Set(elements) if len(elements) > 1:
            yield from _without_one(elements, span)
        case ast.Call(func, arguments, keywords):
            name = func.attr if isinstance(func, ast.Attribute) else text(func)
            if name in SWAPPED:
                yield span(func), text(func).removesuffix(name) + SWAPPED[name]
            if name == "pick":
                first, second = arguments
                swapped = f"{text(second)}, {text(first)}"
                yield (span(first)[0], span(second)[1]), swapped
            if name != "say":  # a message without its figures always fails
                given = [*arguments, *keywords]
                yield from [*_without_one(given, span)][len(arguments) :]


def _without_one(parts: list, span: Callable) -> Iterator[tuple[tuple[int, int], str]]:
    for i, part in enumerate(parts):
        begin, end = span(part)
        if i:
            yield (span(parts[i - 1])[1], end), ""
        else:
            yield (begin, span(parts[1])[0] if len(parts) > 1 else end), ""


def chosen(module: str, number: int, seed: int) -> list[Mutant]:
    """Choose mistakes of one module: by chance, of all functions in turn."""
    chance = random.Random(f"{seed} {module}")
    by_place = defaultdict(list)
    for mutant in mutants_of(module):
        by_place[mutant.place].append(mutant)
    for mutants in by_place.values():
        chance.shuffle(mutants)
        mutants.sort(key=lambda mutant: mutant.after.endswith("x'"))  # texts last
    places = sorted(by_place)
    chance.shuffle(places)
    rounds = max(map(len, by_place.values()))
    order = [
        by_place[p][i] for i in range(rounds) for p in places if i < len(by_place[p])
    ]
    return order[:number]


def copied(folder: Path) -> None:
    """Copy what git knows or would add: no leftovers, nothing compiled."""
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    said = subprocess.run(asked, cwd=ROOT, check=True, capture_output=True, text=True)
    for name in said.stdout.split("\0")[:-1]:
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)


def run(folder: Path, tests: list[str], seconds: float, *, keep: bool) -> str:
    """Run tests in a copy, in a process of their own: killed, survived or timeout."""
    child = os.fork()
    if not child:
        os.setsid()
        log = os.open(folder / "pytest.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.chdir(folder)
        sys.path[:] = [p for p in sys.path if Path(p).resolve() != HERE.parent]
        sys.dont_write_bytecode = not keep
        import pytest

        options = ["-xq", "-p", "no:cacheprovider", "--hypothesis-profile=mutants"]
        os._exit(pytest.main([*options, "--hypothesis-seed=0", *tests]))
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            shutil.rmtree(folder / ".hypothesis", ignore_errors=True)
            code = os.waitstatus_to_exitcode(status)
            if code in {-signal.SIGKILL, -signal.SIGTERM, 3, 4, 5}:
                # Ended from outside, or no test ran: that is no answer.
                raise SystemExit(f"a run of {tests} broke off with {code}")
            return "killed" if code else "survived"
        time.sleep(0.05)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "timeout"


def tried(folder: Path, module: str, number: int, seed: int) -> Iterator[str]:
    """Yield what becomes of each mistake in one module; print those that survive."""
    own = [module, *TESTS[module]]
    before = time.monotonic()
    if run(folder, own, 1200, keep=True) != "survived":
        log = (folder / "pytest.log").read_text("utf-8")
        raise SystemExit(f"{log[-3000:]}\nThese tests fail without a mistake too.")
    most = 60 + 5 * (time.monotonic() - before)
    raw, target = (ROOT / module).read_bytes(), folder / module
    for mutant in chosen(module, number, seed):
        for compiled in (target.parent / "__pycache__").glob(f"{target.stem}.*"):
            compiled.unlink()
        after = mutant.after.encode()
        target.write_bytes(raw[: mutant.start] + after + raw[mutant.end :])
        outcome = run(folder, own, most, keep=False)
        row = mutant.row(module)
        if outcome == "survived" and row in KNOWN:
            outcome = "equivalent"
        if outcome != "killed":
            print(f"{outcome}, line {mutant.line}\n{row} |", flush=True)
        yield outcome
    target.write_bytes(raw)


def main() -> None:
    """Try the modules named, all of them if none is."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("modules", nargs="*", help="stems, e.g. facets; all if none")
    parser.add_argument("--each", type=int, default=5, help="mistakes in each module")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    for library in HEAVY:
        __import__(library)
    os.nice(10)
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="mutants-") as name:
        copied(Path(name))
        for module in TESTS:
            if asked.modules and Path(module).stem not in asked.modules:
                continue
            counts = Counter(tried(Path(name), module, asked.each, asked.seed))
            total += counts
            print(f"{module}: {dict(counts)}", flush=True)
    counted = total.total() - total["equivalent"]
    noticed = total["killed"] + total["timeout"]
    print(f"{dict(total)}; noticed: {noticed} of {counted}, without equivalents")
    raise SystemExit(noticed < counted)


if __name__ == "__main__":
    main()

"""Which tests `make quick` runs: those that import what was edited, and a few always.

What was edited is what git calls changed since the last commit or, if nothing is, what
that commit changed. A test file counts if it was edited itself or names an edited
module in its imports; a module that a package passes on counts as the package too.
"""

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
ALWAYS = (
    "tests/test_architecture.py",
    "tests/geo/test_language.py",
    "tests/layers/facts/test_schema.py",
    "tests/layers/select/test_selection.py",
    "tests/layers/themes/test_themes.py",
)


def edited() -> list[str]:
    """Return the paths of files that were edited, from the root of the project."""

    def git(*arguments: str) -> list[str]:
        said = subprocess.run(
            ["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True
        )
        return said.stdout.split("\0")[:-1]

    now = [
        *git("diff", "--name-only", "-z", "HEAD"),
        *git("ls-files", "--others", "--exclude-standard", "-z"),
    ]
    return now or git("diff", "--name-only", "-z", "HEAD~1", "HEAD")


def module_names(path: str) -> set[str]:
    """Return the names under which a module may be imported: its own, its package."""
    parts = Path(path).with_suffix("").parts
    if parts[-1] == "__init__":
        parts = parts[:-1]
    package = ROOT.joinpath(*parts[:-1], "__init__.py")
    passed_on = package.is_file() and parts[-1] in imported(package, last=True)
    return {".".join(parts)} | ({".".join(parts[:-1])} if passed_on else set())


def imported(path: Path, *, last: bool = False) -> set[str]:
    """Return the modules that a file names in its imports, or their last parts."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module}
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name.rpartition(".")[2] for name in names} if last else names


def chosen(paths: list[str]) -> list[str]:
    """Return the test files to run, those always run included."""
    here = [path for path in paths if (ROOT / path).is_file()]
    modules = set().union(
        *(module_names(path) for path in here if path.endswith(".py"))
    )
    tests = {
        path.relative_to(ROOT).as_posix(): path
        for path in (ROOT / "tests").rglob("test_*.py")
    }
    return sorted(
        {
            *ALWAYS,
            *(name for name in tests if name in here),
            *(name for name, path in tests.items() if modules & imported(path)),
        }
    )


if __name__ == "__main__":
    sys.stdout.write("\n".join(chosen(edited())) + "\n")

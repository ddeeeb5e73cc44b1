"""Entry of ``python -m layers``; ``docs/command-line.md`` tells how to use it."""

from layers.cli.commands import main
from layers.cli.output import speak_utf8

if __name__ == "__main__":
    speak_utf8()
    raise SystemExit(main())

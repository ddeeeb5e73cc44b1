"""Entry of ``python -m hebei_programme_atlas``, where ``atlas`` is not on the path."""

from . import main

raise SystemExit(main())

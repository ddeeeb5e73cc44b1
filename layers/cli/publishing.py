"""The command that writes the facts into a database of the office."""

from __future__ import annotations

import argparse
import os
from typing import Final

from geo.language import N_, Language, speaker
from layers.cli.output import answer
from layers.facts.county_table import county_table
from layers.facts.package import load

ADDRESS: Final = "ATLAS_DATABASE"
"""Environment variable with the address, so that its password stands in no list of
processes."""


def publish_all(options: argparse.Namespace, language: Language) -> int:
    """Write everything into a database, and say what is there now."""
    # Here, because no other command needs the database's library.
    from layers.publish.address import Address
    from layers.publish.database import publish

    address = options.database or os.environ.get(ADDRESS, "")
    # Said before the tables are read, which takes longer.
    Address.read(address)
    package = load()
    made = publish(
        package,
        county_table(package, "full"),
        address,
        schema=options.schema,
        language=language,
    )
    say = speaker(language)
    lines = [f"{made.schema}.{name}  {count}" for name, count in made.rows.items()]
    text = N_(
        "The database is up to date: {n} {n:table|tables}, {views} {views:view|views}."
    )
    lines.append(say(text, n=len(made.rows), views=len(made.views)))
    if not made.has_geometry:
        lines.append(
            say(
                N_(
                    "It has no PostGIS: the boundaries are GeoJSON in a column. Have "
                    "“CREATE EXTENSION postgis” run there, and publish again."
                )
            )
        )
    answer("\n".join(lines))
    return 0

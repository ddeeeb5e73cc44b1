"""The facts in places of other people: a database of the office, catalogues of data."""

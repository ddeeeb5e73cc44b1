"""Large tables of households, villages or points added up to counties.

The table stays where it is: DuckDB inside reads files, a database of the office reads
its own. Only distinct codes, names or points come here, are led to counties and go back
as a small table to be joined. The modules that need ibis are imported only when asked.
"""

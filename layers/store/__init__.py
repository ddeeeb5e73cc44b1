"""Own figures that were kept for colleagues, where the office says where.

Nothing is written unless ``ATLAS_STORE`` names a folder or a database, and a reader
presses for it. What is kept is found by an id that nobody can guess; the store itself
knows only its hash, so that neither its names nor the log of a database give it away.
"""

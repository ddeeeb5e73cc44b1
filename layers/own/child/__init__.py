"""The process that reads files of others: limits first, then one file, then its end.

Started as ``python -m layers.own.child``. It takes a file on standard input and answers
with JSON on standard output; it opens no file and no address, and imports next to
nothing of ours, so that it starts in a moment.
"""

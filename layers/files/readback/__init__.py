"""A file comes home: which selection made it, and what has changed since.

Every exported file carries its selection as a query string. Here it is read again from
content that anybody may have made: in a process with limits, sizes bounded before
anything is unpacked, and nothing read by GDAL, which would follow addresses and paths
in a file. A file that another program has saved is read as a table of the user's.
"""

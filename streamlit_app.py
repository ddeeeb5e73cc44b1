"""Start of the Hebei Programme Atlas: ``streamlit run streamlit_app.py``.

The pages are ``views/main.py``; beside them the same server answers the map's assets,
the boundaries and every layer by address.
"""

import sys

import streamlit as st

from geo.problems import DataFaultError
from views.atlas import KEEPER
from views.chrome import prefix
from views.routes import routes

try:
    KEEPER.atlas()
except DataFaultError as fault:
    # A map of wrong data is worse than none: say what to mend, and stop.
    print(fault, file=sys.stderr)
    raise SystemExit(1) from None

app = st.App("views/main.py", routes=routes(prefix()))

"""Start of the Hebei Programme Atlas: ``streamlit run streamlit_app.py``.

The pages are ``views/main.py``; beside them the same server answers the map's assets,
the boundaries and every layer by address.
"""

import sys

import streamlit as st

from geo.problems import DataFaultError
from layers.edition.served import SERVED
from views.frame.chrome import prefix
from views.frame.memory import set_apart
from views.http.routes import routes
from views.pages import navigation as pages

SERVED.prefix = prefix()
try:
    SERVED.edition()
except DataFaultError as fault:
    # A map of wrong data is worse than none: say what to mend, and stop.
    print(fault, file=sys.stderr)
    raise SystemExit(1) from None

pages.load()
set_apart()
SERVED.after_swap = set_apart
SERVED.watch()

app = st.App("views/main.py", routes=routes(prefix()))

"""Start of the Hebei Programme Atlas: ``streamlit run streamlit_app.py``.

The pages are ``views/script/main.py``; beside them the same server answers the map’s
assets, the boundaries and every layer by address.
"""

import gc
import sys

import streamlit as st

from geo.problems import DataFaultError
from layers import settings
from layers.edition.served import SERVED
from views.frame.chrome import prefix
from views.http import banner, crawlers, parent, uploads
from views.http.front import failed, front, life
from views.http.routes import routes
from views.pages import navigation as pages

parent.watch()
banner.take_off()
SERVED.prefix = prefix()
try:
    uploads.permit(settings.read().upload_mb)
    SERVED.edition()
except settings.SettingsError as fault:
    print(fault.say("zh"), fault, sep="\n", file=sys.stderr)
    raise SystemExit(1) from None
except DataFaultError as fault:
    # A map of wrong data is worse than none: say what to mend, and stop.
    print(fault, file=sys.stderr)
    raise SystemExit(1) from None

pages.load()
# Streamlit collects garbage after every rerun; what is loaded for good need not be
# looked through each time (measured: 60 ms of a rerun's 110).
gc.collect()
gc.freeze()
SERVED.watch()

app = st.App(
    "views/script/main.py",
    routes=[
        *routes(prefix()),
        *crawlers.routes(prefix(), [page for page in pages.PATHS if page != "map"]),
    ],
    middleware=front(prefix(), pages.PATHS),
    lifespan=life,
    exception_handlers={Exception: failed},
)

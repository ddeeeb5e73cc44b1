"""The service as it runs, without a socket."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from layers.edition.served import SERVED
from views.http.bounds import Bounds
from views.http.routes import routes


@pytest.fixture(scope="module")
def client():
    app = Starlette(routes=routes(), middleware=[Middleware(Bounds)])
    with TestClient(app) as client:
        yield client


@pytest.fixture(scope="module")
def edition():
    return SERVED.edition()

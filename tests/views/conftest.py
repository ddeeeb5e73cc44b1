"""The service as it runs, without a socket."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from layers.edition.served import SERVED
from views.http.front import front
from views.http.routes import routes


@pytest.fixture(scope="module")
def client():
    app = Starlette(routes=routes(), middleware=front())
    with TestClient(app) as client:
        yield client


@pytest.fixture(scope="module")
def edition():
    return SERVED.edition()

"""The service as it runs, without a socket."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from layers.edition.served import SERVED
from views.http.routes import routes


@pytest.fixture(scope="module")
def client():
    with TestClient(Starlette(routes=routes())) as client:
        yield client


@pytest.fixture(scope="module")
def edition():
    return SERVED.edition()

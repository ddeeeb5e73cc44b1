"""What a page may do is said with the page; data may do nothing."""

from layers import settings
from views.http.headers import Headers


def test_data_come_with_the_shortest_policy_that_forbids_everything():
    headers = Headers(settings.Settings(), [])
    policy = {
        path: headers.of(path)["Content-Security-Policy"]
        for path in ("/", "/assets/abc/state.json", "/layers/counties.svg")
    }
    assert policy["/assets/abc/state.json"] == (
        "default-src 'none'; frame-ancestors 'self'"
    )
    assert "script-src 'self'" in policy["/"]
    assert "sandbox" in policy["/layers/counties.svg"]
    for path in policy:
        assert headers.of(path)["X-Content-Type-Options"] == "nosniff"

"""The documentation as a site, in both languages: ``python -m deploy.site``.

Pages stand once, in ``docs/`` and beside it; what code or tables know is written from
them. The site lies in ``site/`` and is served under ``/help`` (:mod:`views.http.help`).
"""

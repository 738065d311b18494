"""``summarize serve``: a page on one's own machine, and the same app's HTTP API.

Requests go in at ``server.py``; what takes long is done by workers, processes that run ``work.py``.
"""

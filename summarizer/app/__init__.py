"""What other programs ask: ``summarize serve`` and ``summarize mcp``.

A page on one's own machine and the HTTP API of the same app: requests go in at ``server.py``; what
takes long is done by workers, processes that run ``work.py``. Tools for agents are in ``mcp.py``.
"""

"""One subject, and what may be asked of its documents.

``sources`` cleans them and splits them into sentences; ``prepared`` holds what a summary needs of
them; ``citing`` turns sentences into citations; ``summary`` is what comes out. Beside summaries,
``checking``, ``comparing`` and ``timelines`` answer other questions; ``verification`` looks quotes
up again, and ``threads`` keeps forks away from all of these.
"""

"""One subject, and what may be asked of its documents.

``sources`` cleans them and splits them into sentences; ``prepared`` holds what a summary needs of
them, and ``citing`` turns sentences into citations. Beside summaries, ``checking``, ``comparing``
and ``timelines`` answer other questions; ``verification`` looks quotes up again.
"""

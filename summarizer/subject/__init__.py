"""One subject, and what may be asked of its documents.

``sources`` cleans them and splits them into a table of sentences. ``prepared`` holds what a summary
needs of them: a ``Subject`` has the encoders, leaves out what is foreign or off topic, and gives
the ``WeighedSentences`` for a question or for none; its ``EvidenceSearch`` says what the documents
say of a sentence, and ``updates`` what earlier ones say. ``citing`` turns rows of the table into
citations; ``summary`` is what comes out. Beside summaries, ``checking``, ``comparing`` and
``timelines`` answer other questions, each with a ``Result``; ``verification`` looks quotes up
again, and ``threads`` keeps forks away from all of these.
"""

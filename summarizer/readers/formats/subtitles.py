"""Subtitles (WebVTT, SubRip): what is said, with who says it, and when.

Our own, as the libraries refuse a file for one broken cue, and keep sounds among the words.
"""

import html
import re

from ...datatypes import Marks
from ...errors import ReadError
from ..documents import Documents, Origin, document_of, one_line, starts_of
from ..encodings import decode

_TIMES = re.compile(
    r"((?:\d{1,4}:)?\d{1,2}:\d{2})[.,]\d{1,3}[ \t]{0,9}-->[ \t]{0,9}((?:\d{1,4}:)?\d{1,2}:\d{2})"
)
_VOICE = re.compile(r"<v(?:\.[^ \t>]*)?[ \t]+([^<>]{1,200})>")
_TAG = re.compile(r"<[^<>]*>|\{\\[^{}]*\}")
# Sounds and music, which stand in brackets or between notes.
_SOUND = re.compile(r"[\[(][^\[\]()]*[\])]|[♪♫][^♪♫]*[♪♫]?|[♪♫]")
_OTHER_SPEAKER = re.compile(r"[-–—][ \t]*(?=\S)")
_ENDED = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]?$")
# Silence of this many seconds after a whole sentence makes a paragraph.
_PAUSE = 3


def read_subtitles(data: bytes, origin: Origin) -> Documents:
    """Read subtitles: the cues of a turn are one paragraph, a named speaker opens it.

    :return: One document; numbers, ids, times, tags, notes and sounds are no part of its text.
    :raises ReadError: If nothing is said in it.
    """
    paragraphs: list[list[str]] = []
    times: list[str] = []
    speaker = ""
    ended_at = 0
    for start, end, lines in _cues(decode(data, origin.name)):
        for line in lines:
            voice = _VOICE.search(line)
            words = one_line(html.unescape(_TAG.sub("", line)))
            said = _OTHER_SPEAKER.sub("", words, count=1) if _OTHER_SPEAKER.match(words) else words
            if not said or _SOUND.fullmatch(said):
                continue
            named = one_line(voice[1]) if voice else speaker
            pause = _seconds(start) - ended_at >= _PAUSE
            whole = not paragraphs or _ENDED.search(paragraphs[-1][-1]) is not None
            if not paragraphs or named != speaker or said != words or (pause and whole):
                paragraphs.append([f"{named}: {said}" if named else said])
                times.append(start)
            else:
                paragraphs[-1].append(said)
            speaker = named
            ended_at = _seconds(end)
    if not paragraphs:
        raise ReadError(f"{origin.name}: holds no words, only times or sounds")
    texts = [" ".join(paragraph) for paragraph in paragraphs]
    marks = Marks("time", tuple(starts_of(texts)), names=tuple(map(_full, times)))
    return Documents([document_of(texts, origin, marks=marks)])


def _cues(text: str) -> list[tuple[str, str, list[str]]]:
    """Return when each cue starts and ends, and its lines."""
    cues: list[tuple[str, str, list[str]]] = []
    within = False
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if times := _TIMES.match(line.lstrip()):
            cues.append((times[1], times[2], []))
            within = True
        elif not line.strip():
            within = False
        elif within:
            cues[-1][2].append(line)
    return cues


def _seconds(time: str) -> int:
    seconds = 0
    for part in time.split(":"):
        seconds = 60 * seconds + int(part)
    return seconds


def _full(time: str) -> str:
    return f"{_seconds(time) // 3600:02}:{_seconds(time) // 60 % 60:02}:{_seconds(time) % 60:02}"

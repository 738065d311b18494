"""Corpora in folders as their owners lay them out, written small and read back."""

import zipfile
from pathlib import Path

import pytest

from benchmarks.corpora import CorpusError, Topic
from summarizer import Document

from .test_corpora import put, read_list

SGML = """<DOC>
<DOCNO> APW19981016.0240 </DOCNO>
<DATE_TIME> 01/02/1999 09:26:00 </DATE_TIME>
<HEADLINE>
Mill &AMP; dam
shut
</HEADLINE>
<TEXT>
   VELMORA (AP) _ The ``old'' mill shut &MD; so the
mayor said.
   Nobody knows &lt;why&gt;.&UR;

<P>
   It rained
   hard.
</P>
</TEXT>
</DOC>
"""
MILL = 'VELMORA (AP) _ The "old" mill shut — so the mayor said.\n\nNobody knows <why>.\n\nIt rained hard.'


def article(number: str, text: str = "It rained.") -> str:
    return f"<DOC>\n<DOCNO>{number}</DOCNO>\n<TEXT>\n{text}\n</TEXT>\n</DOC>\n"


def test_duc(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "docs/d30001t/APW19981016.0240": SGML,
            "docs/d30001t/two": article("FT911-5").replace("<TEXT>", "<DATE>910514</DATE><TEXT>")
            + article("LA010189-0001", "<P>Fog.</P><P>Sun.</P>"),
            "docs/d30001t/notes": "no mark-up",
            "task5/d30001t/APW19981016.0240": SGML,
            "docs/d30002t/AP880911-0016": article("AP880911-0016"),
            "eval/models/D30001.M.100.T.B": "It ``shut''.\n\nMen &AMP; mice.\n",
            "eval/models/D30001.M.100.T.A": '<SUM DOCSET="d30001">\nA mill shut.\n</SUM>',
            "eval/models/D30001.M.100.T.A.html": "<title>x</title>Marked up.",
            "eval/models/D30001.M.200.T.A": "Long.",
            "eval/models/D30001.P.10.T.A.APW19981016.0240": "Single.",
            "eval/models/D30001.M.100.T.7": "By a system.",
            "eval/peers/D30001.M.100.T.C": "By a system.",
        },
    )
    fog = Document("LA010189-0001", "Fog.\n\nSun.", "", "1989-01-01")
    rain = Document("FT911-5", "It rained.", "", "1991-05-14")
    mill = Document("APW19981016.0240", MILL, "Mill & dam shut", "1998-10-16")
    references = ("A mill shut.", 'It "shut".\nMen & mice.')
    assert read_list(tmp_path) == [Topic("D30001", (mill, rain, fog), references)]


@pytest.mark.parametrize(
    ("lengths", "read"),
    [((50, 100, 200), 100), ((100, 200, 200, 50, 50), 50), ((100, 400, 400), 400), ((150, 50), 50)],
)
def test_duc_length_of_most_models_then_near_100(
    tmp_path: Path, lengths: tuple[int, ...], read: int
) -> None:
    names = (f"D1.M.{n}.T.{chr(65 + place)}" for place, n in enumerate(lengths))
    put(tmp_path, {"d1t/a": SGML, **{f"models/{name}": name.split(".")[2] for name in names}})
    assert set(read_list(tmp_path)[0].references) == {str(read)}


def test_tac_updates_only_when_asked_for(tmp_path: Path) -> None:
    gigaword = '<DOC id="AFP_ENG_20050118.0001" type="story" >\n<TEXT>\nA\u00e9.\n</TEXT>\n</DOC>'
    put(
        tmp_path,
        {
            "docs/D0801A/D0801A-A/AFP_ENG_20050118.0001": "",
            "docs/D0801A/D0801A-B/XIN_ENG_20050203.0002": article("XIN_ENG_20050203.0002"),
            "docs/D0601A/NYT20000101.0001": article("NYT20000101.0001"),
            "models/D0801-A.M.100.A.A": "Initial.",
            "models/D0801-B.M.100.A.A": "Update.",
            "models/D0601.M.250.A.A": "Main.",
        },
    )
    path = tmp_path / "docs/D0801A/D0801A-A/AFP_ENG_20050118.0001"
    path.write_bytes(gigaword.encode("latin-1"))
    main = Topic(
        "D0601", (Document("NYT20000101.0001", "It rained.", "", "2000-01-01"),), ("Main.",)
    )
    initial = Topic("D0801-A", (Document(path.name, "A\u00e9.", "", "2005-01-18"),), ("Initial.",))
    rain = Document("XIN_ENG_20050203.0002", "It rained.", "", "2005-02-03")
    assert read_list(tmp_path) == [main, initial]
    assert read_list(tmp_path, updates=True) == [
        main,
        initial,
        Topic("D0801-B", (rain,), ("Update.",)),
    ]


@pytest.mark.parametrize(
    ("tags", "day"),
    [
        ("<DATE_TIME> 1998-10-11 09:26 </DATE_TIME>", "1998-10-11"),
        ("<DATE_TIME>10/11/1998 09:26:00</DATE_TIME>", "1998-10-11"),
        ("<DATE>20041011</DATE>", "2004-10-11"),
        ("<DATE><P>January 2, 1989, Monday, Home Edition</P></DATE>", "1989-01-02"),
        ("<DATE>19981399</DATE>", None),
        ("", None),
    ],
)
def test_dates_of_sgml(tmp_path: Path, tags: str, day: str | None) -> None:
    document = article("SJMN91-1").replace("<TEXT>", f"{tags}<TEXT>")
    put(tmp_path, {"d1t/a": document, "models/D1.M.100.T.A": "Rain."})
    assert read_list(tmp_path)[0].documents[0].date == day


def test_multiling(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "SourceTexts/M0001.english": "Rain\n\nIt rained.\n\nMuch.\n",
            "SourceTexts/M0000.english": "\ufeffFog\nIt was foggy.",
            "SourceTexts/M0000.greek": "Βροχή\n\nΈβρεξε.",
            "SourceTexts/M0010.english": "No summary\n\nof this.",
            "ModelSummaries/English/M000.B.250": "Rain and fog.\n\n Both. \n",
            "ModelSummaries/English/M000.A.250": "Wet.",
            "ModelSummaries/M000.A.greek": "Βροχή.",
            "PeerSummaries/English/M000.C.250": "By a system.",
        },
    )
    fog, rain = (
        Document("M0000", "It was foggy.", "Fog"),
        Document("M0001", "It rained.\n\nMuch.", "Rain"),
    )
    english = Topic("M000.english", (fog, rain), ("Wet.", "Rain and fog.\nBoth."))
    greek = Topic("M000.greek", (Document("M0000", "Έβρεξε.", "Βροχή"),), ("Βροχή.",))
    assert read_list(tmp_path) == [english, greek]
    assert read_list(tmp_path, language="english") == [english]
    with pytest.raises(CorpusError, match=r"model summary in french; MultiLing comes from"):
        read_list(tmp_path, language="french")


def test_opinosis(tmp_path: Path) -> None:
    put(
        tmp_path,
        {"summaries-gold/b/b.2.gold": "Dim.\n", "summaries-gold/b/b.1.gold": "\nBright.\n Dim.\n"},
    )
    put(
        tmp_path,
        {"topics/b.txt.data": "", "topics/a.txt.data": "Good", "summaries-gold/a/a.1.gold": "Ok"},
    )
    (tmp_path / "topics/b.txt.data").write_bytes(
        b" Screen isn\x92t dim .\r\n\r\nBright screen .\r\n"
    )
    screen = (Document("b-1", "Screen isn’t dim ."), Document("b-2", "Bright screen ."))
    assert read_list(tmp_path) == [
        Topic("a", (Document("a-1", "Good"),), ("Ok",)),
        Topic("b", screen, ("Bright.\nDim.", "Dim.")),
    ]


def write_workbook(path: Path) -> None:
    shared = "".join(
        f"<si><r><t>{text}</t></r></si>" for text in ("Answer", "3_A1", "Rest &amp; sleep.")
    )
    rows = (
        '<row><c r="A1" t="inlineStr"><is><t>Question</t></is></c><c r="B1" t="s"><v>0</v></c></row>'
        '<row><c r="A2"><v>3</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="s"><v>2</v></c></row>'
    )
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("xl/sharedStrings.xml", f"<sst {space}>{shared}</sst>")
        book.writestr("xl/worksheets/sheet1.xml", f"<worksheet {space}>{rows}</worksheet>")


def test_mediqa_2021(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "V/x_MultiExtractiveSummaries.txt": "3||Rest.\n",
            "V/x_MultiAbstrativeSummaries.txt": "3||Do || rest.\n",
        },
    )
    with pytest.raises(CorpusError, match=r"no \.\.\.Answers\.xlsx; MEDIQA 2021 comes from"):
        read_list(tmp_path)
    write_workbook(tmp_path / "V/x_Answers.xlsx")
    assert read_list(tmp_path) == [
        Topic("3", (Document("3_A1", "Rest & sleep."),), ("Rest.", "Do || rest."))
    ]
    put(tmp_path, {"V/x_Answers.xlsx": "text"})
    with pytest.raises(CorpusError, match=r"x_Answers\.xlsx: is not an \.xlsx workbook"):
        read_list(tmp_path)

"""Catalogues of earlier years: each line whole or not at all, begun again where it stopped, bombs bounded."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.engines.openness.test_catalogue import AT, editors

from yiwang.identity.testing import an_officer
from yiwang.platform.contracts import OperationNotAllowed, UploadRefused
from yiwang.portal.openness import api, importing
from yiwang.portal.openness.contracts import FourEyes
from yiwang.portal.openness.models import Batch, Item
from yiwang.portal.openness.reading.contracts import (
    MOST_PART,
    DocumentKind,
    DocumentTooHeavy,
    DocumentUnreadable,
)
from yiwang.portal.openness.reading.running import read_document

HEAD = "标题,文号,公开类别,成文日期,文件,索引号"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
OFD_HEAD = f"<ofd:OFD {OFD}><ofd:DocBody><ofd:DocRoot>{{root}}</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
OFD_PAGES = '<ofd:Pages><ofd:Page BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages>'
OFD_DOCUMENT = f"<ofd:Document {OFD}>{OFD_PAGES}</ofd:Document>"
OFD_PAGE = f"<ofd:Page {OFD}><ofd:Content><ofd:Layer>{{lines}}</ofd:Layer></ofd:Content></ofd:Page>"
OFD_LINE = '<ofd:TextObject Boundary="20 {y} 100 5"><ofd:TextCode>{text}</ofd:TextCode></ofd:TextObject>'


def packed(files: dict[str, bytes | str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return made.getvalue()


def a_docx() -> bytes:
    """The least that a word processor writes: a heading, a paragraph, a table."""

    def paragraph(text: str, style: str = "") -> str:
        kind = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f"<w:p>{kind}<w:r><w:t>{text}</w:t></w:r></w:p>"

    rows = "".join(
        f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in row)}</w:tr>"
        for row in (("类别", "周期"), ("工业", "每季度"))
    )
    body = paragraph("第一章", "Heading1")
    body += paragraph("第一条 &lt;script&gt;alert(1)&lt;/script&gt;排水口应当登记。")
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Override '
            f'PartName="/word/document.xml" ContentType="{WORD_TYPE}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" '
            f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}<w:tbl>{rows}</w:tbl></w:body>'
            "</w:document>",
            "word/styles.xml": f'<w:styles xmlns:w="{WORD}"><w:style w:type="paragraph" w:styleId="Heading1">'
            '<w:name w:val="heading 1"/></w:style></w:styles>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship '
            f'Id="s" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        }
    )


def an_ofd(page: str = "") -> bytes:
    lines = OFD_LINE.format(y=20, text="示例市") + OFD_LINE.format(y=20, text="排水规定")
    lines += OFD_LINE.format(y=30, text="第一条 目的")
    return packed(
        {
            "OFD.xml": OFD_HEAD.format(root="Doc_0/Document.xml"),
            "Doc_0/Document.xml": OFD_DOCUMENT,
            "Doc_0/Pages/Page_0/Content.xml": page or OFD_PAGE.format(lines=lines),
        }
    )


def a_pdf() -> bytes:
    """One page with two lines of print."""
    drawn = b"BT /F1 12 Tf 20 150 Td (Article 1 Outfalls are) Tj 0 -20 Td (registered.) Tj ET"
    parts = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
    )
    made = b"%PDF-1.4\n"
    for number, part in enumerate(parts, start=1):
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    return made + b"trailer << /Root 1 0 R /Size 5 >>\n%%EOF\n"


def a_package(*lines: str, **files: bytes) -> SimpleUploadedFile:
    content: dict[str, bytes | str] = {"目录.csv": "\n".join((HEAD, *lines)).encode("gb18030")}
    content |= {f"文件/{name.replace('_', '.')}": data for name, data in files.items()}
    return SimpleUploadedFile("1998-2003.zip", packed(content))


def test_b21_documents_of_three_kinds_become_blocks():
    assert [(b.kind, b.text) for b in read_document(a_docx(), DocumentKind.DOCX)] == [
        ("heading", "第一章"),
        ("paragraph", "第一条 <script>alert(1)</script>排水口应当登记。"),
        ("table", "| 类别 | 周期 |\n| 工业 | 每季度 |"),
    ]
    assert [b.text for b in read_document(an_ofd(), DocumentKind.OFD)] == ["示例市排水规定", "第一条 目的"]
    assert "Outfalls are" in read_document(a_pdf(), DocumentKind.PDF)[0].text


def test_b21_bombs_and_entities_are_refused():
    entity = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + OFD_PAGE.format(
        lines=OFD_LINE.format(y=1, text="&e;")
    )
    with pytest.raises(DocumentUnreadable):
        read_document(an_ofd(entity), DocumentKind.OFD)
    bomb = OFD_PAGE.format(lines=" " * (MOST_PART + 1))
    assert len(an_ofd(bomb)) < 100_000
    with pytest.raises(DocumentTooHeavy):
        read_document(an_ofd(bomb), DocumentKind.OFD)
    for kind in DocumentKind:
        with pytest.raises(DocumentUnreadable):
            read_document(b"PK\x03\x04 neither", kind)


def test_b21_a_package_is_taken_over_line_by_line(catalogue, own_folder):
    writer, publisher = editors()
    upload = a_package(
        "河涌通告,演环〔1999〕1号,rules,1999-05-10,a.docx,",
        "沙面通告,演环〔2001〕2号,法规规章和规范性文件,2001/6/1,b.ofd,GZ20/2001-00002",
        "珠江通告,演环〔2002〕3号,rules,2002-02-30,c.pdf,",
        "又一次,演环〔1999〕1号,rules,1999-05-10,a.docx,",
        "没有文件,,rules,2003-01-01,none.pdf,",
        "扫描件,,rules,2003-01-02,c.pdf,",
        a_docx=a_docx(),
        b_ofd=an_ofd(),
        c_pdf=a_pdf(),
    )
    with pytest.raises(OperationNotAllowed):
        api.take_batch(actor=an_officer("environment", roles={"handler"}), at=AT, upload=upload)
    with pytest.raises(UploadRefused):
        api.take_batch(actor=writer, at=AT, upload=SimpleUploadedFile("a.zip", a_pdf()))
    assert not Batch.objects.exists()
    before = Item.objects.count()

    batch = api.take_batch(actor=writer, at=AT, upload=upload)
    importing.read_batch(batch, at=AT)
    lines = {row.line: row for row in map(api.line_view, api.batch_lines(batch))}
    assert {line: row.outcome.value for line, row in lines.items()} == {
        2: "imported", 3: "imported", 4: "refused", 5: "duplicate", 6: "refused", 7: "imported",
    }  # fmt: skip
    assert [reason.zh for reason in lines[4].reasons] == ["“成文日期”不是日期（如2019-05-10）"]
    assert lines[6].reasons[0].zh == "压缩包里没有这个文件"
    assert lines[5].item == lines[2].item
    assert Item.objects.count() == before + 3
    made = Item.objects.get(pk=lines[2].item)
    assert (made.index_number, made.organisation, made.file.name) == (
        "GZ20/1999-00001",
        "environment",
        "a.docx",
    )
    assert made.body[0] == {"kind": "heading", "text": "第一章"}
    assert Item.objects.get(pk=lines[3].item).index_number == "GZ20/2001-00002"

    with pytest.raises(FourEyes):
        api.publish_batch(actor=an_officer_like(writer), at=AT, batch=batch)
    with pytest.raises(OperationNotAllowed):
        api.publish_batch(actor=an_officer("labour", roles={"publisher"}), at=AT, batch=batch)
    assert api.publish_batch(actor=publisher, at=AT, batch=batch) == (3, 0, None)
    assert api.public_item(made.pk, at=AT).file_name == "a.docx"


def an_officer_like(writer):
    """The same person with the right to publish."""
    return type(writer)(
        kind=writer.kind, account_id=writer.account_id, person_id=writer.person_id, name=writer.name,
        organisation=writer.organisation, post=writer.post, roles=frozenset({"publisher"}),
        for_entity=None, delegated_by=None,
    )  # fmt: skip


def test_b21_a_job_that_was_killed_goes_on_where_it_stopped(catalogue, own_folder, monkeypatch):
    writer, _ = editors()
    rows = [f"通告{n},演环〔1998〕{n}号,rules,1998-01-0{n},c.pdf," for n in range(1, 5)]
    batch = api.take_batch(actor=writer, at=AT, upload=a_package(*rows, c_pdf=a_pdf()))
    read = []

    def killed(content, kind):
        read.append(kind)
        if len(read) == 3:
            raise KeyboardInterrupt
        return ()

    with monkeypatch.context() as dying:
        dying.setattr(importing, "read_document", killed)
        with pytest.raises(KeyboardInterrupt):
            importing.read_batch(batch, at=AT)
    assert (Batch.objects.get().state, api.batch_lines(batch).count()) == ("reading", 2)
    monkeypatch.setattr(importing, "read_document", lambda content, kind: ())
    importing.read_batch(batch, at=AT)
    importing.read_batch(batch, at=AT)
    assert (Batch.objects.get().state, api.batch_lines(batch).count()) == ("done", 4)
    assert Item.objects.filter(document_number__startswith="演环〔1998〕").count() == 4


def test_b21_the_desk_shows_progress_and_why(catalogue, own_folder, as_actor):
    writer, publisher = editors()
    browser = as_actor(writer)
    assert browser.post("/desk/openness/batches/").status_code == 422
    sent = browser.post("/desk/openness/batches/", {"file": a_package("只有标题,,,,,")})
    batch = Batch.objects.get().pk
    assert sent.headers["Location"] == f"/desk/openness/batches/{batch}/"
    importing.read_batch(batch, at=AT)
    page = browser.get(f"/desk/openness/batches/{batch}/?outcome=refused").content.decode()
    assert "“公开类别”没有填写" in page
    assert browser.get("/en/desk/openness/batches/").status_code == 200
    report = browser.get(f"/desk/openness/batches/{batch}/report.csv").content.decode("utf-8-sig")
    assert report.splitlines()[1].startswith("2,refused,")
    empty = api.take_batch(actor=writer, at=AT, upload=SimpleUploadedFile("x.zip", packed({"a.csv": "a,b"})))
    importing.read_batch(empty, at=AT)
    assert Batch.objects.get(pk=empty).state == "refused"
    assert as_actor(publisher).post(f"/desk/openness/batches/{batch}/publish/").status_code == 302


def test_b21_web_processes_load_no_reader_of_documents(web_modules: frozenset[str]):
    assert {"mammoth", "pypdfium2", "nh3"} & web_modules == set()

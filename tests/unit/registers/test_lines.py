"""Encodings are told apart by what the bytes say; a line without an end is not read to its end."""

from __future__ import annotations

import io

import pytest

from yiwang.registers.loading.lines import LONGEST_LINE, LineFault, Lines, detect

CHINESE = "姓名,地址\n陈大文,广州市荔湾区沙面大街\n"


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        (CHINESE.encode(), "utf-8"),
        (CHINESE.encode("gb18030"), "gb18030"),
        (b"\xef\xbb\xbf" + CHINESE.encode(), "utf-8"),
        (b"name,address\n", "utf-8"),
        (CHINESE.encode()[:-5] + b"\xff\n", "utf-8"),
        (b"\xff\xff\xff", "utf-8"),
        (b"", "utf-8"),
    ],
    ids=["utf-8", "gb18030", "mark", "ascii", "broken utf-8", "neither", "empty"],
)
def test_the_encoding_is_told_by_the_bytes(head, encoding):
    assert detect(head) == encoding


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_characters_that_straddle_the_sample_are_whole(encoding):
    text = "".join(f"第{number}行，广州市\n" for number in range(20_000))

    lines = Lines.of(io.BytesIO(text.encode(encoding)))

    assert "".join(lines) == text
    assert (lines.number, lines.encoding) == (20_000, encoding)


def test_the_mark_at_the_beginning_is_no_part_of_the_first_name():
    assert list(Lines.of(io.BytesIO(b"\xef\xbb\xbfname\n1"))) == ["name\n", "1"]


def test_a_broken_character_is_named_by_line_and_byte():
    lines = Lines.of(io.BytesIO("姓名\n".encode() + b"ab\xff\n"))

    with pytest.raises(LineFault) as fault:
        list(lines)
    assert (fault.value.line, fault.value.reason.en) == (2, "Byte 3 is not valid UTF-8")


def test_a_line_without_an_end_is_given_up_early():
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"x" * size

    endless = Endless()
    with pytest.raises(LineFault) as fault:
        list(Lines.of(endless, "utf-8"))
    assert fault.value.reason.en == "A line of more than 8,000,000 bytes"
    assert endless.given < LONGEST_LINE + 200_000

"""Files of people as departments send them."""

from __future__ import annotations

from datetime import date

from yiwang.kernel.codes import make_resident_id

HEAD = "id_number,name,sex,birth_date,residence_division,phone"


def number(place: int) -> str:
    return make_resident_id("440199", date(1980, 1, 1), place)


def line(place: int, **changes: str) -> str:
    cells = {
        "id_number": number(place),
        "name": f"陈大{place}",
        "sex": "1",
        "birth_date": "1980-01-01",
        "residence_division": "440103001101",
        "phone": "13800138000",
    } | changes
    return ",".join(cells.values())


GOOD = "\n".join([HEAD, line(1), line(2), line(3)]).encode()

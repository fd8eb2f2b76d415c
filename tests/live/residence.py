"""What a demonstration citizen answers for a certificate of residence."""

from __future__ import annotations

RESIDENCE = {
    "name": "陈小明",
    "resident_id": "440100198503120017",
    "phone": "13800000001",
    "division": "440106001",
    "address": "体育东路1号502房",
    "since": "2019-09-01",
    "purpose": "school",
    "delivery": "online",
}

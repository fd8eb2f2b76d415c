"""The tables of a check's page."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.maps.analysis.presenting import Told

Column = dict[str, object]
Row = dict[str, object]


def tables(told: Told) -> dict[str, object]:
    """Columns and rows of pipes, owners, openings, and those of one road in the same weeks."""
    return {**_pipes(told), **_owners(told), **_openings(told), **_together(told)}


def _pipes(told: Told) -> dict[str, object]:
    return {
        "pipe_columns": [
            _column("kind", "类别", "Kind", head=True),
            _column("owner", "权属单位", "Owner"),
            _column("material", "材质", "Material"),
            _column("diameter", "管径（毫米）", "Diameter (mm)", numeric=True),
            _column("depth", "埋深（管顶）", "Depth (top)"),
            _column("where", "位置", "Where"),
            _column("verdict", "判定", "Verdict"),
        ],
        "pipe_rows": [
            {
                "kind": {"text": line.kind, "note": line.pipe.code},
                "owner": line.owner,
                "material": line.material,
                "diameter": str(line.pipe.diameter or "—"),
                "depth": line.depth,
                "where": line.where,
                "verdict": {"text": line.verdict, "tone": line.tone},
            }
            for line in told.pipes
        ],
    }


def _owners(told: Told) -> dict[str, object]:
    return {
        "owner_columns": [
            _column("owner", "权属单位", "Owner", head=True),
            _column("kind", "类别", "Kind"),
            _column("contact", "联系部门", "Office to ask"),
            _column("authority", "主管部门", "Authority"),
            _column("sharing", "数据共享", "Sharing"),
            _column("why", "为何征询", "Why"),
        ],
        "owner_rows": [
            {
                "owner": line.owner.name,
                "kind": line.kind,
                "contact": line.owner.contact,
                "authority": line.authority,
                "sharing": {
                    "text": line.sharing,
                    "tone": "success" if line.owner.sharing == "full" else "warning",
                },
                "why": line.why,
            }
            for line in told.owners
        ],
    }


def _openings(told: Told) -> dict[str, object]:
    return {
        "opening_columns": [
            _column("builder", "建设单位", "Builder", head=True),
            _column("purpose", "事由", "Purpose"),
            _column("days", "计划工期", "Days"),
            _column("distance", "距离（米）", "Distance (m)", numeric=True),
            _column("overlap", "统筹", "Together"),
        ],
        "opening_rows": [
            {
                "builder": {"text": line.opening.builder, "note": line.opening.code},
                "purpose": line.opening.purpose,
                "days": line.days,
                "distance": f"{line.opening.distance:g}",
                "overlap": {"text": line.overlap, "tone": line.tone, "note": line.advice},
            }
            for line in told.openings
        ],
    }


def _together(told: Told) -> dict[str, object]:
    return {
        "together_columns": [
            _column("road", "道路", "Road", head=True),
            _column("builder", "建设单位", "Builder"),
            _column("days", "计划工期", "Days"),
            _column("contact", "联系部门", "Office to ask"),
        ],
        "together_rows": [
            {
                "road": group.road,
                "builder": {"text": line.opening.builder, "note": line.opening.code},
                "days": line.days,
                "contact": line.contact,
            }
            for group in told.together
            for line in group.lines
        ],
        "works_are_with_others": any(group.also for group in told.together),
    }


def _column(key: str, zh: str, en: str, *, head: bool = False, numeric: bool = False) -> Column:
    return {"key": key, "label": Text(zh, en), "head": head, "numeric": numeric}

"""Housing and land: supply of land, permits to sell before completion, areas of property service."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from yiwang.maps.synthesis.town.planning import STAGES, TODAY, Row
from yiwang.maps.synthesis.town.plots import Centre, Plot

#: Yuan a square metre of floor: least and most of what land and dwellings cost.
_LAND, _DWELLING = (9_000, 38_000), (28_000, 92_000)
_SOLD = ("B1", "B2", "R2")


def supply_rows(centre: Centre, planned: list[tuple[Plot, Row]], random: Random) -> Iterator[Row]:
    """Rows of ``land_supply``: how empty land was, or will be, given out."""
    for plot, row in planned:
        if plot.state == "built" or plot.use == "G1":
            continue
        done = plot.state == "building"
        sold = plot.use in _SOLD
        floor = float(row["far"]) * plot.square_metres
        start = round(random.uniform(*_LAND) * floor / 10_000) * 10_000
        price = round(start * random.uniform(1.0, 1.35) / 10_000) * 10_000
        announced = TODAY + timedelta(days=-random.randint(300, 700) if done else random.randint(10, 150))
        yield {
            "number": f"穗地供{plot.code.replace('-', '')}",
            "plot": plot.code,
            "division": row["division"],
            "location": row["location"],
            "use": plot.use,
            "land_area": row["land_area"],
            "way": random.choice(("auction", "listing")) if sold else "allocation",
            "state": "done" if done else "announced" if row["conditions"] else "planned",
            "announced_on": announced.isoformat(),
            "start_price": f"{start}.00" if sold else "",
            "price": f"{price}.00" if sold and done else "",
            "holder": f"广州{plot.parcels[0].road.name[:2]}建设有限公司" if done else "",
            "border": centre.frame.area_text(plot.area),
            "made_up": "true",
        }


def presale_rows(projects: list[Row], random: Random) -> Iterator[Row]:
    """Rows of ``presale_permits``, for dwellings whose works are permitted or under way."""
    for row in projects:
        if row["use"] != "R2" or row["stage"] not in STAGES[2:]:
            continue
        units = max(int(float(row["floor_area"]) * 0.9 / 98), 8)
        sold = round(units * random.uniform(0.05, 0.95))
        issued = TODAY - timedelta(days=random.randint(30, 500))
        yield {
            "number": f"穗房预字第{issued.year}{row['code'][4:]}号",
            "name": row["name"],
            "project": row["code"],
            "developer": row["builder"],
            "division": row["division"],
            "location": row["location"],
            "issued_on": issued.isoformat(),
            "units": str(units),
            "unsold": str(units - sold),
            "floor_area": f"{float(row['floor_area']) * 0.9:.0f}",
            "price": f"{random.randint(*_DWELLING)}.00",
            "escrow": f"广州银行监管账户{random.randint(1000, 9999)}",
            "site": row["site"],
            "made_up": "true",
        }


def service_rows(centre: Centre, planned: list[tuple[Plot, Row]], random: Random) -> Iterator[Row]:
    """Rows of ``property_areas``: who looks after the dwellings of a plot, and for how much a month."""
    for plot, row in planned:
        if plot.use != "R2" or plot.state != "built" or random.random() < 0.4:
            continue
        grade = random.choices((1, 2, 3, 4), weights=(20, 40, 30, 10))[0]
        yield {
            "code": f"WY{plot.code.replace('-', '')}",
            "name": plot.parcels[0].road.name[:2] + random.choice(("花园", "苑", "新村", "雅居")),
            "company": f"广州{random.choice('安泰和顺康宁')}{random.choice('居家邻里')}物业服务有限公司",
            "division": row["division"],
            "location": row["location"],
            "grade": str(grade),
            "fee": f"{(0.8, 1.5, 2.2, 2.8)[grade - 1] + random.randint(0, 4) / 10:.2f}",
            "contract_until": (TODAY + timedelta(days=random.randint(-60, 1_000))).isoformat(),
            "border": centre.frame.area_text(plot.area),
            "made_up": "true",
        }

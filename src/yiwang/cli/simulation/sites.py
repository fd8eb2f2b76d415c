"""Where applicants are on the planned ground: plots of the detailed plan, and the houses that stand on them.

The plan covers a part of the city; who is elsewhere, or in a city without one, names a place that is in no
register. A plot has one address, which the register of addresses knows too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random

from pydantic import BaseModel, TypeAdapter

from yiwang.cli.simulation.behaviours import HABITS, PLOTS_FOR, WORKSHOPS
from yiwang.cli.simulation.draws import Draws, happens
from yiwang.cli.simulation.places import Place, Places
from yiwang.registers.api import Asked, list_entries
from yiwang.registers.contracts import RegisterNotFound

_REGISTER = "planning_plots"
_PAGE = 500
#: Metres from one storey to the next, and rooms of one.
STOREY, _ROOMS = 3, 6


class Plot(BaseModel):
    """A plot as everybody may read it: areas in m², heights in metres, ``use`` by GB/T 50137-2011."""

    code: str
    division: str
    location: str = ""
    use: str
    state: str
    land_area: float
    far: float
    height: float

    @property
    def storeys(self) -> int:
        """As many as its height allows."""
        return max(1, int(self.height // STOREY))


class _Entry(BaseModel):
    values: Plot


_ENTRIES = TypeAdapter(list[_Entry])


def read_plots(places: Places, *, at: datetime) -> tuple[Plot, ...]:
    """Plots with an address in communities of the city, by entry; none where there is no register of them."""
    return tuple(plot for plot in _every_plot(at) if plot.location and places.has_community(plot.division))


def _every_plot(at: datetime) -> Iterator[Plot]:
    after: int | None = None
    while True:
        asked = Asked(after=after, limit=_PAGE)
        try:
            page = list_entries(actor=None, register=_REGISTER, asked=asked, at=at)
        except RegisterNotFound:
            return
        yield from (entry.values for entry in _ENTRIES.validate_json(page.body))
        if page.after is None:
            return
        after = page.after


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Where the applicants of one simulation are, by chances that belong to nothing else."""

    places: Places
    plots: tuple[Plot, ...]
    draws: Draws

    def project_plot(self, application: int, industry: str, land_use: str) -> Plot | None:
        """The plot of a project; None where no plan is approved."""
        chance = self.draws.of("site", application)
        return self._plot(chance, WORKSHOPS.get(industry[:1], WORKSHOPS[""]), PLOTS_FOR[land_use])

    def office(self, application: int, elsewhere: Place) -> Place:
        """A room for a firm."""
        chance = self.draws.of("site", application)
        return self._room(chance, self._plot(chance, ("B1", "B2"), ("built",)), elsewhere)

    def home(self, username: str, elsewhere: Place) -> Place:
        """Where somebody lives now, the same at each application."""
        chance = self.draws.of("dwelling", username)
        return self._room(chance, self._plot(chance, ("R2",), ("built",)), elsewhere)

    def address(self, plot: Plot) -> Place:
        """A plot by its address in full."""
        return Place(plot.division, f"{self.places.name(plot.division)}{plot.location}")

    def _plot(self, chance: Random, uses: Collection[str], states: Collection[str]) -> Plot | None:
        if not happens(chance, HABITS.on_planned_ground):
            return None
        fit = [plot for plot in self.plots if plot.use in uses and plot.state in states]
        return chance.choice(fit) if fit else None

    def _room(self, chance: Random, plot: Plot | None, elsewhere: Place) -> Place:
        if plot is None:
            return elsewhere
        room = f"{chance.randint(1, plot.storeys)}{chance.randint(1, _ROOMS):02}房"
        return Place(plot.division, f"{self.address(plot).address}{room}")

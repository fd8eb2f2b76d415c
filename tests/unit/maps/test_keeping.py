"""The store of kept tiles: bounded, and never with a tile that was in the making while it changed."""

from __future__ import annotations

from yiwang.maps.keeping.contracts import Change, DrawnTile, Key
from yiwang.maps.keeping.store import TileStore
from yiwang.maps.rules.touching import Bounds

TREES, PLOTS = ("trees", 2), ("plots", 2)
#: On the tile 1/1/0, the north-eastern quarter of the world.
EAST = Bounds(west=9e6, south=9e6, east=9.1e6, north=9.1e6)
HERE: Key = ("all", 1, 1, 0)
THERE: Key = ("all", 1, 0, 1)


def _tile(*sources: tuple[str, int], size: int = 10) -> DrawnTile:
    return DrawnTile(body=bytes(size), tag='"t"', sources=sources or (TREES,))


def _change(number: int, source: tuple[str, int] = TREES, box: Bounds | None = EAST) -> Change:
    return Change(number=number, source=source, box=box)


def _store() -> TileStore:
    store = TileStore(100_000)
    store.tell(1, [])
    return store


def test_d47_a_change_names_the_tiles_of_its_register_and_place() -> None:
    store = _store()
    assert all(store.put(key, _tile(), look=1) for key in (HERE, THERE))
    both: Key = ("trees plots", 1, 1, 0)
    store.put(both, _tile(TREES, PLOTS), look=1)
    assert store.tell(2, [_change(1)]) == {TREES: {HERE, both}}
    assert store.tell(3, [_change(2, PLOTS)]) == {PLOTS: {both}}
    assert store.tell(4, [_change(3, TREES, None)]) == {TREES: {HERE, THERE, both}}
    assert store.drop([HERE, HERE]) == 1
    assert store.kept_keys() == {THERE, both}


def test_d47_a_tile_that_changed_while_it_was_drawn_is_not_kept() -> None:
    store = _store()
    store.tell(2, [_change(1)])
    assert not store.put(HERE, _tile(), look=1)
    assert store.put(HERE, _tile(), look=2)
    assert store.put(THERE, _tile(), look=1)
    assert not store.put(("x", 1, 0, 0), _tile(), look=0)
    for number in range(3, 300):
        store.tell(number, [])
    assert not store.put(THERE, _tile(), look=2)


def test_d47_after_a_long_blindness_nothing_is_kept() -> None:
    store = _store()
    store.put(HERE, _tile(), look=1)
    store.begin_anew(5)
    assert (len(store), store.bytes, store.get(HERE)) == (0, 0, None)
    assert not store.put(HERE, _tile(), look=4)
    store.tell(5, [])
    assert store.put(HERE, _tile(), look=5)


def test_d47_memory_is_bounded_and_what_is_asked_for_stays() -> None:
    store = TileStore(20_000)
    store.tell(1, [])
    keys: list[Key] = [("m", 4, column, 0) for column in range(16)]
    for key in keys:
        store.put(key, _tile(size=1_000), look=1)
        assert store.get(keys[0]) is not None
        assert store.bytes <= 20_000
    assert store.kept_keys() == {keys[0], *keys[7:]}
    assert not store.put(HERE, _tile(size=20_000), look=1)
    assert len(store) == 10

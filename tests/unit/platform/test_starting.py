"""The collector rests while modules are loaded, and works again afterwards, whatever happens."""

from __future__ import annotations

import gc

import pytest

from yiwang.platform.starting import nothing_collected


def test_the_collector_rests_only_meanwhile():
    with nothing_collected():
        assert not gc.isenabled()

    assert gc.isenabled()


def test_it_works_again_after_a_start_that_failed():
    with pytest.raises(ImportError), nothing_collected():
        raise ImportError("no such module")

    assert gc.isenabled()


def test_what_was_loaded_is_never_walked_through():
    with nothing_collected():
        loaded = [[]]

    assert not any(found is loaded for found in gc.get_objects())

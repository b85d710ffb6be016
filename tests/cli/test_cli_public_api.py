import importlib

import pytest

import dlrecipe


@pytest.mark.parametrize("name", dlrecipe.__all__)
def test_every_public_name_is_there(name):
    assert getattr(dlrecipe, name) is not None
    assert name in dir(dlrecipe)


@pytest.mark.parametrize("name", dlrecipe._HOMES)
def test_a_public_name_is_what_its_room_has(name):
    room = importlib.import_module(f"dlrecipe.{dlrecipe._HOMES[name]}")
    assert getattr(dlrecipe, name) is getattr(room, name)


def test_an_unknown_name_is_refused_as_any_modules():
    with pytest.raises(AttributeError, match="module 'dlrecipe' has no attribute 'tarin'"):
        _ = dlrecipe.tarin

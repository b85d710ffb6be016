"""Which change to try first: learned from many trainings of generated problems."""

from dlrecipe.recipe.ranking.rank import Ranked, expected_shares, rank

__all__ = ["Ranked", "expected_shares", "rank"]

"""How often the recipe is right: generated problems of which the truth is known."""

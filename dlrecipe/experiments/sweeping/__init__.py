"""A search over settings: which trainings, where they run, when one is given up, what came of them."""

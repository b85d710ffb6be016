"""The looks that `check` takes before training: each module yields the findings of one kind."""

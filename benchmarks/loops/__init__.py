"""Does `dlrecipe improve` beat search? The same start and trainings, and errors that are truly known."""

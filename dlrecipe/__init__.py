"""dlrecipe."""

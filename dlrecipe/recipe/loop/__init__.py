"""The recipe as a loop, as pure functions: what to try next, whether to keep it, when to give it up."""

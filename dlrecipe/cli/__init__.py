"""The command line: one small module per command, which parses, calls and chooses the exit status.

Nothing heavy is imported at the top of these modules; what a command runs is imported when it runs, so that
`--help` and completion answer at once.
"""

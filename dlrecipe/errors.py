"""One tree of errors: what a user can cause, each with a message that names the remedy.

The command line turns any of them into a message and exit status 2 in one place, and catches nothing else.
"""


class DlrecipeError(Exception):
    """A request that cannot be carried out as it stands.

    Attributes:
        kind: One word for scripts, the `kind` of the JSON refusal.
        messages: One sentence or two for each problem: where, what is allowed, what was found.
    """

    kind = "error"

    def __init__(self, *messages: str) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages


class ConfigError(DlrecipeError):
    """The configuration file or an override of it is wrong."""

    kind = "config"


class DataError(DlrecipeError):
    """The data cannot be read, or are not what the configuration says."""

    kind = "data"


class RunError(DlrecipeError):
    """A run folder is missing, unfinished, unreadable or cannot be written."""

    kind = "run"


class UsageError(DlrecipeError):
    """A command or function was called with arguments that do not fit together."""

    kind = "usage"


class ArgumentError(UsageError, ValueError):
    """A parameter of an estimator, or data for one, is wrong; also a ValueError, as scikit-learn's are."""

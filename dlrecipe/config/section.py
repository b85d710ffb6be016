"""What every part of the configuration has in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """A frozen mapping of known keys.

    A key is one field: its annotation says what is allowed, in a check and in words (`Number`, `Choice`,
    `Text`, `Must`), its `Field` has the default and the description. Messages, JSON Schema and the
    written file follow from these.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

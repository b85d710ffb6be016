"""The reader's language: what the rooms below say in English, on the screen and in HTML in another one.

Files and JSON are English whatever the language, so the rooms make English sentences and know of no other.
Here each is read back: which message of the catalogue it is, and what was put into it. That works for a
result that was stored years ago as well as for one of this minute, and asks nothing of whoever writes a new
sentence but its line in the catalogue, `ko.po`.
"""

from dlrecipe.language.chosen import ENGLISH, NAMES, language, language_of, noted, speak, told

__all__ = ["ENGLISH", "NAMES", "language", "language_of", "noted", "speak", "told"]

"""Trained models for other programs: ONNX and safetensors, each with a README for whoever receives it."""

from dlrecipe.exports.card import Card, receivers_readme
from dlrecipe.exports.columns import Column, columns_of, is_table, refuse_unknown, refuse_unknown_activation
from dlrecipe.exports.formats import FORMATS, Format, format_of

__all__ = [
    "FORMATS",
    "Card",
    "Column",
    "Format",
    "columns_of",
    "format_of",
    "is_table",
    "receivers_readme",
    "refuse_unknown",
    "refuse_unknown_activation",
]

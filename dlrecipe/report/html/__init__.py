"""The report: one HTML file that needs nothing but a browser, no network and no script."""

from dlrecipe.report.html.file import write_report
from dlrecipe.report.html.page import render

__all__ = ["render", "write_report"]

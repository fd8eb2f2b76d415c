"""The monthly report: what it says, as a workbook and as a document."""

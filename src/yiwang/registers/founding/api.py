"""The door of registers that are made for a file."""

from yiwang.registers.founding.contracts import FileColumn, FileNotSurveyed, FileSurvey, RowsRefused
from yiwang.registers.founding.founding import (
    NUMBER,
    SHAPE,
    SentFile,
    WantedColumn,
    WantedRegister,
    found_register,
    free_register,
    names_of,
)
from yiwang.registers.founding.surveying import survey_file
from yiwang.registers.loading.arrival import Gauge, folder, put_away, told

__all__ = [
    "NUMBER",
    "SHAPE",
    "FileColumn",
    "FileNotSurveyed",
    "FileSurvey",
    "Gauge",
    "RowsRefused",
    "SentFile",
    "WantedColumn",
    "WantedRegister",
    "folder",
    "found_register",
    "free_register",
    "names_of",
    "put_away",
    "survey_file",
    "told",
]

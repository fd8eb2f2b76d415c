"""The door of batches and jobs."""

from yiwang.exchange.batches.answering import answers_text
from yiwang.exchange.batches.commands.ask_job import ask_job
from yiwang.exchange.batches.commands.end_job import drop_old_jobs
from yiwang.exchange.batches.commands.fetch_result import fetch_result
from yiwang.exchange.batches.commands.request_many import request_many
from yiwang.exchange.batches.commands.search_data import search_data
from yiwang.exchange.batches.files import lines_of
from yiwang.exchange.batches.jobs import answer_job
from yiwang.exchange.batches.queries import get_job

__all__ = [
    "answer_job",
    "answers_text",
    "ask_job",
    "drop_old_jobs",
    "fetch_result",
    "get_job",
    "lines_of",
    "request_many",
    "search_data",
]

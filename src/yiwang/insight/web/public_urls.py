"""The address of the public statistics; mounted in the portal at ``/statistics/``."""

from django.urls import path

from yiwang.insight.web import statistics

app_name = "statistics"
urlpatterns = [path("", statistics.show_statistics, name="statistics")]

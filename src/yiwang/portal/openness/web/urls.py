"""Public addresses of openness."""

from django.urls import path

from yiwang.portal.openness.web import answers, catalogue, following

app_name = "openness"
urlpatterns = [
    path("", catalogue.show_items, name="items"),
    path("sites/<slug:site>/", catalogue.show_site_items, name="site_items"),
    path("items/<int:item>/", catalogue.show_item, name="item"),
    path("items/<int:item>/file/", catalogue.have_file, name="file"),
    path("catalogue.csv", catalogue.export, name="export"),
    path("answers/", answers.show_answers, name="answers"),
    path("answers/feed/", answers.feed, name="answers_feed"),
    path("answers/<int:answer>/", answers.show_answer, name="answer"),
    path("follow/", following.follow, name="follow"),
    path("follow/<str:token>/", following.followed, name="followed"),
    path("follow/<str:token>/end/", following.unfollow, name="unfollow"),
    path("feed/", catalogue.feed, name="feed"),
]

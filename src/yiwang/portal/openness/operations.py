"""Operations of openness."""

WRITE = "openness.item.write"
PUBLISH = "openness.item.publish"
IMPORT = "openness.batch.import"
ARCHIVE = "openness.answer.publish"
LOAD = "openness.city.load"
FOLLOW = "openness.follow.change"
SEND = "openness.alerts.send"

"""Operations of the group of sites."""

EDIT = "sites.page.edit"
PUBLISH = "sites.page.publish"
WITHDRAW = "sites.page.withdraw"
KEEP_FILE = "sites.file.keep"
LOAD = "sites.group.load"

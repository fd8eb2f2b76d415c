"""first look"""

import pytest

pytestmark = pytest.mark.journey


def test_inbox(visit):
    officer = visit("service_centre.window")
    officer.go("/desk/")
    officer.look("desk-inbox")

"""What the city says of itself in ``cities/<code>/city.yaml``, as far as pages and sign-in need it."""

import json

from yiwang.identity.definitions import CityDefinition
from yiwang.kernel.errors import DefinitionRefused
from yiwang.packs.strict_yaml import parse
from yiwang.platform.environment import ROOT, environment

_path = ROOT / "cities" / environment().city / "city.yaml"
_parsed = parse(_path.read_bytes(), f"cities/{environment().city}/city.yaml")
if _parsed.problems:
    raise DefinitionRefused(problems=tuple(_parsed.problems))
_city = CityDefinition.model_validate_json(json.dumps(_parsed.data))

YIWANG_CITY_NAME = _city.name
YIWANG_CITY_HOTLINE = _city.hotline
YIWANG_CITY_DIVISION = _city.division
YIWANG_VOTING = _city.voting
YIWANG_DEMONSTRATION = _city.demonstration
YIWANG_OFFICERS_NEED_SECOND_FACTOR = _city.officers_need_second_factor
#: Hosts at which a site of the group stands alone, with its code.
YIWANG_SITE_HOSTS = dict(_city.site_hosts)

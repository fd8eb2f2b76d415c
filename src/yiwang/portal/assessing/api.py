"""The door of the assessment."""

from yiwang.portal.assessing.commands.write_remark import LONGEST, write_remark
from yiwang.portal.assessing.kinds import scheme_in_force
from yiwang.portal.assessing.operations import READ, REMARK
from yiwang.portal.assessing.queries.assessments import assessment, assessments, behind, remarks

__all__ = [
    "LONGEST",
    "READ",
    "REMARK",
    "assessment",
    "assessments",
    "behind",
    "remarks",
    "scheme_in_force",
    "write_remark",
]

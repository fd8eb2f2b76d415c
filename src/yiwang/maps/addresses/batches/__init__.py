"""Files of addresses compared with the register: a job, its report, its result."""

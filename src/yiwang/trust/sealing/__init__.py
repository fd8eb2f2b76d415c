"""PAdES: put an organisation's seal on a PDF, and judge the seals on one."""

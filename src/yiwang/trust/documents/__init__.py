"""Letters, licences and seals set by Typst: untrusted strings go in as data, never as code."""

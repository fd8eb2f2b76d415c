"""The assessment (考评) of each department's disclosure work, by declared indicators."""

"""DMN 1.3 decisions: ``reading`` makes a model of a file, ``checks`` judges it, ``evaluation`` answers."""

"""The program's parts, one act a file; ``__main__.py`` beside this folder says what it reads."""

"""Severing (区分处理, Art. 37): parts of a document are taken out so that no tool brings them back.

A document is drawn page by page, what is marked is painted over, and a new file is made of the pictures
alone. Nothing of the old file goes into the new one except what could be seen: nothing is left to be found.
"""

"""The law of forms: which questions are asked, whether answers are right, and how they are shown again.

``walk`` decides what is visible, ``pages`` reads what a page sent, ``summary`` shows the answers, ``checks``
judges a form before it is applied.
"""

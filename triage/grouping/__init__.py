"""
What says the same, in four pure stages.

*normalize* makes texts comparable, *blocking* finds the pairs worth comparing,
*scoring* says how alike they are and why, *clustering* turns scores and people's
rulings into groups. None of them knows where texts are kept: ``store.group_index``
feeds them from SQLite, batch by batch.
"""

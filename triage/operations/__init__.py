"""
The verbs: each a pure function from current values to a ``Step``.

Nothing here reads or writes; the workspace hands in what is, and the journal applies
what comes out. A new verb is one function: undo, redo and history come by themselves.
"""

"""
The app in a browser: the same program, one process a tab, drawn by textual-serve.

What textual-serve leaves open is closed here: who may ask (``links``, ``addresses``,
``guard``), what an app's process is given (``app_process``), what is handed out and in
how many tabs (``server``).
"""

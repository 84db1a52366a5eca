"""
Secrets by reference: settings say where a password is, never what it is.

::

    env:NAME                an environment variable
    keyring:SERVICE/USER    the system's keyring
    file:PATH               a file that only its owner may read, whole
    command:WORDS           the first line a command prints; no shell reads the words

A reference is looked up when a source is about to be used, and not before.
"""

from triage.secrets.keeping import Place
from triage.secrets.reference import hidden, is_reference, resolve, write_back

__all__ = ["Place", "hidden", "is_reference", "resolve", "write_back"]

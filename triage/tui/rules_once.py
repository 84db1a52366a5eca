"""An app whose style rules are read once before its first frame."""

from __future__ import annotations

from textual.app import App


class RulesOnce(App[None], inherit_bindings=False):
    """
    Textual reads all rules anew for the first screen, though none has changed.

    That took a tenth of the time to a first frame. For the same reason an app names the
    rules of its first screen among its own: those that come later have all read anew.
    """

    def begin_in(self, theme: str) -> None:
        """Have a theme before anything is drawn; nobody is told, nothing changes."""
        self.set_reactive(App.theme, theme)
        self.stylesheet.set_variables(self.get_css_variables())

    def refresh_css(self, animate: bool = True) -> None:
        """Read all rules anew, unless nothing was drawn by them yet."""
        if self._dom_ready:
            super().refresh_css(animate=animate)
        else:
            self.stylesheet.update(self, animate=animate)

"""Textual's own table over the newest so many rows of a workspace."""

import sqlite3
import sys

from textual.app import App, ComposeResult
from textual.widgets import DataTable


class Table(App[None]):
    """Five columns; keys as the table has them."""

    def compose(self) -> ComposeResult:
        """The table."""
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        """Every row is handed over, since the table keeps them itself."""
        table = self.query_one(DataTable)
        table.add_columns("id", "age", "who", "what", "text")
        rows = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True).execute(
            "SELECT number, substr(received_at, 1, 10), author, title,"
            " substr(body, 1, 80) FROM feedback ORDER BY id DESC LIMIT ?",
            (int(sys.argv[2]),),
        )
        table.add_rows((str(row[0]), *row[1:]) for row in rows)
        table.focus()


if __name__ == "__main__":
    Table().run()

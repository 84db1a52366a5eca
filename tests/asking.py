"""People who asked for one thing at several places, and the ways back to them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import shops
from answering import a_shop, synced
from factories import an_incoming, imported
from servers.reply_shop import Shop, review
from servers.served import served
from servers.smtp import PASSWORD, SmtpServer, serving
from triage.model import Feedback, PainPoint, RoadmapItem, RoadmapStatus
from triage.workspace import Workspace

REPLIES = """
[replies]
shipped = "Hello {author|there}, {plan} is out. You wrote: {quote}"
promised = "We said: {promise}"
"""

POST = """
[sources.post]
connector = "smtp"
host = "127.0.0.1"
security = "none"
auth = "none"
address = "mara@studio.example"
"""
"""Settings of a mail server that is never reached."""


@dataclass(frozen=True, slots=True)
class Asked:
    """
    A workspace in which one thing was asked for and has shipped.

    Attributes:
        shop: Where Ann wrote reviews; they can be answered there.
        post: The server that mails go through.
    """

    workspace: Workspace
    shop: Shop
    post: SmtpServer
    point: PainPoint
    item: RoadmapItem

    def said(self, name: str) -> Feedback:
        """A feedback by its id."""
        return self.workspace.feedback(name)


@contextmanager
def asked(folder: Path, *, writes: bool = True) -> Iterator[Asked]:
    """
    Ann reviewed twice, Bo and Cy wrote mails, a machine and somebody unknown as well.

    f1 and f2 are reviews of Ann and of nobody known; f3 to f6 are of the mailbox: Bo,
    Bo again, Cy, and an address nobody reads.
    """
    shop = Shop(reviews=[review("a", author="Ann"), review("b", author="")])
    folder_of_shop = shops.install(folder / "installed")
    with served(shop.answer) as url, serving(SmtpServer()) as post:
        path = a_shop(folder, url, writes=writes)
        settings = path.with_suffix(".toml")
        secret = folder / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o600)
        settings.write_text(
            settings.read_text()
            + f'[sources.post]\nconnector = "smtp"\nhost = "127.0.0.1"\n'
            f'port = {post.port}\nsecurity = "none"\naddress = "mara@studio.example"\n'
            f'name = "Mara"\npassword = "file:{secret}"\n'
            f"writes = {str(writes).lower()}\n{REPLIES}"
        )
        assert folder_of_shop
        with Workspace(path) as workspace:
            synced(workspace, "reviews")
            told = (
                ("1", "Bo", "bo@customer.example", "Please let me export tags"),
                ("2", "Bo", "bo@customer.example", "Tags are still lost on export"),
                ("3", "Cy", "cy@other.example", "Export without tags is useless"),
                ("4", "Robot", "no-reply@other.example", "Your export has no tags"),
            )
            imported(
                workspace,
                [
                    an_incoming(
                        number, body, author=author, email=email, title="Export",
                        context={"message_id": f"m{number}@customer.example"},
                        raw=f"Message-ID: <M{number}@customer.example>\r\n"
                        f"References: <M0@x.example>\r\n\r\n{body}".encode(),
                    )
                    for number, author, email, body in told
                ],
            )  # fmt: skip
            every = [workspace.feedback(f"f{number}") for number in range(1, 7)]
            workspace.accept(every, "Tags are lost on export")
            point = workspace.pain_point("p1").pain_point
            item = workspace.plan("Export with tags", status=RoadmapStatus.SHIPPED)
            workspace.link(point, item)
            yield Asked(workspace, shop, post, point, item)

"""
What the address of a mail says about where its writer works: the registered domain.

Without a list of every registry's rules the registered part of a longer name can only
be told where the rule is well known: below generic endings (``com``, ``org``, ``io``)
and below countries whose names are registered directly, it is the last two labels;
below a country's own ``co``, ``com``, ``ac`` and the like, the last three. Where
neither tells, the whole is kept, and is a company of its own.
"""

from __future__ import annotations

import re

_PROVIDERS = """
    aim.com aliyun.com aol.com att.net bigpond.com bk.ru bluewin.ch bt.com
    btinternet.com centurylink.net charter.net comcast.net cox.net daum.net
    duck.com email.com fastmail.com fastmail.fm foxmail.com free.fr freenet.de
    gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com hanmail.net
    hey.com hotmail.be hotmail.co.uk hotmail.com hotmail.de hotmail.es hotmail.fr
    hotmail.it hushmail.com icloud.com inbox.com inbox.ru interia.pl juno.com
    laposte.net libero.it list.ru live.ca live.co.uk live.com live.de live.fr
    live.nl mac.com mail.com mail.ru mailbox.org me.com msn.com mozmail.com
    naver.com netscape.net o2.pl online.de ono.com optonline.net orange.fr
    outlook.at outlook.com outlook.de outlook.es outlook.fr pm.me posteo.de
    posteo.net privaterelay.appleid.com proton.me protonmail.ch protonmail.com
    qq.com rambler.ru rediffmail.com relay.firefox.com rocketmail.com runbox.com
    sapo.pt sbcglobal.net seznam.cz sfr.fr shaw.ca sina.com sky.com skynet.be
    sohu.com t-online.de telenet.be terra.com.br tiscali.it tuta.com tuta.io
    tutanota.com ukr.net uol.com.br users.noreply.github.com verizon.net
    virgilio.it virginmedia.com wanadoo.fr web.de wp.pl xtra.co.nz yahoo.ca
    yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.au yahoo.com.br
    yahoo.de yahoo.es yahoo.fr yahoo.it yandex.com yandex.ru yeah.net ymail.com
    zoho.com zohomail.com 126.com 163.com
"""
_STAND_INS = "inbox.example letters.example mail.example post.example"
"""What a made-up provider is called, here and in the demo: nobody can register it."""

PUBLIC = frozenset(_PROVIDERS.split()) | frozenset(_STAND_INS.split())
"""Who gives an address to anybody: one that ends in these names no company."""

_HOSTS_OF_MANY = """
    appspot.com github.io gitlab.io herokuapp.com myshopify.com netlify.app
    onmicrosoft.com pages.dev vercel.app workers.dev zendesk.com
"""
_SHARED = frozenset(_HOSTS_OF_MANY.split())
"""Whose names below them belong to one customer each."""

_SECOND_LABELS = """
    ac asn co com ed edu firm gen go gob gouv gov gv id in ind info ltd me mil mod
    ne net nhs nom or org plc police press re res sch web
"""
_BELOW_A_COUNTRY = frozenset(_SECOND_LABELS.split())
"""What countries put between their own ending and a registered name."""

_COUNTRIES = """
    ac ag ai am at be bg by ca cc ch cl cn co cz de dk ee es eu fi fm fr gg gl gr
    hr hu ie im in io is it jp kr la li lt lu lv me mx nl no nu nz pl pm pt pw ro
    rs ru sc se sg sh si sk so st su tl to tv tw ua uk us vc ws
"""
_DIRECT = frozenset(_COUNTRIES.split())
"""Countries below which anybody registers a name directly, beside the above."""

_HOST = re.compile(r"[^\s@/:]+\.[^\s@/:.\d][^\s@/:.]*")
_LONGEST = 253


def company_domain(email: str) -> str:
    """The registered domain an address belongs to; "" for none or a public provider."""
    host = email.rpartition("@")[2] if "@" in email else ""
    domain = registered(host)
    return "" if domain in PUBLIC or is_public(host) else domain


def is_public(host: str) -> bool:
    """Whether a provider gives addresses at this host to anybody."""
    labels = _tidied(host).split(".")
    return any(".".join(labels[at:]) in PUBLIC for at in range(len(labels) - 1))


def registered(host: str) -> str:
    """The part of a host somebody registered; "" where it is no name of a host."""
    name = _tidied(host)
    if len(name) > _LONGEST or not _HOST.fullmatch(name):
        return ""
    labels = name.split(".")
    if "" in labels:
        return ""
    last = labels[-2:]
    if ".".join(last) in _SHARED:
        return ".".join(labels[-3:])
    if len(last[-1]) > 2:
        return ".".join(last)
    if last[0] in _BELOW_A_COUNTRY:
        return ".".join(labels[-3:])
    return ".".join(last) if last[-1] in _DIRECT else name


def _tidied(host: str) -> str:
    return host.strip().rstrip(".").casefold()

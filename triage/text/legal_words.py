"""What companies put under their mails, and what no customer writes so much of."""

from __future__ import annotations

from typing import Final

from triage.text.listed import phrases

_STRONG: Final = phrases(
    """
    intended recipient | intended solely | intended only | solely intended |
    solely for the use | for the sole use | use of the individual | named addressee |
    notify the sender | notify us immediately | richtige adressat |
    richtiger adressat | vorgesehene empfänger | rechtmäßiger empfänger |
    ausschließlich für den | absender informieren | informieren sie bitte sofort |
    destinataire | expéditeur | destinatari | remitente | mittente | remetente |
    geadresseerde | tiltænkte modtager | rette modtager | rette mottaker |
    tiltenkte mottaker | avsedda mottagaren | avsedd mottagare | afsender |
    avsender | avsändaren | tarkoitettu vastaanottaja | vastaanottajalle |
    adresat | nadawc | adresát | odesílatel | получател | адресат | отправител |
    alıcı | gönderen kişi | göndereni | címzett | feladó | 受信者 | 受取人 | 送信者 |
    收件人 | 收件者 | 发件人 | 寄件者 | 수신인 | 수신자 | 발신인 | 발신자
    """
)
_WEAK: Final = phrases(
    """
    confidential | privileged | unauthori | in error | dissemination | prohibited |
    virus | delete | disclos | copying | legally protected | attachment |
    vertraulich | irrtümlich | unbefugt | vernichten | rechtlich geschützt |
    nicht gestattet | löschen | anhänge | confidentiel | par erreur | interdite |
    interdit | usage exclusif | supprimer | détruire | confidencial | por error |
    prohibid | eliminar | bórrelo | legalmente | riservat | confidenzial |
    per errore | vietat | cancellar | confidencia | por engano | proibid | apague |
    vertrouwelijk | ten onrechte | niet toegestaan | verwijder | fortrolig |
    konfidentiel | konfidensiel | ved en fejl | ved en feil | av misstag | slet |
    slett | radera | ulovlig | otillåten | luottamuksell | erehdyksessä | poista |
    kielletty | poufn | omyłkowo | zabronion | usun | usuń | důvěrn | omylem |
    zakázán | smaž | vymaž | конфиденциальн | по ошибке | запрещен | удалит |
    gizli | yanlışlıkla | yasak | siliniz | bizalmas | tévedésből | tilos |
    törölje | 機密 | 誤って | 削除 | 禁止 | 秘密 | 保密 | 机密 | 機密 | 误收 | 错误 |
    删除 | 刪除 | 기밀 | 비밀 | 잘못 | 삭제 | 금지
    """
)
_LONG: Final = 60
"""Characters a disclaimer has at least, in the scripts that need fewest."""


def is_legal(said: str) -> bool:
    """Tell a disclaimer, in lower case, by its words: whom it is for, and two more."""
    return (
        len(said) >= _LONG
        and any(word in said for word in _STRONG)
        and sum(word in said for word in _STRONG + _WEAK) >= 3
    )


def is_named(said: str) -> bool:
    """Tell whether what calls itself a notice has a word of one in it."""
    return any(word in said for word in (*_STRONG, *_WEAK, "environment", "printing"))

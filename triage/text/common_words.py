"""
Short everyday words that give a language away, for texts too short to count letters.

Written down by hand: function words, and what people say of a product in two words. A
word that several languages share stands under each of them, so it decides nothing
between those and still rules out the rest.
"""

from __future__ import annotations

WORDS: dict[str, str] = {
    "en": """
        the and is it this that was are you your my i'm it's don't doesn't can't won't
        not very good great bad best love nice app apps please fix works with for but
        have has been would when just they what there from worst awful excellent after
        update crash crashes keeps always never would amazing awesome useless money i
        of to on in so too all waste hate easy cool perfect thanks thank no yes ok
    """,
    "fr": """
        le la les un une des du de et est c'est je tu il elle nous vous pas ne n'est
        j'ai très tres trop bien mais pour avec sur dans que qui ça sa ce cette mon ma
        mes son ses bonne bon application appli depuis mise jour marche plus rien tout
        toujours jamais impossible merci dommage génial utile pratique facile nul nulle
        parfait complet fonctionne au aux à d'installer l'application en deux être suis
        satisfait déçu contente content dire bravo
    """,
    "de": """
        der die das und ist nicht ich ein eine einen mit für auf von zu den dem des es
        sie wir ihr im am wie auch nur noch sehr gut schlecht aber wenn leider immer
        nie kein keine kann habe hat sind war bitte mehr seit nach beim super toll
        schön geht funktioniert alles nichts echt danke ja nein oder wird schon app
    """,
    "es": """
        el la los las un una unos es y de que en muy no se lo le con por para pero más
        mas mi me su todo nada bien mal bueno buena malo mala está esta este son fue
        hay como cuando porque gracias desde puedo puede excelente hotel habitación
        aplicación trato personal recomendable sucio ideal genial peor mejor siempre
        nunca al del ya sin muchas mucho ver
    """,
    "it": """
        il lo la gli le un una è e di che non per con ma molto bene male bello brutto
        sono ho ha hai questo questa della del dei alla nel anche più sempre mai ottima
        ottimo buona buono purtroppo perché funziona niente tutto grazie dopo quando
        applicazione fa schifo davvero
    """,
    "pt": """
        o a os as um uma e é de que não nao em para com mas muito bom boa ruim do da
        dos das no na meu minha isso este esse está tá você vc só mais melhor pior
        ótimo otimo ótima aplicativo gostei adorei consigo funciona tudo nada obrigado
        quando depois sempre nunca foi tem são por se ele
    """,
    "nl": """
        de het een en is niet ik je van dat die met voor op te zijn maar wel ook heel
        erg goed slecht geen meer werkt nog als aan bij naar wat kan moet waarom altijd
        nooit leuk mooi fijn handig jammer sinds deze mijn heeft wordt dit om er
    """,
    "sv": """
        och är det att jag inte en ett på för med som den till har av men mycket bra
        dålig dåligt så kan man om mig vi ni när funkar fungerar bara också från eller
        alltid aldrig mina min ingen inget sedan appen tyvärr
    """,
    "no": """
        og er det at jeg ikke en et på for med som den til har av men veldig bra god
        godt dårlig
        så kan man om meg vi når fungerer bare også fra eller alltid aldri min ingen
        etter dessverre deg hun blir noe helt mye fram sin etter disse gjør gjøre være
        hvor midt ut opp
    """,
    "da": """
        og er det at jeg ikke en et på for med som den til har af men meget godt god
        dårlig så kan man om mig vi når virker bare også fra eller altid aldrig min
        ingen noget efter desværre dig hvad blev blevet hvordan mere bliver nej uden
    """,
    "fi": """
        ja on ei se että en oli niin kun mutta tai myös kuin nyt hyvä huono tosi todella
        ihan vain vielä aina eikä ole olen ovat tämä sen joo joku mikä miten minä sinä
        mulla ette mun sun kyllä just siis näin kiitos toimii pysty voi
    """,
    "pl": """
        i w nie się jest na to że z do jak ale za tak bardzo dobra dobry słaba po dla
        mi mnie od już tylko czy co polecam działa super przez ta ten są było może
    """,
    "cs": """
        a je se na to že ne v s ale jak za tak velmi dobrá dobrý špatný pro mi mě od
        už jen co jsem jsou není ani ještě při který která nebo když bych není díky
        dobře taky moc
    """,
    "sk": """
        a je sa na to že nie v s ale ako za tak veľmi velmi dobrá dobrý dobre pre mi ma
        od už len čo som sú aj ani ešte pri ktorý ktorá alebo keď by bola bolo prístup
        ochota ochotný ochotny personál personal spokojnosť spokojná odporúčam hodinu
        ďakujem vďaka jedlo super všetko skvelé pani lekár
    """,
    "hr": """
        i je se na da ne u s ali kao za tako vrlo jako dobra dobar dobro loše od već
        samo što sam su nije ni još pri koji koja ili kad bi bila bilo preporučam
        odlična odlično odlican odlicna fino ukusno hrana pizza dostava sve malo nema
        super kasnite sata kuna previše previse bez hvala najbolja bolje hladno
    """,
    "sl": """
        in je se na da ne v z ali kot za tako zelo dobra dober od že samo kaj sem so ni
        še pri ki lahko tudi pa če bi bila bilo zakaj deluje hvala
    """,
    "hu": """
        a az és nem hogy egy van is ez de csak már ha meg mint nagyon jó rossz még ki
        volt lehet kell mert minden után sem köszönöm működik
    """,
    "ro": """
        și si este nu că de la în cu pe un o sa să mai dar foarte bun bună pentru care
        sunt am ai ce din merge aplicația asta prea tot doar mulțumesc
    """,
    "tr": """
        ve bir bu çok cok da de için icin ne var yok ama gibi daha en iyi kötü güzel
        guzel değil degil mi mı her şey ben sen o kadar sonra olarak ile tavsiye ederim
        berbat harika ürün film oldu olan hiç süper
    """,
    "vi": """
        là và không ko k được dc cho của có này rất tốt đẹp thì mà những một với người
        khi cũng còn như nhưng máy mình tôi đã sẽ ra vào quá lắm em anh nha mua dùng
        khong cua nhung minh dep rat qua moi nguoi hinh thua nhiên duoc tot
    """,
    "id": """
        dan yang di ini itu tidak tdk gak ga nggak ngga bisa tapi dengan untuk ada saya
        aku aplikasi aplikasinya bagus sangat banget lagu iklan kenapa sudah udah dari
        ke juga sih nya jelek mantap keren suka terus kalau kalo buat lagi jadi karena
        enak tolong makanan tempat tempatnya enak lah kok dong baik lebih semua
    """,
    "ms": """
        dan yang di ini itu tidak tak boleh tapi dengan untuk ada saya aplikasi bagus
        sangat sebab kerana macam nak kena awak dah lah
    """,
    "tl": """
        ang ng sa na ay mga ko mo ka hindi po naman ito yung lang kasi pa din rin
        maganda ganda sana pero kayo wala talaga
    """,
    "ca": "el la els les i és amb no que molt però per als del dels aquesta aquest",
    "et": "ja on ei see et ma mis kui väga hea aga ka oma mitte veel nii ning",
    "ru": """
        и в не на что это я с как но все очень по из за то так бы мне у же вы только
        еще было нет приложение после хорошо плохо
    """,
    "uk": """
        і в не на що це я з як але все дуже по за то так мені у вже ви тільки ще було
        немає після добре погано та є
    """,
    "bg": """
        и в не на че това аз с като но всичко много по от за то така ми ви само още
        беше няма филм филма филмче филмът става супер си да е са ще бива страхотен
        страхотно страшен уникален забавно великолепен великолепно ефектен хубав хубаво
        добър добре слаб силен готин готино перфектен гениален определено струва яко
        смях най бих съм иска
    """,
    "sr": """
        и у не на да је са као али све веома за то тако ми само још било нема није ово
        али што сам су
    """,
    "mk": """
        и во не на дека ова јас со како но сѐ многу од за тоа така ми само уште беше
        нема е се ќе
    """,
}
"""Words in lower case, by language."""


def by_word() -> dict[str, tuple[str, ...]]:
    """Each word with the languages it is at home in."""
    homes: dict[str, list[str]] = {}
    for language, words in WORDS.items():
        for word in dict.fromkeys(words.split()):
            homes.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in homes.items()}

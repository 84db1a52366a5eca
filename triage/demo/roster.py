"""Who pays us, and who writes alone: invented companies and invented names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Company:
    """
    A paying company.

    Attributes:
        revenue: Euros per month.
        staff: Names; "@XX" after one means that person lives in another country.
    """

    name: str
    domain: str
    segment: str
    plan: str
    revenue: int
    country: str
    staff: tuple[str, ...]


# fmt: off
COMPANIES = (
    Company("Hallveig Försäkring", "hallveig.example", "Enterprise", "Enterprise", 6400, "SE",
            ("Maria Lindqvist", "Oskar Hedlund", "Ebba Sandström", "Johan Ekdahl")),
    Company("Brunner & Alder", "brunner-alder.example", "Enterprise", "Enterprise", 7200, "DE",
            ("Jonas Weber", "Katharina Vogt", "Matthias Roth", "Sabine Krämer", "Anil Deshmukh@GB")),
    Company("Orbit Freight Group", "orbitfreight.example", "Enterprise", "Enterprise", 5100, "US",
            ("Denise Calloway", "Marcus Whitfield", "Priya Raman", "Todd Ostrowski")),
    Company("Castellan Mutual", "castellan-mutual.example", "Enterprise", "Enterprise", 9600, "US",
            ("Renee Halvorsen", "Brian Tolliver", "Angela Ruiz", "Kwame Asante", "Lori Petrakis")),
    Company("Kestrel Water", "kestrelwater.example", "Enterprise", "Enterprise", 4300, "GB",
            ("Fiona Drummond", "Gareth Pugh-Jones", "Nadia Rahman", "Colin Astley")),
    Company("Groupe Valmorel", "valmorel.example", "Enterprise", "Enterprise", 5800, "FR",
            ("Claire Fontanel", "Thibault Marchand", "Aurélie Besson", "Youssef Kaddour")),
    Company("Meridiana Energía", "meridiana.example", "Enterprise", "Enterprise", 3900, "ES",
            ("Lucía Barreiro", "Andrés Quintana", "Marta Solís")),
    Company("Kitamura Precision", "kitamura-precision.example", "Enterprise", "Enterprise", 4700, "JP",
            ("Yuki Tanabe", "Haruto Mizuno", "Ayaka Shimada", "Kenji Okabe")),
    Company("Sungrove Biotech", "sungrove.example", "Enterprise", "Enterprise", 4100, "KR",
            ("Hye-jin Park", "Min-ho Seo", "Ji-woo Han")),
    Company("Instituto Ribalta", "ribalta.example", "Enterprise", "Enterprise", 2900, "BR",
            ("Tomás Ferreira", "Camila Azevedo", "Rafael Moura")),
    Company("Nordfjell Kraft", "nordfjell.example", "Enterprise", "Enterprise", 3300, "NO",
            ("Ingrid Solbakken", "Sindre Haugland", "Astrid Nygaard")),
    Company("Aldergate Actuarial", "aldergate.example", "Enterprise", "Enterprise", 2600, "GB",
            ("Helen Partridge", "Rohan Mehta", "Simon Cray")),
    Company("Thistle & Crane LLP", "thistlecrane.example", "Mid-market", "Team", 880, "GB",
            ("Eleanor Marsh", "Dominic Farrow", "Aisha Bello")),
    Company("Wattle Environmental", "wattle-env.example", "Mid-market", "Team", 640, "AU",
            ("Bronwyn Keats", "Liam Donnelly", "Sunita Pillai")),
    Company("Feldmann Ingenieure", "feldmann-ing.example", "Mid-market", "Team", 720, "DE",
            ("Thomas Feldmann", "Birgit Hansen", "Emre Yıldız")),
    Company("Maple Ridge Planning", "mapleridge.example", "Mid-market", "Team", 560, "CA",
            ("Geneviève Roy", "Scott MacAllister", "Harpreet Gill")),
    Company("Cordillera Consultores", "cordillera.example", "Mid-market", "Team", 480, "CL",
            ("Valentina Rojas", "Ignacio Paredes")),
    Company("Van Houten Advies", "vanhouten-advies.example", "Mid-market", "Team", 520, "NL",
            ("Sanne de Groot", "Bart Vermeulen", "Femke Postma")),
    Company("Baltica Audyt", "baltica-audyt.example", "Mid-market", "Team", 440, "PL",
            ("Agnieszka Nowicka", "Piotr Zawada")),
    Company("Studio Legale Corsi", "legale-corsi.example", "Mid-market", "Team", 390, "IT",
            ("Giulia Corsi", "Matteo Ferrante")),
    Company("Pendle Housing Trust", "pendlehousing.example", "Mid-market", "Team", 610, "GB",
            ("Janet Ogden", "Imran Sheikh")),
    Company("Sixpenny Studio", "sixpenny.example", "Agency", "Team", 420, "GB",
            ("Tess Holloway", "Jack Okonkwo", "Bea Lindsay")),
    Company("Lichtspiel Agentur", "lichtspiel.example", "Agency", "Team", 540, "DE",
            ("Nora Beck", "Florian Stadler", "Leonie Kurz")),
    Company("Atelier Brume", "atelier-brume.example", "Agency", "Team", 360, "FR",
            ("Margaux Lenoir", "Hugo Delattre", "Inès Caron")),
    Company("Mar Aberto Conteúdo", "maraberto.example", "Agency", "Team", 330, "BR",
            ("Beatriz Nogueira", "Thiago Pacheco", "Larissa Prado")),
    Company("Foxglove & Daughters", "foxglove-daughters.example", "Agency", "Team", 690, "US",
            ("Megan Foxglove", "Darnell Pierce", "Sofia Castellano", "Wes Grantham")),
    Company("Kobalt Redaktion", "kobalt-redaktion.example", "Agency", "Team", 470, "AT",
            ("Verena Gruber", "Lukas Steiner")),
    Company("Papel y Tinta", "papelytinta.example", "Agency", "Team", 280, "AR",
            ("Florencia Gatti", "Joaquín Ledesma")),
    Company("Hanok Creative", "hanok-creative.example", "Agency", "Team", 350, "KR",
            ("Da-eun Lim", "Sang-woo Yoo")),
    Company("Snöfall Byrå", "snofall.example", "Agency", "Team", 310, "SE",
            ("Linnea Åkesson", "Viktor Brandt")),
    Company("University of Westermoor", "westermoor.example", "Education", "Team", 260, "GB",
            ("Owen Tregear", "Judith Amery", "Chloe Sandhu")),
    Company("Hochschule Grünau", "hs-gruenau.example", "Education", "Team", 210, "DE",
            ("Clara Neumann", "Felix Arnold", "Miriam Osei")),
    Company("Université de Saint-Alban", "saint-alban.example", "Education", "Team", 190, "FR",
            ("Élodie Garnier", "Bastien Morel")),
    Company("Lakeshore College", "lakeshore-college.example", "Education", "Team", 240, "US",
            ("Hannah Brandvold", "Carlos Inzunza", "Deja Monroe")),
    Company("Universidade do Vale", "univale.example", "Education", "Team", 170, "BR",
            ("Inês Carvalho", "Duarte Pimentel")),
)

ALONE = (
    ("Rosalind Pike", "rosalindwrites", "Pro", "GB"),
    ("Caleb Norwood", "caleb_n", "Pro", "US"),
    ("Tamsin Yeo", "tamsinyeo", "Free", "GB"),
    ("Marguerite Olsen", "margo_olsen", "Pro", "US"),
    ("Dev Kapoor", "devk_writes", "Free", "IN"),
    ("Ruth Abelson", "ruth.abelson", "Pro", "US"),
    ("Finn Gallagher", "finnegain", "Free", "IE"),
    ("Zara Whitlock", "zarawhitlock", "Pro", "AU"),
    ("Emeka Obi", "emeka_obi", "Free", "NG"),
    ("Leah Brandt", "latenightleah", "Free", "US"),
    ("Graham Stott", "gstott1961", "Pro", "GB"),
    ("Paige Turner-Hall", "paigeturnerhall", "Pro", "NZ"),
    ("Miles Draycott", "milesd", "Pro", "CA"),
    ("Noor Haddad", "noorbynight", "Free", "GB"),
    ("Sebastian Kroll", "kroll_schreibt", "Pro", "DE"),
    ("Annika Thiele", "annikathiele", "Free", "DE"),
    ("Heike Baumann", "heikeb", "Pro", "DE"),
    ("Reto Zbinden", "reto_z", "Pro", "CH"),
    ("Camille Arnoux", "camillearnoux", "Pro", "FR"),
    ("Lucas Berthier", "lucas_these", "Free", "FR"),
    ("Maëlle Kervran", "maelle.k", "Free", "FR"),
    ("Olivier Stassin", "ostassin", "Pro", "BE"),
    ("Paula Iribarne", "paula_iri", "Free", "ES"),
    ("Diego Santillán", "dsantillan", "Pro", "MX"),
    ("Carmen Ortuño", "carmenescribe", "Pro", "ES"),
    ("Mateo Villalba", "mateov", "Free", "AR"),
    ("Juliana Teixeira", "juteixeira", "Free", "BR"),
    ("Henrique Salgado", "hsalgado", "Pro", "BR"),
    ("Bruna Maciel", "brunamaciel_", "Free", "BR"),
    ("Sakura Inoue", "sakura_no_nikki", "Free", "JP"),
    ("Ren Matsuda", "ren_m", "Pro", "JP"),
    ("Mei Hoshino", "hoshimei", "Pro", "JP"),
    ("Seo-yeon Kang", "seoyeon_k", "Free", "KR"),
    ("Tae-yang Moon", "moonty", "Pro", "KR"),
    ("Elin Forsberg", "elinforsberg", "Pro", "SE"),
    ("Nils Wallin", "nilswallin", "Free", "SE"),
    ("Joost van Dam", "joostvandam", "Pro", "NL"),
    ("Chiara Lombardi", "chiara_l", "Free", "IT"),
    ("Lorenzo Bassi", "lorebassi", "Pro", "IT"),
    ("Zofia Kaczmarek", "zofiak", "Pro", "PL"),
)

STRANGERS = {
    "en": (
        "lumen_22", "mikeonline", "Sarah K.", "bookish.bex", "T. Harlow", "quietkeys", "JJ", "inkstained_", "Dan the drafter",
        "pageone", "K. Osei", "notarobot77", "Beth R", "oldmanwriting", "footnote_fan", "R Chaudhry", "procrastinatrix", "gabe.w",
        "Ms. Delaney", "wordy_bird", "paulinthepark", "A. Mercer", "second_draft", "hank_m", "Lottie", "draftzero", "sysadmin_sue",
        "tomthetutor", "nightshift_nell", "cjwrites", "V. Osborne", "marginalia", "beardedscribe", "Priti S", "ghostwriter_gal",
        "deskofdoom", "Rob from Leeds", "kaylas_novel", "thesis_or_bust", "Mr P", "commabandit", "Steph", "longform_lou", "ed_itor",
        "slowreader", "Ian M.", "halfabook", "tabletop_tina", "ozwriter", "Grandpa Joe", "xX_prose_Xx", "maddie.m", "B. Lindholm",
        "papercut99", "scrivenerd", "alex", "Googler 4471", "annotated", "thirdcoffee", "D. Abiodun", "latenightlibrary", "mjh",
        "plotbunny", "Ursula", "redpenrita", "captain_caption", "F. Nakamura", "writeclub", "hollyhocks", "Jen & Co", "tired_phd",
        "Kev", "archive.mouse", "sentence_fragment.", "nopasaran", "W. Tetlow", "bigredbook", "moth_to_page", "anon", "Charlie T",
    ),
    "de": (
        "Schreibtischtäter", "M. Lorenz", "tintenklecks", "Jule", "Bücherwurm88", "Herr Krause", "nachteule_", "PetraS", "Kapitel13",
        "A. Wiesner", "seitenweise", "Rolf aus Kiel", "lektorin_lena", "Doktorandin", "T. Mayr", "querleser", "FrauHolle", "Basti",
    ),
    "fr": (
        "plume_libre", "Véro", "J-P Martel", "thesarde", "encre.bleue", "Nico_lyon", "Mme Roussel", "petitpoint", "Karim B.",
        "la_virgule", "Sophie T.", "manuscrit42",
    ),
    "es": ("tintero", "Marisol G.", "juanescribe", "la_novelista", "R. Peña", "lectora_voraz", "Nacho", "punto_y_coma", "Abril V."),
    "pt": ("escritora_sp", "Gui", "Dona Lourdes", "tcc_na_marra", "rafa.escreve", "Patrícia M.", "caneta_azul", "leitor_br", "Vini"),
    "ja": ("もじもじ", "yamaneko", "原稿用紙", "夜更かし", "K.S.", "つばめ", "締切三秒前", "ぽんず"),
    "ko": ("밤하늘", "글쓰는곰", "minji0412", "논문지옥", "커피세잔", "hangul_lover"),
    "sv": ("skrivkramp", "Lotta", "B. Öhman"),
    "nl": ("schrijfster_", "Wout"),
    "it": ("pennarossa", "Ale", "nottambula"),
    "pl": ("piórko", "Kasia W."),
}
"""Reviewers and posters we know by nothing but what they call themselves."""

RENEWALS = {
    "Brunner & Alder": (74, "yes"), "Orbit Freight Group": (61, "yes"),
    "Castellan Mutual": (55, "yes"), "Kestrel Water": (80, "yes"),
    "Groupe Valmorel": (47, "yes"), "Meridiana Energía": (38, "no"),
    "Kitamura Precision": (66, "yes"), "Instituto Ribalta": (30, "yes"),
    "Thistle & Crane LLP": (83, "yes"), "Feldmann Ingenieure": (52, "yes"),
    "Van Houten Advies": (44, "no"), "Pendle Housing Trust": (71, "yes"),
    "Sixpenny Studio": (58, "yes"), "Lichtspiel Agentur": (35, "yes"),
    "Atelier Brume": (26, "no"), "Foxglove & Daughters": (77, "yes"),
    "Snöfall Byrå": (64, "no"), "Lakeshore College": (41, "yes"),
}
"""How many days ago a company's year was up, and whether it renewed."""

OUTSIDERS = (
    ("Brad Sterling", "brad@rank-fast.example"),
    ("Content Team", "outreach@linkgarden.example"),
    ("Wallet Desk", "no-reply@coin-claim.example"),
    ("Tyler Banks", "tyler@meetings-machine.example"),
    ("Toner-Discount24", "angebot@toner-discount24.example"),
    ("Naomi Feldstein", "naomi@longread-weekly.example"),
)
"""Who writes to us without being a customer."""
# fmt: on

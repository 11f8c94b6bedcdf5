"""The words of the publication made by hand."""

from admin_scripts.publication import Group

REASONS = {
    "missing:skipped": {"it": "Nessuna risposta", "en": "No answer"},
    "missing:prefer_not": {"it": "Preferisce non rispondere", "en": "Prefers not to say"},
    "missing:dont_know": {"it": "Non so", "en": "Don’t know"},
}
FINANCE = Group(("risorse_finanziarie",), {"it": "Risorse finanziarie e patrimonio", "en": "Finance and assets"})
WORKS = Group(("infrastrutture",), {"it": "Infrastrutture e mobilità", "en": "Infrastructure and mobility"})
LAND = Group(("ambiente",), {"it": "Ambiente e tutela del territorio", "en": "Environment and land protection"})
REST = Group(
    ("generale", "risorse_umane", "digitale"),
    {
        "it": "Direzione generale + Risorse umane + Servizi digitali",
        "en": "General Directorate + Human resources + Digital services",
    },
)
SERVICES = {"it": "I servizi ai Comuni", "en": "Services to municipalities"}
OBSTACLES = {"it": "Ostacoli", "en": "Obstacles"}
OPINIONS = {
    "it": "Quanto è d'accordo con queste affermazioni?",
    "en": "How much do you agree with these statements?",
}
LAST = {"it": "Per finire", "en": "To conclude"}
SUPPORTERS = "${supporta} = 1"
SUPPORTERS_WORDS = {"it": "chi lavora per i Comuni", "en": "those who work for the municipalities"}
MUCH = {
    "prevalente": {"it": "La maggior parte", "en": "Most of it"},
    "parte": {"it": "Una parte", "en": "Some of it"},
    "marginale": {"it": "Poco", "en": "Little of it"},
    "nulla": {"it": "Niente", "en": "None of it"},
}
LEVEL = {
    "tutti": {"it": "Sì, tutti", "en": "Yes, all of them"},
    "parte": {"it": "Sì, solo una parte", "en": "Yes, only some"},
    "nessuno": {"it": "No, nessuno", "en": "No, none of them"},
}
MONITORED = {
    "report": {"it": "Report periodico", "en": "Periodic report"},
    "indicatori": {"it": "Indicatori nel piano della performance", "en": "Indicators in the performance plan"},
    "verifiche": {"it": "Incontri di verifica con i Comuni", "en": "Review meetings with municipalities"},
    "nessuno": {"it": "Nessun monitoraggio", "en": "No monitoring"},
}
AGREEMENT = {
    "1": {"it": "Per niente d'accordo", "en": "Strongly disagree"},
    "2": {"it": "Poco d'accordo", "en": "Disagree"},
    "3": {"it": "Né d'accordo né in disaccordo", "en": "Neither agree nor disagree"},
    "4": {"it": "Abbastanza d'accordo", "en": "Agree"},
    "5": {"it": "Molto d'accordo", "en": "Strongly agree"},
}
STANCE = {
    "disagree": {"it": "In disaccordo", "en": "Disagree"},
    "neutral": {"it": "Né l'uno né l'altro", "en": "Neither"},
    "agree": {"it": "D'accordo", "en": "Agree"},
}
MEETINGS = {text: {"it": text, "en": text} for text in ("0–4", "5–9", "10–19", "20+")}
BARRIERS = {
    "norme": {"it": "Norme incomplete o poco chiare", "en": "Incomplete or unclear rules"},
    "personale": {"it": "Carenza di personale", "en": "Staff shortage"},
    "risorse": {"it": "Risorse economiche insufficienti", "en": "Insufficient funding"},
    "ritardi": {"it": "Ritardi nell'attuazione delle Zone", "en": "Delays in implementing the Zones"},
}
MARKS = {str(mark): {"it": str(mark), "en": str(mark)} for mark in range(11)}
ZONES = {
    "adda_martesana": {"it": "Adda Martesana", "en": "Adda Martesana"},
    "sud_ovest": {"it": "Sud Ovest", "en": "Sud Ovest"},
}

"""What tells who somebody is without a name: addresses, numbers, codes, accounts."""

import re

AT = r"(?:@|[(\[{<]\s?(?:at|chiocciola)\s?[)\]}>]|\bchiocciola\b)"
DOT = r"(?:\.|[(\[{<]\s?(?:dot|punto)\s?[)\]}>]|\s(?:dot|punto)\s)"
DOMAINS = "it|com|org|net|eu|info|gov|edu|biz"
SHORT_DOMAINS = "me|io|ly|be|gl|co|tv"
NETWORKS = "instagram|insta|telegram|facebook|tiktok|linkedin|whatsapp|skype|twitter|threads|mastodon"
OMOCODE = "[0-9lmnp-v]"
TELLING = re.compile(
    rf"{AT}\s*\w"  # e-mail, name of an account
    rf"|\w\s{{1,5}}at\s{{1,5}}[\w-]+{DOT}\s*\w{{2,}}"
    r"|\b(?:https?|ftp|mailto|tel|skype):\S"
    r"|\bwww\."
    rf"|\b[\w-]{{2,63}}\.(?:{DOMAINS})\b"  # address of a page
    rf"|\b[\w-]{{1,63}}\.(?:{SHORT_DOMAINS})/\w"
    rf"|\b(?:{NETWORKS})\s*[:/]\s*\w"
    r"|\b(?:matricola|badge|tessera|numero personale|personal number)\b\W{0,3}(?:n|nr|num|numero|no)?\W{0,3}\d"
    rf"|\b(?=[a-z\s]{{0,20}}\d)"  # tax code
    rf"[a-z]{{3}}\s?[a-z]{{3}}\s?{OMOCODE}{{2}}[abcdehlmprst]{OMOCODE}{{2}}\s?[a-z]{OMOCODE}{{3}}\s?[a-z]\b"
    r"|\b[a-z]{2}\d{3}[a-z]{2}\b"  # number plate
    r"|\b(?=(?:[a-z\s-]{0,6}\d){8})[a-z]{2}\d{2}[\s-]?(?:[a-z0-9]{4}[\s-]?){2,7}[a-z0-9]{1,4}\b"  # IBAN
    r"|\+?\d(?:[\s./()-]{0,2}\d){5,}",  # telephone, or a number of somebody
    re.IGNORECASE,
)
QUANTITY = re.compile(
    r"(?<![\d.,+])[1-9]\d{0,2}(?:\.\d{3}){1,2}(?:,\d+)?(?![\d]|[./-]\d)"  # 250.000
    r"|(?<![\d./-])\d{1,3}/(?:19|20)\d\d(?!\d|\s?[-./]\d)"  # law 56/2014
    r"|(?<![\d./-])(?:19|20)\d\d/\d{1,4}(?!\d|\s?[-./]\d)"  # regulation 2016/679
    r"|(?<!\d)(?:19|20)\d\d\s?[-/–]\s?(?:(?:19|20)\d\d|\d\d)(?!\d|\s?[-./]\d)"  # 2019-2020
)


def tells_somebody(cleaned: str) -> bool:
    """Whether a clean text holds an address, number or code of a person; an amount or a range of years is none."""
    return TELLING.search(QUANTITY.sub(" # ", cleaned)) is not None

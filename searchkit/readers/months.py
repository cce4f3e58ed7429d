"""The names of months and weekdays as papers of several languages write them."""

from __future__ import annotations

from typing import Final

_NAMES: Final = (
    "january jan januar jänner januari janvier janv enero ene gennaio gen janeiro",
    "february feb februar feber februari février févr fév fevrier febrero febbraio fevereiro fev",
    "march mar märz maerz mär mrz mars marts marzo março maart mrt",
    "april apr avril avr abril abr aprile",
    "may mai maj mayo maggio mag maio mei",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug augusti augustus août aout agosto ago",
    "september sept sep septembre septiembre setiembre settembre set setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez desember décembre déc decembre diciembre dic dicembre dezembro",
)
NUMBERS: Final = {name: number for number, row in enumerate(_NAMES, start=1) for name in row.split()}
"""Month → 1 to 12."""
MONTH: Final = rf"(?P<month>{'|'.join(sorted(NUMBERS, key=len, reverse=True))})\.?"
"""A month's name, as a regular expression."""
WEEKDAY: Final = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|(?:lune|marte|mercole|giove|vener)dì|sabato|domenica"
    r"|(?:segunda|terça|quarta|quinta|sexta)-feira"
    r"|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
    r"|m[åa]ndag|ti(?:s|rs)dag|onsdag|torsdag|fredag|l[öø]rdag|s[öø]ndag)"
)
"""A weekday's name or its abbreviation, as a regular expression."""

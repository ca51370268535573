"""The words for TRUE and FALSE, as spreadsheet programs show and take them in many languages."""

from __future__ import annotations

# Language → the words for true and for false; where they say TRUE and FALSE, none is needed.
WORDS: dict[str, tuple[str, str]] = {
    "Catalan": ("CERT", "FALS"),
    "Czech": ("PRAVDA", "NEPRAVDA"),
    "Danish": ("SAND", "FALSK"),
    "Dutch": ("WAAR", "ONWAAR"),
    "English": ("TRUE", "FALSE"),
    "Estonian": ("TÕENE", "VÄÄR"),
    "Finnish": ("TOSI", "EPÄTOSI"),
    "French": ("VRAI", "FAUX"),
    "German": ("WAHR", "FALSCH"),
    "Hungarian": ("IGAZ", "HAMIS"),
    "Indonesian": ("BENAR", "SALAH"),
    "Italian": ("VERO", "FALSO"),
    "Latvian": ("PATIESS", "APLAMS"),
    "Norwegian": ("SANN", "USANN"),
    "Polish": ("PRAWDA", "FAŁSZ"),
    "Portuguese": ("VERDADEIRO", "FALSO"),
    "Romanian": ("ADEVĂRAT", "FALS"),
    "Russian": ("ИСТИНА", "ЛОЖЬ"),
    "Spanish": ("VERDADERO", "FALSO"),
    "Swedish": ("SANT", "FALSKT"),
    "Turkish": ("DOĞRU", "YANLIŞ"),
    # Its small letters are others than those that the capital I has elsewhere.
    "Turkish, in small letters": ("doğru", "yanlış"),
    "Ukrainian": ("ІСТИНА", "ХИБНІСТЬ"),
}

_TRUTHS = {
    word.casefold(): value
    for words in WORDS.values()
    for word, value in zip(words, (True, False), strict=True)
}


def truth(text: str) -> bool | None:
    """What a word for TRUE or FALSE says, in any language and case; None for any other text.

    >>> truth("Wahr"), truth("faux"), truth("maybe")
    (True, False, None)
    """
    return _TRUTHS.get(text.strip().casefold())

"""Cologne phonetics, written from the rules of Hans Joachim Postel (IBM-Nachrichten 19, 1969)."""

ALWAYS = (
    dict.fromkeys("aeijouy", "0")
    | dict.fromkeys("fvw", "3")
    | dict.fromkeys("gkq", "4")
    | dict.fromkeys("mn", "6")
    | dict.fromkeys("sz", "8")
    | {"b": "1", "h": "", "l": "5", "r": "7"}
)


def code(word: str) -> str:
    """Letters a-z -> digits: "mueller" and "miler" -> "657"."""
    digits = "".join(_digit(word, at) for at in range(len(word)))
    # Doubles go before the zeros: in "mama" the two m are two sounds, in "amme" one.
    single = "".join(d for at, d in enumerate(digits) if at == 0 or d != digits[at - 1])
    return single[:1] + single[1:].replace("0", "")


def _digit(word: str, at: int) -> str:
    letter = word[at]
    before = word[at - 1] if at else ""
    after = word[at + 1] if at + 1 < len(word) else ""
    if letter in ALWAYS:
        return ALWAYS[letter]
    if letter == "p":
        return "3" if after == "h" else "1"
    if letter in "dt":
        return "8" if after and after in "csz" else "2"
    if letter == "x":
        return "8" if before and before in "ckq" else "48"
    return _c(before, after)


def _c(before: str, after: str) -> str:
    """C sounds like k before dark vowels and before l and r at the start, otherwise like z."""
    hard = "ahkoqux" if before else "ahkloqrux"
    return "4" if after and after in hard and before not in {"s", "z"} else "8"

"""All that speaks for and against one value of one field, as numbers: what its probability is made of.

Nothing here says how much a number weighs: :mod:`intake.extraction.confidence` does, by weights fitted on papers whose
values are known. A number means the same on every paper and at every stage: before the second reader was asked, after
its look at a crop, after it read the whole sheet. :mod:`intake.extraction.weighing` takes them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Weighed:
    """The evidence for one value. Shares and flags are 0 to 1; a *doubt* is log10(expected wrong characters) + 3.

    Who says it: ``both`` readers; the ``first_unasked`` (first reader alone, the second did not look),
    ``first_refused`` (it looked and says otherwise), ``second_alone``; and the printed ``code``. ``again``: the same
    reader says it twice, on the page and on the crop. ``wavers``: it says something else there too. ``rethought``: some
    of its characters are second thoughts of its readers.

    How surely: ``doubt`` over all the characters that bear the value, ``worst`` that of the single worst one; where two
    readers agree, that both are wrong there, and ``echo`` (how sure the first is of its worst character). The same
    apart for a value that the first says alone, or the second against the first (``first_…``, ``second_…``).

    What the other reader has there, where it does not say the same: ``open_size`` log(1 + characters in which they
    differ), ``open_share`` of the value, ``open_doubt`` of the speaker there, ``denied`` the other's mean confidence
    there, ``beyond`` (it goes on before the beginning or after the end), ``marks`` (they differ in punctuation alone),
    ``unheard`` (it looked and found nothing there).

    What else the paper says: ``contested`` (another value at another place as good: 0.5 by one reader, 1 by both),
    ``twofold`` (a caption of something near to it has another value: 组成形式 beside 类型).

    Grammar: ``problem``, ``note``, ``check_holds``, ``near`` (not a usual wording, but near to one), ``amended``
    (another reading is what a check character or lexicon would make of it), ``swallowed`` (a caption stands inside it),
    ``ragged`` (it begins or ends with a mark that parts things).
    Form: ``length`` log of the characters, ``lines`` beyond the first, ``long`` text.

    Place: ``stand_in`` (its caption labels something else), ``place_doubt`` 1 - quality, found ``by_pattern`` of
    running text, ``by_place`` on the page or ``by_shape`` alone.
    Picture: ``small_print`` (octaves below 24 pixels of the scan), ``disagreement`` of the readers on the other fields,
    ``first_hears``, ``second_hears`` badly (1 - median confidence on the page; a tenth where it did not read it).
    """

    kind: str
    both: float
    first_unasked: float
    first_refused: float
    second_alone: float
    code: float
    again: float
    wavers: float
    rethought: float
    echo: float
    doubt: float
    worst: float
    first_doubt: float
    first_worst: float
    second_doubt: float
    second_worst: float
    open_size: float
    open_share: float
    open_doubt: float
    denied: float
    beyond: float
    marks: float
    unheard: float
    contested: float
    twofold: float
    problem: float
    note: float
    check_holds: float
    near: float
    amended: float
    swallowed: float
    ragged: float
    length: float
    lines: float
    long: float
    stand_in: float
    place_doubt: float
    by_pattern: float
    by_place: float
    by_shape: float
    small_print: float
    disagreement: float
    first_hears: float
    second_hears: float


NAMES: tuple[str, ...] = tuple(one.name for one in fields(Weighed) if one.name != "kind")
"""The numbers' names, in order."""

RAISING = frozenset({"both", "echo", "code", "again", "check_holds"})
"""Numbers that may only make a value surer."""

EITHER_WAY = frozenset({"marks", "by_pattern"})
"""Numbers of which the fit tells the sign; all the others may only make a value less sure."""


def values(weighed: Weighed) -> tuple[float, ...]:
    """The numbers in the order of :data:`NAMES`."""
    return tuple(getattr(weighed, name) for name in NAMES)

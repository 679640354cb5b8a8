"""What was decided on a draft, as rows: each fact's word beside what had been read of it and where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from intake import review
from intake.types import CustomerFile, DraftCustomerFile, DraftFact
from intake.types import Decision as Word
from models.draft_rows import Decision


def rows(
    proposed: DraftCustomerFile,
    file: CustomerFile,
    words: Sequence[Word],
    acknowledged: frozenset[str],
    *,
    today: date,
) -> list[Decision]:
    """A row for each word, with the errors about its fact that were ticked; whose they are, the caller says."""
    values = {fact.fact: fact.value for fact in file.facts}
    facts = {fact.fact: fact for fact in proposed.facts}
    seen = (*proposed.findings, *review.open_errors(proposed, words, today=today))
    made = [_row(facts[word.fact], word, values.get(word.fact)) for word in words]
    for row in made:
        keys = dict.fromkeys(finding.key for finding in seen if row.fact in finding.fields)
        row.acknowledged = [key for key in keys if key in acknowledged]
    return made


def _row(fact: DraftFact, word: Word, value: str | None) -> Decision:
    source = fact.sources[0] if fact.sources else None
    return Decision(
        fact=fact.fact,
        action=word.action,
        value=value,
        read_value=fact.value,
        read_text=source.reading.text if source else None,
        read_confidence=fact.confidence,
        document_id=source.document_id if source else None,
        field=source.reading.field if source else None,
        reader=source.reading.reader if source else None,
    )

"""The tree of errors: who is at fault decides the branch, and the branch decides what happens next.

::

    IntakeError
    ├── InputError               the file: never retried, told to the sender
    │   ├── UnsupportedFileError     file.unsupported
    │   ├── EmptyFileError           file.empty
    │   ├── FileTooLargeError        file.too_large
    │   ├── DamagedFileError         file.damaged
    │   ├── EncryptedFileError       file.encrypted
    │   ├── TooManyPagesError        file.too_many_pages
    │   ├── TooManyPixelsError       file.too_many_pixels
    │   ├── UploadEmptyError         upload.empty
    │   ├── UnknownCaseNumberError   upload.unknown_case
    │   ├── NoneFitError             upload.none_fit
    │   ├── TooManyAtOnceError       upload.too_many_at_once
    │   ├── NoCameraError            camera.unavailable
    │   └── UnfitManifestError       manifest.unfit
    ├── EngineError              a tool: retried with growing pauses
    │   ├── EngineTimeoutError       engine.timeout
    │   ├── EngineCrashedError       engine.crashed
    │   ├── EngineOutputError        engine.output
    │   ├── StoreUnavailableError    store.unavailable
    │   ├── StoreDamagedError        store.damaged
    │   ├── DatabaseUnavailableError database.unavailable
    │   ├── DatabaseBusyError        database.busy
    │   ├── NoAnswerError            portal.no_answer
    │   ├── OutcomeUnknownError      portal.outcome_unknown
    │   ├── ConfirmationUnknownError review.outcome_unknown
    │   ├── PictureMissingError      picture.unavailable
    │   ├── SendingBrokenOffError    upload.broken_off
    │   ├── WorkBrokenOffError       job.lost
    │   ├── SourceUnreadableError    archive.source_unreadable
    │   ├── SourceChangingError      archive.source_changing
    │   ├── PackageIncompleteError   archive.package_incomplete
    │   ├── PackageUnwrittenError    archive.package_unwritten
    │   └── PackageHeldError         archive.package_held
    ├── SetupError               the installation: the process does not start
    │   ├── MissingExecutableError   setup.executable
    │   ├── MissingLanguageError     setup.language
    │   ├── MissingFontError         setup.font
    │   ├── InvalidSettingError      setup.setting
    │   ├── MissingSchemaError       setup.schema
    │   ├── AlreadyServingError      setup.already_serving
    │   ├── PortTakenError           setup.port_taken
    │   └── UntrustedHostError       setup.untrusted_host (of one request; the process goes on)
    └── ReviewError              the request: it clashes with what is kept (409 unless the table says otherwise)
        ├── UnresolvedFindingsError  review.unresolved_findings
        ├── UndecidedFactsError      review.undecided_facts
        ├── UnknownFactError         review.unknown_fact
        ├── InvalidValueError        review.invalid_value
        ├── AlreadyClaimedError      review.already_claimed
        ├── NotClaimedError          review.not_claimed
        ├── AlreadySettledError      review.already_settled
        ├── StaleVersionError        review.stale_version
        ├── MissingReasonError       review.missing_reason
        ├── UndoOverError            review.undo_over
        ├── WordPassedOnError        review.word_passed_on
        ├── SamePersonError          review.same_person
        ├── UnknownCustomerError     review.unknown_customer
        ├── KeyedBlindError          review.keyed_blind
        ├── InvalidPolicyError       policy.invalid
        ├── TooManyViewsError        queue.too_many_views
        ├── StructureChangedError    structure.changed
        ├── StructureUnfitError      structure.unfit
        ├── UnknownTargetError       structure.unknown_case
        ├── EditFinalError           structure.final
        ├── NothingToUndoError       structure.nothing_to_undo
        ├── InvalidLightPolicyError  lot.policy
        ├── AcceptancePlanError      acceptance.plan
        ├── InLotError               lot.holds_draft
        ├── LotStateError            lot.state
        ├── LotTakenError            lot.taken
        ├── SampleUnfinishedError    lot.unfinished
        ├── IdempotencyMismatchError upload.idempotency_mismatch
        ├── TooMuchOnTheWayError     upload.too_much
        ├── OffsetMismatchError      upload.offset
        ├── PartIncompleteError      upload.incomplete
        ├── ChangedOnTheWayError     upload.changed
        ├── NameTakenError           account.name_taken
        ├── UnknownRoleError         account.unknown_role
        ├── PasswordTooShortError    account.password_too_short
        ├── FolderFixedError         archive.folder_fixed
        ├── SourceRejectedError      archive.source_rejected
        ├── FolderBusyError          archive.folder_busy
        ├── StripUnfitError          archive.strip_unfit
        ├── AnswerUnfitError         archive.answer_unfit
        ├── ExceptionsOpenError      archive.exceptions_open
        ├── LedgerUnbalancedError    archive.unbalanced
        ├── BatchClosedError         archive.closed
        ├── BatchOpenError           archive.not_closed
        ├── ItemsUnconfirmedError    archive.unconfirmed
        ├── BatchUnacceptedError     archive.unaccepted
        ├── PackageBusyError         archive.package_busy
        ├── PackageGoneError         archive.package_gone
        ├── RootRefusedError         archive.root_refused
        ├── RootTakenError           archive.root_taken
        ├── WrongPasswordError       account.wrong_password
        ├── LinkSpentError           account.link_spent
        ├── PasswordsDifferError     account.passwords_differ
        ├── PresentPasswordError     account.present_password
        ├── OwnAccountError          account.own
        └── NotQuarantinedError      job.not_quarantined

Each concrete class has a stable ``code``, what happened (``cause``) and what to do (``next_step``), both in Chinese
and English. Error texts never hold a field value, a file name or text read from paper; ``details`` holds plain
numbers, limits, fact names and finding codes.
"""

from __future__ import annotations

from intake.errors.archives import (
    AnswerUnfitError,
    BatchClosedError,
    BatchOpenError,
    BatchUnacceptedError,
    ExceptionsOpenError,
    FolderBusyError,
    FolderFixedError,
    ItemsUnconfirmedError,
    LedgerUnbalancedError,
    PackageBusyError,
    PackageGoneError,
    PackageHeldError,
    PackageIncompleteError,
    PackageUnwrittenError,
    RootRefusedError,
    RootTakenError,
    SourceChangingError,
    SourceRejectedError,
    SourceUnreadableError,
    StripUnfitError,
)
from intake.errors.base import (
    AlreadyServingError,
    DamagedFileError,
    DatabaseBusyError,
    DatabaseUnavailableError,
    EmptyFileError,
    EncryptedFileError,
    EngineCrashedError,
    EngineError,
    EngineOutputError,
    EngineTimeoutError,
    FileTooLargeError,
    InputError,
    IntakeError,
    InvalidSettingError,
    MissingExecutableError,
    MissingFontError,
    MissingLanguageError,
    MissingSchemaError,
    PortTakenError,
    ReviewError,
    SetupError,
    StoreDamagedError,
    StoreUnavailableError,
    TooManyPagesError,
    TooManyPixelsError,
    UnfitManifestError,
    UnknownCaseNumberError,
    UnsupportedFileError,
    UntrustedHostError,
    UploadEmptyError,
    WorkBrokenOffError,
    kind_of,
)
from intake.errors.lots import (
    AcceptancePlanError,
    InLotError,
    InvalidLightPolicyError,
    LotStateError,
    LotTakenError,
    SampleUnfinishedError,
)
from intake.errors.pages import (
    ConfirmationUnknownError,
    NoAnswerError,
    NoCameraError,
    NoneFitError,
    OutcomeUnknownError,
    PictureMissingError,
    SendingBrokenOffError,
    TooManyAtOnceError,
)
from intake.errors.refusals import (
    AlreadyClaimedError,
    AlreadySettledError,
    ChangedOnTheWayError,
    EditFinalError,
    IdempotencyMismatchError,
    InvalidPolicyError,
    InvalidValueError,
    KeyedBlindError,
    LinkSpentError,
    MissingReasonError,
    NameTakenError,
    NotClaimedError,
    NothingToUndoError,
    NotQuarantinedError,
    OffsetMismatchError,
    OwnAccountError,
    PartIncompleteError,
    PasswordsDifferError,
    PasswordTooShortError,
    PresentPasswordError,
    SamePersonError,
    StaleVersionError,
    StructureChangedError,
    StructureUnfitError,
    TooManyViewsError,
    TooMuchOnTheWayError,
    UndecidedFactsError,
    UndoOverError,
    UnknownCustomerError,
    UnknownFactError,
    UnknownRoleError,
    UnknownTargetError,
    UnresolvedFindingsError,
    WordPassedOnError,
    WrongPasswordError,
)

__all__ = [
    "AcceptancePlanError",
    "AlreadyClaimedError",
    "AlreadyServingError",
    "AlreadySettledError",
    "AnswerUnfitError",
    "BatchClosedError",
    "BatchOpenError",
    "BatchUnacceptedError",
    "ChangedOnTheWayError",
    "ConfirmationUnknownError",
    "DamagedFileError",
    "DatabaseBusyError",
    "DatabaseUnavailableError",
    "EditFinalError",
    "EmptyFileError",
    "EncryptedFileError",
    "EngineCrashedError",
    "EngineError",
    "EngineOutputError",
    "EngineTimeoutError",
    "ExceptionsOpenError",
    "FileTooLargeError",
    "FolderBusyError",
    "FolderFixedError",
    "IdempotencyMismatchError",
    "InLotError",
    "InputError",
    "IntakeError",
    "InvalidLightPolicyError",
    "InvalidPolicyError",
    "InvalidSettingError",
    "InvalidValueError",
    "ItemsUnconfirmedError",
    "KeyedBlindError",
    "LedgerUnbalancedError",
    "LinkSpentError",
    "LotStateError",
    "LotTakenError",
    "MissingExecutableError",
    "MissingFontError",
    "MissingLanguageError",
    "MissingReasonError",
    "MissingSchemaError",
    "NameTakenError",
    "NoAnswerError",
    "NoCameraError",
    "NoneFitError",
    "NotClaimedError",
    "NotQuarantinedError",
    "NothingToUndoError",
    "OffsetMismatchError",
    "OutcomeUnknownError",
    "OwnAccountError",
    "PackageBusyError",
    "PackageGoneError",
    "PackageHeldError",
    "PackageIncompleteError",
    "PackageUnwrittenError",
    "PartIncompleteError",
    "PasswordTooShortError",
    "PasswordsDifferError",
    "PictureMissingError",
    "PortTakenError",
    "PresentPasswordError",
    "ReviewError",
    "RootRefusedError",
    "RootTakenError",
    "SamePersonError",
    "SampleUnfinishedError",
    "SendingBrokenOffError",
    "SetupError",
    "SourceChangingError",
    "SourceRejectedError",
    "SourceUnreadableError",
    "StaleVersionError",
    "StoreDamagedError",
    "StoreUnavailableError",
    "StripUnfitError",
    "StructureChangedError",
    "StructureUnfitError",
    "TooManyAtOnceError",
    "TooManyPagesError",
    "TooManyPixelsError",
    "TooManyViewsError",
    "TooMuchOnTheWayError",
    "UndecidedFactsError",
    "UndoOverError",
    "UnfitManifestError",
    "UnknownCaseNumberError",
    "UnknownCustomerError",
    "UnknownFactError",
    "UnknownRoleError",
    "UnknownTargetError",
    "UnresolvedFindingsError",
    "UnsupportedFileError",
    "UntrustedHostError",
    "UploadEmptyError",
    "WordPassedOnError",
    "WorkBrokenOffError",
    "WrongPasswordError",
    "kind_of",
]

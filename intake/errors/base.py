"""The root of the tree and the branches of files, tools and installations."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from intake.types import Label


class IntakeError(Exception):
    """Root of every error that this project raises on purpose."""

    code: ClassVar[str] = ""
    cause: ClassVar[Label] = Label("", "")
    next_step: ClassVar[Label] = Label("", "")

    def __init__(self, **details: str | float | list[str]) -> None:
        """Keep ``details``: the plain facts that the texts name in braces."""
        super().__init__(self.code)
        self.details = details

    def __reduce__(self) -> tuple[Any, ...]:
        """Between processes the details go along; as keywords they would be lost."""
        return partial(type(self), **self.details), ()

    def told(self, language: str) -> tuple[str, str]:
        """What happened, and what to do next, in ``language`` (``zh`` or ``en``, tags such as ``zh-CN`` too)."""
        values = {key: ", ".join(told) if isinstance(told, list) else told for key, told in self.details.items()}
        cause, step = (label.text(language).format_map(_Open(values)) for label in (self.cause, self.next_step))
        return cause, step

    def message(self, language: str) -> str:
        """Both as one text."""
        return " ".join(self.told(language))


class _Open(dict[str, Any]):
    """A detail that was not kept is left open instead of failing the page."""

    def __missing__(self, key: str) -> str:
        return "…"


def kind_of(code: str, below: type[IntakeError] = IntakeError) -> type[IntakeError] | None:
    """The class of a stable code, or ``None`` where no class has it."""
    found = (kind if code and kind.code == code else kind_of(code, kind) for kind in below.__subclasses__())
    return next((kind for kind in found if kind is not None), None)


class InputError(IntakeError):
    """The file is at fault; it is never retried, and the sender is told."""


class UnsupportedFileError(InputError):
    """The bytes are of no kind that we read."""

    code = "file.unsupported"
    cause = Label("无法识别这种文件格式。", "This kind of file is not known.")
    next_step = Label(
        "请改用 JPEG、PNG、TIFF、BMP、WebP、HEIC 或 PDF 重新扫描或另存。",
        "Scan again or save as JPEG, PNG, TIFF, BMP, WebP, HEIC or PDF.",
    )


class EmptyFileError(InputError):
    """The file has no bytes."""

    code = "file.empty"
    cause = Label("文件是空的（0 字节）。", "The file is empty (0 bytes).")
    next_step = Label(
        "请检查扫描仪或手机是否保存成功，然后重新上传。", "Check that the scanner or phone saved it, then upload again."
    )


class FileTooLargeError(InputError):
    """More bytes than the setting allows. ``details``: ``limit_mb``."""

    code = "file.too_large"
    cause = Label("文件超过 {limit_mb} MB 的上限。", "The file is over the limit of {limit_mb} MB.")
    next_step = Label(
        "请降低分辨率（300 dpi 足够）或拆成几个文件再上传。",
        "Scan at a lower resolution (300 dpi is enough) or split it.",
    )


class DamagedFileError(InputError):
    """The bytes begin like a known kind but cannot be decoded."""

    code = "file.damaged"
    cause = Label("文件已损坏或不完整，无法打开。", "The file is damaged or incomplete and cannot be opened.")
    next_step = Label(
        "请从原处重新复制，或重新扫描这份材料。", "Copy it again from where it came, or scan the paper again."
    )


class EncryptedFileError(InputError):
    """A PDF that needs a password."""

    code = "file.encrypted"
    cause = Label("文件有密码保护，无法打开。", "The file is protected by a password.")
    next_step = Label(
        "请去除密码后重新上传，或上传原件的扫描件。", "Remove the password and upload again, or scan the paper."
    )


class TooManyPagesError(InputError):
    """More pages than the setting allows. ``details``: ``limit``."""

    code = "file.too_many_pages"
    cause = Label("文件超过 {limit} 页的上限。", "The file has more than {limit} pages.")
    next_step = Label("请拆成几个文件再上传。", "Split it into several files.")


class TooManyPixelsError(InputError):
    """A page has more pixels than the setting allows. ``details``: ``limit_megapixels``."""

    code = "file.too_many_pixels"
    cause = Label(
        "有一页超过 {limit_megapixels} 百万像素的上限。", "A page is over the limit of {limit_megapixels} megapixels."
    )
    next_step = Label("请用 300 dpi 重新扫描。", "Scan again at 300 dpi.")


class UploadEmptyError(InputError):
    """An upload without a single file."""

    code = "upload.empty"
    cause = Label("上传中没有文件。", "The upload holds no file.")
    next_step = Label("请选择至少一个文件。", "Choose at least one file.")


class UnknownCaseNumberError(InputError):
    """Papers were handed in for a case whose number is not known, or is not the sender's."""

    code = "upload.unknown_case"
    cause = Label("没有这个案卷编号，或它不属于您。", "There is no case of this number, or it is not yours.")
    next_step = Label(
        "请核对案卷页或退件单上的编号；不确定时留空。",
        "Check the number on the case's page or on the slip; leave it empty if unsure.",
    )


class UnfitManifestError(InputError):
    """A manifest of an archive (CSV, XLSX) has rows that cannot be used. ``details``: ``zh``, ``en``, row by row."""

    code = "manifest.unfit"
    cause = Label("移交目录有误：{zh}。", "The manifest has errors: {en}.")
    next_step = Label("请改正这些行，再次提供移交目录。", "Correct these rows and give the manifest again.")


class EngineError(IntakeError):
    """A tool is at fault; the work is tried again with growing pauses."""


class EngineTimeoutError(EngineError):
    """A tool took longer than allowed. ``details``: ``tool``, ``seconds``."""

    code = "engine.timeout"
    cause = Label("{tool} 在 {seconds} 秒内没有完成。", "{tool} did not finish within {seconds} s.")
    next_step = Label(
        "系统会自动重试；若反复出现，请联系管理员。",
        "It is tried again by itself; if it recurs, tell an administrator.",
    )


class EngineCrashedError(EngineError):
    """A tool ended with an error status or a signal. ``details``: ``tool``, ``status``."""

    code = "engine.crashed"
    cause = Label("{tool} 异常退出（状态 {status}）。", "{tool} ended abnormally (status {status}).")
    next_step = Label(
        "系统会自动重试；若反复出现，请联系管理员。",
        "It is tried again by itself; if it recurs, tell an administrator.",
    )


class EngineOutputError(EngineError):
    """A tool ended well but its output is not what was asked for. ``details``: ``tool``."""

    code = "engine.output"
    cause = Label("{tool} 的输出不完整。", "{tool} gave incomplete output.")
    next_step = Label(
        "系统会自动重试；若反复出现，请联系管理员。",
        "It is tried again by itself; if it recurs, tell an administrator.",
    )


class StoreUnavailableError(EngineError):
    """The store of originals did not answer or did not keep what it was given."""

    code = "store.unavailable"
    cause = Label("原件库暂时无法读写。", "The store of originals cannot be reached.")
    next_step = Label(
        "请稍后再试；管理员请检查磁盘空间和存储设置。",
        "Try again shortly; administrators: check disk space and the store setting.",
    )


class StoreDamagedError(EngineError):
    """The store holds other bytes under an address than were kept there."""

    code = "store.damaged"
    cause = Label("原件库中的内容与收到时不同。", "The store's content is not what was received.")
    next_step = Label("请管理员从备份恢复原件库。", "Administrators: restore the store from a backup.")


class DatabaseUnavailableError(EngineError):
    """The database did not answer, or broke off what was being written so that others could go on."""

    code = "database.unavailable"
    cause = Label("数据库没有应答，或中断了写入。", "The database did not answer, or broke off what was being written.")
    next_step = Label(
        "系统会自动重试；若反复出现，请管理员检查数据库。",
        "It is tried again by itself; if it recurs, administrators: check the database.",
    )


class DatabaseBusyError(EngineError):
    """Others wrote for longer than anybody may wait for his turn. ``details``: ``seconds``."""

    code = "database.busy"
    cause = Label(
        "数据库 {seconds} 秒内一直被占用，没有写入任何内容。",
        "The database was busy for {seconds} s; nothing was written.",
    )
    next_step = Label(
        "请稍后再试；若反复出现，请管理员改用 PostgreSQL 或减少同时进行的工作。",
        "Try again shortly; if it recurs, administrators: let fewer work at once, or use PostgreSQL.",
    )


class WorkBrokenOffError(EngineError):
    """Why a job was put aside; never raised, for the processes that worked on it are gone."""

    code = "job.lost"
    cause = Label("处理它的进程多次意外中断。", "The process that worked on it ended unexpectedly several times.")
    next_step = Label(
        "请管理员再试一次；若再次发生，请检查原件。", "Administrators: try again, then look at the original."
    )


class SetupError(IntakeError):
    """The installation is unfit; the process does not start (exit status 3)."""


class MissingExecutableError(SetupError):
    """An executable is absent or too old. ``details``: ``name``, ``package``."""

    code = "setup.executable"
    cause = Label("找不到可用的程序 {name}。", "The program {name} is missing or unfit.")
    next_step = Label("请安装 Debian 软件包 {package}。", "Install the Debian package {package}.")


class MissingLanguageError(SetupError):
    """Tesseract lacks language data. ``details``: ``name``, ``package``."""

    code = "setup.language"
    cause = Label("Tesseract 缺少语言数据 {name}。", "Tesseract has no language data {name}.")
    next_step = Label("请安装 Debian 软件包 {package}。", "Install the Debian package {package}.")


class MissingFontError(SetupError):
    """No font that holds Chinese is installed. ``details``: ``package``."""

    code = "setup.font"
    cause = Label("没有安装含中文的字体。", "No font that holds Chinese is installed.")
    next_step = Label("请安装 Debian 软件包 {package}。", "Install the Debian package {package}.")


class InvalidSettingError(SetupError):
    """A setting cannot be used. ``details``: ``names``."""

    code = "setup.setting"
    cause = Label("设置无效：{names}。", "Settings that cannot be used: {names}.")
    next_step = Label("请对照 README 的设置表改正。", "Correct them by the table of settings in the README.")


class MissingSchemaError(SetupError):
    """The database was never set up, or by an older version of the service."""

    code = "setup.schema"
    cause = Label("数据库尚未建立，或版本较旧。", "The database is not set up, or by an older version.")
    next_step = Label(
        "请检查数据目录或 INTAKE_DATABASE_URL，然后运行 intake db upgrade。",
        "Check the data folder or INTAKE_DATABASE_URL, then run intake db upgrade.",
    )


class AlreadyServingError(SetupError):
    """Another ``intake serve`` works on this data folder."""

    code = "setup.already_serving"
    cause = Label("这个数据目录已有一个 intake serve 在运行。", "Another intake serve works on this data folder.")
    next_step = Label("请使用它，或先停止它，或另选数据目录。", "Use it, stop it first, or choose another data folder.")


class PortTakenError(SetupError):
    """The portal's address cannot be listened on. ``details``: ``host``, ``port``."""

    code = "setup.port_taken"
    cause = Label("无法监听 {host} 的端口 {port}。", "Port {port} of {host} cannot be listened on.")
    next_step = Label(
        "请停止占用它的程序，或用 --port 另选端口。", "Stop the program that uses it, or choose another with --port."
    )


class UntrustedHostError(SetupError):
    """An address is to be handed to people, and the name under which the portal was asked may be anybody's."""

    code = "setup.untrusted_host"
    cause = Label(
        "无法确认这个网址属于本系统，因此没有生成链接。",
        "The address in use is not known to be this installation's, so no link was made.",
    )
    next_step = Label(
        "请用本机的名称或地址打开；或请管理员设置 INTAKE_PUBLIC_URL 或 INTAKE_TRUSTED_HOSTS。",
        "Open it by the machine's own name or address, or have INTAKE_PUBLIC_URL or INTAKE_TRUSTED_HOSTS set.",
    )


class ReviewError(IntakeError):
    """The request clashes with what is kept; nothing was changed."""

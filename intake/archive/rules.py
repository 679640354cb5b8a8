"""What machines check of a digitised archive, rule by rule, with the clause of DA/T 31-2017 that asks for it.

DA/T 31-2017《纸质档案数字化规范》 (published 2017-08-02, in force since 2018-01-01) is not printed here. What stands
below was compared with public sources on 2026-11-22:

* 9.3 (scan colours), 9.4 (scan resolution), 9.6 (names by archival number and serial): their requirements are quoted
  word for word by several digitising firms, the numbers and titles of 9.3 to 9.5 stand in a published table of
  contents; that naming is 9.6 follows from the order only.
* 10.2, 10.5.1, 10.5.2, 10.5.3, 11.2, 12.1, 12.2: numbers and contents stand in the traceability table of a public
  checker of scans (archive-scan-qc); the requirement of 10.2 is quoted elsewhere in words.
* Acceptance (all that a machine can check is checked to 100 % and has to pass to 100 %; the rest by a sample of items
  or folders of no less than 5 %, the match of entries and images to 100 %, everything else to 95 % and more) is quoted
  in words; that its number is 12.3 follows from the order only.

10.2 names no angle: it asks that a page be straightened until the eye hardly feels it lean. One degree aimed at, three
at most are this project's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from intake.types import Label

Subject = Literal["page", "file", "folder", "batch"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that machines check: ``clause`` of DA/T 31-2017, ``None`` where the house alone asks for it.

    A clause whose number could not be seen beside its text ends with ``*``.
    """

    code: str
    subject: Subject
    clause: str | None
    title: Label
    wanted: Label


_ALL = (
    Rule(
        "readable", "file", "10.5.1",
        Label("可打开、可识读", "Opens and can be read"),
        Label("每个文件都能打开，未能读取的已注明原因", "Every file opens, or has its reason"),
    ),
    Rule(
        "resolution", "page", "9.4",
        Label("扫描分辨率", "Resolution"),
        Label("不小于 200 dpi", "No less than 200 dpi"),
    ),
    Rule(
        "small_print", "page", "9.4",
        Label("小字分辨率", "Resolution of small print"),
        Label("文字偏小的页面不小于 300 dpi", "Pages of small print: no less than 300 dpi"),
    ),
    Rule(
        "colour", "page", "9.3",
        Label("色彩模式", "Colour"),
        Label("有印章、红头的页面为彩色", "Pages with seals or red headings are in colour"),
    ),
    Rule(
        "skew", "page", "10.2",
        Label("偏斜", "Skew"),
        Label("目标 1° 以内，超过 3° 不合格（角度为本系统规定）", "1° aimed at, over 3° fails (our angles)"),
    ),
    Rule(
        "duplicates", "page", "10.5.2",
        Label("重复扫描", "Pages scanned twice"),
        Label("没有看上去与读出内容都相同的页面", "No two pages look and read alike"),
    ),
    Rule(
        "missing", "folder", "10.5.2",
        Label("漏扫", "Missing pages"),
        Label("页数与移交目录一致，没有未处理的缺页提示", "Page counts as in the manifest; no page reported missing"),
    ),
    Rule(
        "order", "folder", "10.5.3",
        Label("页序", "Order of pages"),
        Label("卷内页号连续，件与页的顺序一致", "Numbers run on in each folder, and items in the order of pages"),
    ),
    Rule(
        "index", "folder", "11.2",
        Label("目录与图像对应", "Index and images"),
        Label("目录条目与卷一一对应", "Entries and folders belong together one by one"),
    ),
    Rule(
        "names", "folder", "9.6*",
        Label("命名", "Names"),
        Label("每卷有唯一的档号，图像可按“档号＋流水号”命名", "Each folder has an archival number of its own"),
    ),
    Rule(
        "hashes", "file", None,
        Label("校验值", "Hashes"),
        Label("保存的原件与接收时的 SHA-256 一致", "The originals kept have the SHA-256 they came with"),
    ),
    Rule(
        "ledger", "batch", None,
        Label("页面台账", "Page ledger"),
        Label("接收 = 归件 + 空白 + 分隔 + 不归档", "Received = filed + blank + separator + rejected"),
    ),
    Rule(
        "exceptions", "batch", "12.2",
        Label("异常处理", "Exceptions"),
        Label("所有异常都已由人处理", "A person has answered every exception"),
    ),
)  # fmt: skip

RULES = MappingProxyType({rule.code: rule for rule in _ALL})
"""All rules by code, in the order of the report."""

REASONS = MappingProxyType(
    {
        "original_so": Label("原件如此", "The original is so"),
        "no_rescan": Label("原件已无法重扫", "The original cannot be scanned again"),
        "on_purpose": Label("有意保留", "Kept on purpose"),
        "index_elsewhere": Label("由其他目录系统管理", "Kept in another index"),
    }
)
"""Why a named person lets something stand that a rule does not pass, by code."""

CITED = Label(
    "条款号依据公开资料核对；标 * 者仅由条文顺序推定，条款原文以标准正本为准。",
    "Clause numbers were compared with public sources; those marked * follow from the order of clauses only. "
    "The printed standard decides.",
)
ACCEPTANCE_CLAUSE = "12.3*"
"""Where acceptance by sample stands; the number follows from the order of clauses (see above)."""

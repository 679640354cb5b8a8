"""Why papers go back to the clerk, and what the clerk does then."""

from __future__ import annotations

from intake.types import Label

REASONS: dict[str, Label] = {
    "not_legible": Label("看不清，请重新扫描", "Not legible: scan it again"),
    "glare": Label("反光或阴影遮住了内容", "Glare or a shadow covers what is printed"),
    "cut_off": Label("没有扫全，缺边或缺角", "Cut off: an edge or a corner is missing"),
    "side_missing": Label("缺少另一面或缺页", "The other side or a page is missing"),
    "wrong_side": Label("扫成了另一面", "The wrong side was scanned"),
    "wrong_paper": Label("不是所需的证件", "Not the paper that was asked for"),
    "expired": Label("证件已过期，请提供新证", "The paper has expired: ask for the new one"),
    "no_copy": Label("不接受复印件，请扫描原件", "A copy is not accepted: scan the original"),
    "seal_missing": Label("缺少公章或印章不清", "The seal is missing or not clear"),
    "signature_missing": Label("缺少签字", "A signature is missing"),
    "altered": Label("有涂改或破损，不能采用", "Altered or damaged: it cannot be used"),
    "not_same_person": Label("证件不是本人的", "The paper is another person's"),
    "not_same_customer": Label("几份证件不是同一客户的", "The papers are not of the same customer"),
    "other": Label("其他原因", "Another reason"),
}
"""Why a draft goes back to the clerk, by code."""

STEPS: dict[str, Label] = {
    "not_legible": Label(
        "把证件平放，以 300 dpi 重新扫描；拍照时对好焦。", "Lay it flat and scan it at 300 dpi; with a phone, in focus."
    ),
    "glare": Label(
        "关掉闪光灯，避开灯光，或从塑封套中取出后重新扫描。",
        "Scan it again without flash and away from lamps, or out of its plastic sleeve.",
    ),
    "cut_off": Label("让四条边都在画面内，重新扫描。", "Scan it again with all four edges in the picture."),
    "side_missing": Label("补扫另一面或缺少的页。", "Scan the other side or the missing page as well."),
    "wrong_side": Label("翻过来，扫描需要的一面。", "Turn it over and scan the side that is needed."),
    "wrong_paper": Label("向客户索取所需的证件后扫描。", "Ask the customer for the right paper and scan that."),
    "expired": Label("请客户提供有效期内的新证并扫描。", "Ask the customer for the valid paper and scan it."),
    "no_copy": Label("请客户出示原件，扫描原件。", "Ask the customer for the original and scan that."),
    "seal_missing": Label("请客户盖章（清晰、完整）后重新扫描。", "Have it sealed clearly, then scan it again."),
    "signature_missing": Label("请客户签字后重新扫描。", "Have it signed and scan it again."),
    "altered": Label("请客户提供完好、无涂改的证件。", "Ask the customer for an unaltered, undamaged paper."),
    "not_same_person": Label("核对本人身份，扫描本人的证件。", "Check who it is and scan that person's paper."),
    "not_same_customer": Label(
        "把各客户的材料分开；这个案卷只补扫本客户的。",
        "Sort the papers by customer; scan only this customer's for this case.",
    ),
    "other": Label("按审核员的说明办理；不清楚时询问审核员。", "Do as the reviewer's note says; if unclear, ask."),
}
"""What the clerk does about each of :data:`REASONS`."""

"""Finding like customers among 100,000, on SQLite and on PostgreSQL: what the desk's list costs the server.

``python -m tests.bench.matches [--customers N]`` fills a database of each kind with invented customers (seven in
ten are companies, with the common words of names and streets), writes their marks as an upgrade does, and asks for the
list of drafts with a misread name, a common one, a known number and a person. Prints milliseconds and the plans.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import delete, insert, text

from intake.types import DocumentReading
from models import choosing, derived, draft_views
from models.base import new_id, now
from models.customer_rows import Customer, CustomerFact
from models.database import Database
from models.derived import Derived
from models.schema import upgrade
from tests import conftest, made_up
from tests.plans import plans

ROUNDS = 31
_PART = 5000
_CITIES = "杭州 宁波 温州 上海 北京 广州 深圳 苏州 南京 成都 武汉 西安 天津 重庆 长沙 青岛 济南 郑州 合肥 福州"
_OWN = "恒远鑫盛华泰瑞丰宏达嘉诚永昌顺兴隆德信天成金源东方海润博雅正大通利明佳美康乐安宁和平云溪松石林木青山白鹭晨曦"
_TRADES = "贸易 科技 实业 信息技术 建筑工程 装饰设计 文化传媒 餐饮管理 物流 机械设备 电子商务 医疗器械 新材料 食品 服饰"
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国志文晓宇欣雨泽轩"
_ROADS = (
    "中山路 人民路 解放路 建设路 文三路 天目山路 滨江大道 科技园路 工业大道 和平街 胜利街 学院路 创业路 南京路 长江路"
)


def _facts(dice: random.Random, *, company: bool) -> dict[str, str]:
    city, road = dice.choice(_CITIES.split()), dice.choice(_ROADS.split())
    address = f"{city}市{road}{dice.randrange(1, 400)}号{dice.randrange(1, 9)}幢{dice.randrange(101, 2500)}室"
    person = dice.choice(_SURNAMES) + "".join(dice.choices(_GIVEN, k=dice.choice((1, 2, 2))))
    if not company:
        day = f"{dice.randrange(1950, 2008)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"
        number = f"{dice.randrange(10**16, 10**17)}X"
        return {"person_name": person, "birth_date": day, "person_address": address, "id_number": number}
    own = "".join(dice.choices(_OWN, k=dice.choice((2, 2, 3))))
    name = f"{city}{own}{dice.choice(_TRADES.split())}有限公司"
    code = f"91{dice.randrange(10**15, 10**16)}X"
    return {"company_name": name, "credit_code": code, "registered_address": address, "legal_representative": person}


def fill(database: Database, count: int) -> float:
    """Invented customers, their facts and marks; gives the seconds that an upgrade took for the marks."""
    dice, at = random.Random(4), now()  # noqa: S311 - invented names, the same each time
    people = made_up.people(database, "clerk", "reviewer")
    draft = made_up.enter_draft(database, people["clerk"], [made_up.license_reading()])
    made_up.confirmed(database, draft, people["reviewer"])
    common = {"kind": "text", "label": {"zh": "", "en": ""}, "action": "accept", "version": 1, "draft_id": draft}
    common |= {"decided_by": people["reviewer"], "decided_at": at, "read_confidence": 1.0, "source": None}
    for start in range(2, count + 2, _PART):
        customers, facts = [], []
        for place in range(start, min(start + _PART, count + 2)):
            number, company = f"C{place:08}", dice.random() < 0.7
            known = _facts(dice, company=company)
            kind = "company" if company else "person"
            customers.append({"number": number, "kind": kind, "name": known[f"{kind}_name"], "version": 1})
            rows = [{"id": new_id(), "customer_number": number, "fact": fact, "value": known[fact]} for fact in known]
            facts += [common | row for row in rows]
        with database.unit() as unit:
            unit.session.execute(insert(Customer), customers)
            unit.session.execute(insert(CustomerFact), facts)
    with database.unit() as unit:
        unit.session.execute(delete(Derived))
    began = time.perf_counter()
    derived.fill(database)
    took = time.perf_counter() - began
    with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("ANALYZE"))
    return took


QUESTIONS: dict[str, DocumentReading] = {
    "license of a known credit code": made_up.license_reading(),
    "permit, name with one character misread": made_up.reading(
        "bank_account_permit", {"account_name": "杭州云袖测试有限公司", "legal_representative": "林晓舟"}
    ),
    "permit, a name of common words": made_up.reading(
        "bank_account_permit", {"account_name": "杭州恒远贸易有限公司", "legal_representative": "王伟"}
    ),
    "license of a new company in a common street": made_up.reading(
        "business_license",
        {"name": "上海鑫盛科技有限公司", "uscc": made_up.CODES[1], "address": "上海市人民路100号3幢101室"},
    ),
    "ID card, a common name": made_up.reading(
        "id_card_front",
        {"name": "王伟", "birth_date": "1990-03-07", "id_number": made_up.ID_NUMBER, "address": "杭州市人民路8号"},
    ),
}


def measure(name: str, database: Database) -> None:
    """Print the median and the longest of the rounds for each question, and how the database goes about one."""
    with database.read() as session:
        clerk = session.execute(text("SELECT id FROM users ORDER BY id")).scalars().first()
    for asked, paper in QUESTIONS.items():
        draft_id = made_up.enter_draft(database, str(clerk), [paper])
        taken, found = [], 0
        for _ in range(ROUNDS + 1):
            with database.read() as session:
                view = draft_views.load(session, draft_id)
                assert view is not None
                began = time.perf_counter()
                given = {fact.fact: fact.value for fact in view.facts}
                found = len(choosing.matches(session, view.case_id, view.file, given).items)
                taken.append((time.perf_counter() - began) * 1000)
        _say(f"| {name} | {asked} | {found} | {statistics.median(taken[1:]):.0f} | {max(taken[1:]):.0f} |")
    with plans(database) as seen, database.read() as session:
        choosing.matches(session, view.case_id, view.file, given)
    _say("\n\n".join(plan for plan in seen if "customer_marks" in plan))


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


@contextmanager
def databases() -> Iterator[dict[str, Database]]:
    """An empty database of each kind."""
    server = contextmanager(conftest.postgres_server.__wrapped__)
    with tempfile.TemporaryDirectory() as folder, server() as postgres:
        url = f"sqlite:///{Path(folder) / 'intake.db'}"
        upgrade(url)
        found = {"SQLite": Database(url), "PostgreSQL": Database(postgres.url("template_intake"))}
        yield found
        for database in found.values():
            database.close()


def main() -> None:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=100_000)
    count = parser.parse_args().customers
    with databases() as found:
        for name, database in found.items():
            took = fill(database, count)
            _say(
                f"{name}: {count} customers; marks written in {took:.0f} s; median and longest of {ROUNDS} rounds in ms"
            )
            measure(name, database)


if __name__ == "__main__":
    main()

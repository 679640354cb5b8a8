"""The case folders: twelve customers and the files of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sample_docs.generator import deals, licenses, people, world
from sample_docs.generator.cases import (
    Specimen,
    askew,
    clean,
    copied,
    draw_account,
    draw_back,
    draw_both_sides,
    draw_contract,
    draw_front,
    draw_license,
    draw_stack,
    draw_tax_registration,
    faxed,
    grey,
    marked,
    overstamped,
    sealed,
    small,
    snapped,
)

_TRADING = draw_license(licenses.landscape, world.TRADING, date(2021, 5, 18))
_EATERY = draw_license(licenses.portrait, world.EATERY, date(2020, 9, 3))
_MACHINERY_OLD = draw_license(licenses.old, world.MACHINERY_OLD, date(2009, 3, 26))
_MACHINERY_NEW = draw_license(licenses.landscape, world.MACHINERY_NEW, date(2024, 6, 11))
_PARTNERS = draw_license(licenses.portrait, world.PARTNERS, date(2016, 11, 2), copy="1-1")
_BRANCH = draw_license(licenses.portrait, world.BRANCH_OFFICE, date(2018, 11, 12), copy="1-1")
_FARMING = draw_license(licenses.portrait, world.FARMING, date(2017, 11, 9), copy="1-1")
_ELECTRONICS = draw_license(licenses.portrait, world.ELECTRONICS, date(2014, 10, 22), copy="1-1")
_CLOTHING = draw_license(licenses.portrait, world.CLOTHING, date(2019, 4, 11), copy="2-1")
_SUPPLY = draw_license(licenses.portrait, world.SUPPLY, date(2018, 7, 24))
_CULTURE = draw_license(licenses.portrait, world.CULTURE, date(2018, 1, 30), copy="1-1")

_MACHINERY_TAX = draw_tax_registration(
    world.MACHINERY_OLD, "370102", "鲁税济字", ("济南市历下区国家税务局", "济南市地方税务局历下分局"), date(2009, 4, 8)
)
_PARTNERS_TAX = draw_tax_registration(world.PARTNERS, "320117", "苏地税字", ("南京市溧水地方税务局",), date(2013, 7, 9))
_ELECTRONICS_TAX = draw_tax_registration(
    world.ELECTRONICS, "440106", "粤税字", ("广州市天河区国家税务局", "广州市天河区地方税务局"), date(2014, 11, 6)
)
_CULTURE_TAX = draw_tax_registration(
    world.CULTURE, "430105", "湘税登字", ("长沙市开福区国家税务局", "长沙市开福区地方税务局"), date(2015, 4, 2)
)


def specimens() -> tuple[Specimen, ...]:
    """Every file of the sample folder, in the order of the folders."""
    return (*_companies(), *_persons_and_shops(), *_stacks_and_faxes(), *_odd_ones())


def _companies() -> tuple[Specimen, ...]:
    """Companies with their papers in order."""
    return (
        clean("cases/01-trading-company/license.jpg", _TRADING),
        clean("cases/01-trading-company/id-card.jpg", draw_both_sides(people.SHEN)),
        clean("cases/01-trading-company/purchase-contract.pdf", draw_contract(deals.PURCHASE), quality=50),
        grey("cases/01-trading-company/account-permit.png", draw_account(world.TRADING, deals.TRADING_ACCOUNT)),
        copied("cases/04-machine-works/license.pdf", _MACHINERY_OLD),
        clean("cases/04-machine-works/tax-registration.jpg", _MACHINERY_TAX),
        copied("cases/04-machine-works/account-permit.tif", draw_account(world.MACHINERY_OLD, deals.MACHINERY_ACCOUNT)),
        copied("cases/04-machine-works/id-card.jpg", draw_both_sides(people.XING)),
        snapped("cases/05-partnership/license.jpg", _PARTNERS),
        marked("cases/05-partnership/id-card.pdf", draw_both_sides(people.GU), "仅供办理业务登记使用 再次复印无效"),
        grey("cases/05-partnership/service-contract.pdf", draw_contract(deals.SERVICE)),
        grey("cases/05-partnership/tax-registration.jpg", _PARTNERS_TAX),
        grey("cases/06-branch-office/license.png", _BRANCH),
        small("cases/06-branch-office/account-permit.jpg", draw_account(world.BRANCH_OFFICE, deals.BRANCH_ACCOUNT)),
        marked("cases/06-branch-office/id-card.jpg", draw_both_sides(people.RAN), "仅用于合同签约存档"),
        clean("cases/07-machine-works-renewal/license.pdf", _MACHINERY_NEW, quality=60),
        clean("cases/07-machine-works-renewal/id-card.jpg", draw_both_sides(people.XING_RENEWED)),
    )


def _persons_and_shops() -> tuple[Specimen, ...]:
    """A sole trader with a telephone, a person without a company."""
    return (
        snapped("cases/02-sole-trader/license.jpg", _EATERY),
        snapped("cases/02-sole-trader/id-front.jpg", draw_front(people.LUO, on_lid=False), orientation=6, fill=0.72),
        snapped("cases/02-sole-trader/id-back.heic", draw_back(people.LUO, on_lid=False), fill=0.72, quality=45),
        clean("cases/03-tenant/id-front.webp", draw_front(people.WEI), quality=82),
        clean("cases/03-tenant/id-back.webp", draw_back(people.WEI), quality=82),
        copied("cases/03-tenant/lease-contract.pdf", draw_contract(deals.HOME_LEASE)),
    )


def _stacks_and_faxes() -> tuple[Specimen, ...]:
    """Unlike papers in one file."""
    farm = draw_stack(
        _FARMING,
        draw_both_sides(people.LEI),
        draw_account(world.FARMING, deals.FARMING_ACCOUNT),
        draw_contract(deals.FARM_SERVICE),
    )
    stack = grey("cases/08-farm-stack/everything.pdf", farm)
    electronics = draw_stack(_ELECTRONICS, draw_both_sides(people.MAI), _ELECTRONICS_TAX)
    return (
        replace(
            stack, quarter_turns=(0, 0, 1, 0, 2), note="page 3 lies on its side, the contract's last page upside down"
        ),
        faxed("cases/09-fax/papers.tif", electronics),
        faxed("cases/09-fax/advertising-contract.tif", draw_contract(deals.FAX_ADVERTISING)),
    )


def _odd_ones() -> tuple[Specimen, ...]:
    """Papers with something wrong on purpose."""
    stamped_license = overstamped(_CLOTHING, world.CLOTHING.name, (112, 150))
    stamped_lease = overstamped(draw_contract(deals.LEASE), world.CLOTHING.name, (150, 84))
    contradiction = "the card's holder is not the license's legal representative, though the papers came together"
    expired = "the identity card expired on 2026-08-30"
    misprint = "the printed credit code has a wrong check character; the truth is what is printed"
    return (
        replace(sealed("cases/10-contradiction/license.jpg", stamped_license), note=contradiction),
        replace(askew("cases/10-contradiction/id-front.jpg", draw_front(people.WANG_CARD), 2), note=contradiction),
        askew("cases/10-contradiction/id-back.png", draw_back(people.WANG_CARD), 2),
        sealed("cases/10-contradiction/lease-contract.pdf", stamped_lease),
        askew("cases/11-expired-card/license.jpg", _SUPPLY, 1),
        grey("cases/11-expired-card/id-front.bmp", draw_front(people.JI)),
        replace(askew("cases/11-expired-card/id-back.jpg", draw_back(people.JI), 3), note=expired),
        replace(small("cases/12-misprint/license.jpg", _CULTURE), note=misprint),
        small("cases/12-misprint/tax-registration.jpg", _CULTURE_TAX),
        snapped("cases/12-misprint/account-permit.webp", draw_account(world.CULTURE, deals.CULTURE_ACCOUNT)),
        copied("cases/12-misprint/advertising-contract.pdf", draw_contract(deals.ADVERTISING)),
        clean("cases/12-misprint/id-front.png", draw_front(people.YI)),
    )

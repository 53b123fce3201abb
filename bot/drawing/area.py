"""Settings of the area for staff: what a province offers, until which age, in which rounds; outbreaks."""

from collections.abc import Sequence

from bot.drawing.area_words import age_begun, age_text, age_word, day_word, item_label, name_of_gate
from bot.drawing.buttons import Row, button, column, grid
from bot.drawing.long_lists import shortened
from domain.care.rounds import CampaignRound
from domain.message import Choice, OutgoingMessage, Text, Value
from domain.province_rules import GateWord
from domain.vaccination.ages import Age
from domain.vaccination.upper_ages import length
from services.staff.area_rules.confirm_phones import dialled
from services.staff.area_rules.show_rules import GateState, NamedProvince, ProvincePage

MOST_LINES = 12
MOST_ROUNDS = 8


def draw_home(provinces: Sequence[NamedProvince]) -> OutgoingMessage:
    """Which province, or the stations."""
    ways = [button("area.choice.province", "area_province", one.number, name=one.province.name) for one in provinces]
    return OutgoingMessage(Text("area.home"), column([*ways, button("area.choice.stations", "stations")]))


def draw_province(page: ProvincePage) -> OutgoingMessage:
    """What it settled, and what can be changed."""
    number = page.number
    made_sure = button("area.choice.phones", "area_phones", number, *dialled(page.province))
    ways = (
        *(() if page.phones_are_verified else (made_sure,)),
        button("area.choice.gates", "area_gates", number),
        button("area.choice.ages", "area_ages", number),
        button("area.choice.rounds", "area_rounds", number),
        button("area.choice.outbreaks", "area_outbreaks", number),
        button("area.choice.home", "area"),
    )
    lines: list[Value] = [_gate_line(page, one) for one in page.gates]
    lines += [_age_line(page, item) for item in page.items if item in page.rules.upper_ages]
    lines += [_round_line(one) for one in page.rounds]
    lines += [Text("area.line.outbreak", {"group": item_label(page, one.group)}) for one in page.outbreaks]
    values: dict[str, Value] = {
        "name": page.province.name,
        "numbers": _numbers(page),
        "lines": shortened(lines, MOST_LINES),
    }
    return OutgoingMessage(Text("area.province" if lines else "area.province_plain", values), column(ways))


def _numbers(page: ProvincePage) -> Text:
    """Whom families are told to call, and whether anybody has made sure of it."""
    province = page.province
    values: dict[str, Value] = {"emergency": province.emergency_phone, "protection": province.protection_phone}
    if province.phones_verified_on is None or not page.phones_are_verified:
        return Text("area.numbers_to_check", values)
    return Text("area.numbers", {**values, "on": province.phones_verified_on})


def _gate_line(page: ProvincePage, gate: GateState) -> Text:
    state = Text("area.gate.open" if gate.is_open else "area.gate.closed")
    if gate.last is not None:
        key = "area.gate.open_since" if gate.is_open else "area.gate.closed_since"
        state = Text(key, {"on": gate.last.from_on})
    if gate.following is not None:
        key = "area.gate.then_open" if gate.following.is_open else "area.gate.then_closed"
        state = Text(key, {"state": state, "on": gate.following.from_on})
    return Text("area.line.gate", {"name": name_of_gate(page, gate.key), "state": state})


def draw_gates(page: ProvincePage) -> OutgoingMessage:
    """Everything that is not offered everywhere."""
    ways = [
        button("area.choice.one", "area_gate", page.number, one.key, name=name_of_gate(page, one.key))
        for one in page.gates
    ]
    lines = tuple(_gate_line(page, one) for one in page.gates)
    values: dict[str, Value] = {"name": page.province.name, "lines": lines}
    return OutgoingMessage(Text("area.gates" if lines else "area.no_gates", values), column([*ways, _back(page)]))


def draw_gate(page: ProvincePage, gate: GateState) -> OutgoingMessage:
    """Open it or close it: today, on the first of January, or on a day to be typed."""
    to, action = ("closed", "close") if gate.is_open else ("open", "open")
    about, new_year = (page.number, gate.key, to), page.today.replace(year=page.today.year + 1, month=1, day=1)
    ways = (
        button(f"area.choice.{action}_today", "area_gate_ask", *about, day_word(page.today)),
        button(f"area.choice.{action}_on", "area_gate_ask", *about, day_word(new_year), on=new_year),
        button(f"area.choice.{action}_other", "area_gate_day", *about),
        button("area.choice.gates", "area_gates", page.number),
    )
    return OutgoingMessage(Text("area.gate", {"line": _gate_line(page, gate)}), column(ways))


def draw_gate_question(page: ProvincePage, word: GateWord, count: int) -> OutgoingMessage:
    """Is she sure? It concerns so many."""
    to = "open" if word.is_open else "closed"
    yes = button("area.choice.yes", "area_gate_yes", page.number, word.gate, to, day_word(word.from_on))
    no = button("area.choice.no", "area_gate", page.number, word.gate)
    name = name_of_gate(page, word.gate)
    values: dict[str, Value] = {"name": name, "province": page.province.name, "on": word.from_on, "count": count}
    return OutgoingMessage(Text(f"area.sure.{to}", values), column((yes, no)))


def draw_gate_kept(page: ProvincePage, gate: str) -> OutgoingMessage:
    """It is written down."""
    state = next(one for one in page.gates if one.key == gate)
    return _kept(page, _gate_line(page, state), (button("area.choice.gates", "area_gates", page.number),))


def draw_ages(page: ProvincePage) -> OutgoingMessage:
    """Until which age each is given here."""
    ways = [
        button("area.choice.one", "area_age", page.number, item, name=item_label(page, item)) for item in page.items
    ]
    values: dict[str, Value] = {
        "name": page.province.name,
        "lines": tuple(_age_line(page, item) for item in page.items),
    }
    return OutgoingMessage(Text("area.ages", values), (*grid(ways, 2), (_back(page),)))


def _age_line(page: ProvincePage, item: str) -> Text:
    own = page.rules.upper_ages.get(item)
    values: dict[str, Value] = {"name": item_label(page, item), "age": age_text(own or page.age_by_schedule(item))}
    return Text("area.line.age_here" if own else "area.line.age", values)


def draw_age(page: ProvincePage, item: str) -> OutgoingMessage:
    """One of them: another age, or as in the schedule."""
    by_schedule = age_text(page.age_by_schedule(item))
    ways = [button("area.choice.type_age", "area_age_type", page.number, item)]
    if item in page.rules.upper_ages:
        ways.append(button("area.choice.by_schedule", "area_age_ask", page.number, item, "none", age=by_schedule))
    ways.append(button("area.choice.ages", "area_ages", page.number))
    key = "area.age_of_campaign" if item in page.kinds else "area.age_of_group"
    values: dict[str, Value] = {"line": _age_line(page, item), "by_schedule": by_schedule}
    return OutgoingMessage(Text(key, values), column(ways))


def draw_age_question(page: ProvincePage, item: str, age: Age | None, count: int) -> OutgoingMessage:
    """Is she sure? It concerns so many."""
    yes = button("area.choice.yes", "area_age_yes", page.number, item, age_word(age))
    no = button("area.choice.no", "area_age", page.number, item)
    by_schedule = page.age_by_schedule(item)
    is_later = age is not None and by_schedule is not None and length(age) > length(by_schedule)
    values: dict[str, Value] = {
        "name": item_label(page, item),
        "province": page.province.name,
        "age": age_text(age or by_schedule),
        "remark": Text("area.later_than_schedule", {"age": age_text(by_schedule)}) if is_later else "",
        "count": count,
    }
    return OutgoingMessage(Text("area.sure.age", values), column((yes, no)))


def draw_age_kept(page: ProvincePage, item: str) -> OutgoingMessage:
    """It is written down."""
    return _kept(page, _age_line(page, item), (button("area.choice.ages", "area_ages", page.number),))


def draw_rounds(page: ProvincePage) -> OutgoingMessage:
    """The rounds that are not over, and a new one."""
    rounds = page.rounds[:MOST_ROUNDS]
    ways = [
        button(
            "area.choice.drop_round",
            "area_round_drop",
            page.number,
            one.key,
            day_word(one.from_on),
            name=item_label(page, one.key),
            on=one.from_on,
        )
        for one in rounds
    ]
    ways += [
        button("area.choice.add_round", "area_round_add", page.number, kind, name=item_label(page, kind))
        for kind in page.kinds
    ]
    values: dict[str, Value] = {
        "name": page.province.name,
        "lines": shortened([_round_line(one) for one in page.rounds], MOST_ROUNDS),
    }
    return OutgoingMessage(Text("area.rounds" if rounds else "area.no_rounds", values), column([*ways, _back(page)]))


def _round_line(one: CampaignRound) -> Text:
    values: dict[str, Value] = {
        "name": Text(f"care.{one.key}.short"),
        "from_on": one.from_on,
        "until_on": one.until_on,
        "min_age": age_begun(one.min_age),
        "max_age": age_text(one.max_age),
    }
    return Text("area.line.round", values)


def draw_round_question(page: ProvincePage, one: CampaignRound, count: int) -> OutgoingMessage:
    """Is she sure? It concerns so many."""
    days, ages = (day_word(one.from_on), day_word(one.until_on)), (age_word(one.min_age), age_word(one.max_age))
    yes = button("area.choice.yes", "area_round_yes", page.number, one.key, *days, *ages)
    values: dict[str, Value] = {"province": page.province.name, "line": _round_line(one), "count": count}
    return OutgoingMessage(Text("area.sure.round", values), column((yes, _to_rounds(page, "area.choice.no"))))


def draw_dropping(page: ProvincePage, one: CampaignRound, count: int) -> OutgoingMessage:
    """Does it not take place? It concerns so many."""
    yes = button("area.choice.yes", "area_round_gone", page.number, one.key, day_word(one.from_on))
    values: dict[str, Value] = {"province": page.province.name, "line": _round_line(one), "count": count}
    return OutgoingMessage(Text("area.sure.drop", values), column((yes, _to_rounds(page, "area.choice.no"))))


def draw_round_kept(page: ProvincePage, one: CampaignRound) -> OutgoingMessage:
    """It is written down."""
    return _kept(page, _round_line(one), (_to_rounds(page, "area.choice.rounds"),))


def _to_rounds(page: ProvincePage, key: str) -> Choice:
    return button(key, "area_rounds", page.number)


def draw_outbreaks(page: ProvincePage) -> OutgoingMessage:
    """Which diseases are about, and of which group it can be said."""
    declared = {one.group for one in page.outbreaks}
    ends = [
        button("area.choice.end_outbreak", "area_outbreak_end", page.number, group, group=item_label(page, group))
        for group in page.groups
        if group in declared
    ]
    begins = [
        button("area.choice.one", "area_outbreak", page.number, group, name=item_label(page, group))
        for group in page.groups
        if group not in declared
    ]
    lines = tuple(
        Text("area.outbreak.since", {"group": item_label(page, one.group), "on": one.from_on})
        for one in page.outbreaks
        if one.group in page.groups
    )
    values: dict[str, Value] = {"name": page.province.name, "lines": lines}
    key = "area.outbreaks" if lines else "area.no_outbreaks"
    return OutgoingMessage(Text(key, values), (*column(ends), *grid(begins, 2), (_back(page),)))


def draw_outbreak_question(page: ProvincePage, group: str, count: int) -> OutgoingMessage:
    """Is she sure? It concerns so many."""
    yes = button("area.choice.yes", "area_outbreak_yes", page.number, group)
    no = button("area.choice.no", "area_outbreaks", page.number)
    values: dict[str, Value] = {"group": item_label(page, group), "province": page.province.name, "count": count}
    return OutgoingMessage(Text("area.sure.outbreak", values), column((yes, no)))


def _kept(page: ProvincePage, line: Text, ways: Row) -> OutgoingMessage:
    values: dict[str, Value] = {"province": page.province.name, "line": line}
    return OutgoingMessage(Text("area.kept", values), column((*ways, _back(page))))


def _back(page: ProvincePage) -> Choice:
    return button("area.choice.province", "area_province", page.number, name=page.province.name)

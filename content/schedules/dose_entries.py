"""The doses of a series in a schedule file."""

from collections.abc import Mapping

from content.schedules.citations import read_source
from content.schedules.entries import Entry
from content.schedules.interval_entries import read_intervals
from content.schedules.skip_entries import read_skips
from content.schedules.values import Fields, age, ages_of, in_force, known, truth
from domain.vaccination.ages import Age
from domain.vaccination.dose_rules import AgeRule, DoseRule, Product
from domain.vaccination.schedule import Vaccine

AGES = {
    "min_age": "minimum",
    "absolute_min_age": "absolute",
    "recommended_age": "recommended",
    "overdue_age": "overdue",
    "max_age": "maximum",
}
_AGE_FIELDS = " ".join(AGES)
_REQUIRED = "dose vaccines sources certainty"
_OPTIONAL = (
    f"{_AGE_FIELDS} versions interval intervals allowed_intervals given_by_mistake skip optional recurring "
    "outbreak note"
)


def read_doses(entry: Entry, vaccines: Mapping[str, Vaccine], groups: frozenset[str]) -> tuple[DoseRule, ...]:
    """All doses of a series. `groups` are those that stand above, for rules that look at another group."""
    doses: list[DoseRule] = []
    for item in entry.each():
        dose = _dose(item, vaccines, groups)
        if doses and dose.number != doses[-1].number + 1:
            item.fail(f"dose {dose.number} does not follow dose {doses[-1].number}")
        if not doses and not any(ages.minimum for ages in dose.ages):
            item.fail("the first dose of a series needs the field 'min_age'")
        if doses and not dose.intervals:
            item.fail("a dose after another needs the field 'interval'")
        doses.append(dose)
    return tuple(doses)


def _dose(item: Entry, vaccines: Mapping[str, Vaccine], groups: frozenset[str]) -> DoseRule:
    fields = item.fields(_REQUIRED, _OPTIONAL)
    mistakes = fields["given_by_mistake"].each() if "given_by_mistake" in fields else []
    return DoseRule(
        number=fields["dose"].read(int, "the number of a dose"),
        products=tuple(_product(code, vaccines) for code in fields["vaccines"].each()),
        source=read_source(fields),
        ages=_ages(item, fields),
        intervals=read_intervals(item, fields, vaccines, groups),
        allowable_intervals=read_intervals(item, fields, vaccines, groups, name="allowed_interval"),
        inadvertent=frozenset(known(code, vaccines, "a vaccine of this file") for code in mistakes),
        skips=read_skips(fields["skip"], vaccines, groups) if "skip" in fields else (),
        optional="optional" in fields and truth(fields["optional"]),
        recurring="recurring" in fields and truth(fields["recurring"]),
        outbreak=_outbreak(fields["outbreak"]) if "outbreak" in fields else None,
    )


def _outbreak(entry: Entry) -> tuple[Age, Age]:
    fields = entry.fields("begin end")
    return age(fields["begin"]), age(fields["end"])


def _ages(item: Entry, fields: Fields) -> tuple[AgeRule, ...]:
    """The ages of the dose itself, or its dated `versions` of them."""
    if "versions" not in fields:
        plain = _age_rule(fields)
        return (plain,) if plain != AgeRule() else ()
    if any(name in fields for name in AGES):
        item.fail("ages stand either in the dose or in its 'versions'")
    return tuple(_age_rule(version.fields("", f"since until {_AGE_FIELDS}")) for version in fields["versions"].each())


def _age_rule(fields: Fields) -> AgeRule:
    ages = ages_of(fields, _AGE_FIELDS)
    return AgeRule(**{AGES[name]: value for name, value in ages.items()}, in_force=in_force(fields))


def _product(entry: Entry, vaccines: Mapping[str, Vaccine]) -> Product:
    """A code, or `{vaccine, begin, end, since, until, manufacturer}`.

    What is paid for, or was given only until some day, counts and is not offered.
    """
    if entry.is_text():
        code = known(entry, vaccines, "a vaccine of this file")
        return Product(code, preferable=not vaccines[code].paid)
    fields = entry.fields("vaccine", "begin end since until manufacturer")
    code = known(fields["vaccine"], vaccines, "a vaccine of this file")
    return Product(
        code,
        **ages_of(fields, "begin end"),
        preferable=not vaccines[code].paid and "until" not in fields,
        manufacturer=fields["manufacturer"].text() if "manufacturer" in fields else "",
        in_force=in_force(fields),
    )

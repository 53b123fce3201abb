"""Series and doses of CDC's XML as values of the domain."""

from content.schedules.cdsi_skips import in_force, skip
from content.schedules.xml_entries import Node, codes, cvx
from domain.sex import Sex
from domain.vaccination.ages import Age
from domain.vaccination.dose_rules import (
    FROM_PREVIOUS,
    AgeRule,
    DoseRule,
    Interval,
    Product,
    Reference,
    ReferenceKind,
)
from domain.vaccination.schedule import Series
from domain.vaccination.sources import Certainty, Citation, Source

CDSI = (Citation("cdc_cdsi"),)
_SEXES = {"male": Sex.MALE, "female": Sex.FEMALE}


def series(node: Node) -> Series:
    """One `series`."""
    name, target = node.text("seriesName"), node.text("targetDisease")
    doses = node.each("seriesDose")
    return Series(
        key=name,
        doses=tuple(_dose(dose, number, name, target) for number, dose in enumerate(doses, start=1)),
        sex=_only_sex(node),
        default=node.truth("selectSeries/defaultSeries"),
        product_path=node.truth("selectSeries/productPath"),
        preference=node.number("selectSeries/seriesPreference"),
        start_from=node.age("selectSeries/minAgeToStart"),
        start_before=node.age("selectSeries/maxAgeToStart"),
        series_group=node.text("selectSeries/seriesGroup"),
    )


def _only_sex(node: Node) -> Sex | None:
    required = {_SEXES[one.words().lower()] for one in node.each("requiredGender") if one.words().lower() in _SEXES}
    return next(iter(required)) if len(required) == 1 else None


def _dose(node: Node, number: int, series_name: str, target: str) -> DoseRule:
    preferable = [_product(one, preferable=True) for one in node.each("preferableVaccine")]
    allowable = [_product(one, preferable=False) for one in node.each("allowableVaccine")]
    return DoseRule(
        number=number,
        products=(*preferable, *allowable),
        source=Source(CDSI, Certainty.VERIFIED, note=f"{series_name}, {node.text('doseNumber')}"),
        ages=tuple(_ages(one) for one in node.each("age")),
        intervals=tuple(_interval(one) for one in node.each("interval") if not one.text("fromRelevantObs/code")),
        allowable_intervals=tuple(_interval(one) for one in node.each("allowableInterval")),
        inadvertent=frozenset(one.read("cvx", cvx, "a CVX code") for one in node.each("inadvertentVaccine")),
        skips=tuple(skip(one, target) for one in node.each("conditionalSkip")),
        recurring=node.truth("recurringDose"),
    )


def _ages(node: Node) -> AgeRule:
    return AgeRule(
        minimum=node.age("minAge"),
        absolute=node.age("absMinAge"),
        recommended=node.age("earliestRecAge"),
        overdue=_last_day_before(node.age("latestRecAge")),
        maximum=node.age("maxAge"),
        in_force=in_force(node),
    )


def _interval(node: Node) -> Interval:
    return Interval(
        minimum=node.age("minInt"),
        absolute=node.age("absMinInt"),
        recommended=node.age("earliestRecInt"),
        overdue=_last_day_before(node.age("latestRecInt")),
        reference=_reference(node),
        in_force=in_force(node),
    )


def _last_day_before(age: Age | None) -> Age | None:
    """CDC's past-due date is the day before the latest recommended one."""
    return age.earlier(1) if age else None


def _reference(node: Node) -> Reference:
    if node.truth("fromPrevious"):
        return FROM_PREVIOUS
    if node.text("fromTargetDose"):
        return Reference(ReferenceKind.TARGET, number=node.number("fromTargetDose"))
    return Reference(ReferenceKind.LATEST_OF, vaccines=node.read("fromMostRecent", codes, "a list of CVX codes"))


def _product(node: Node, *, preferable: bool) -> Product:
    return Product(
        vaccine=node.read("cvx", cvx, "a CVX code"),
        begin=node.age("beginAge"),
        end=node.age("endAge"),
        preferable=preferable,
        manufacturer=node.text("mvx") if preferable else "",
    )

"""Whether a vaccine counts as a dose. Source: CDSi, evaluate preferable and allowable vaccine."""

from domain.vaccination.chart import Chart, Record
from domain.vaccination.dose_rules import DoseRule, Product
from domain.vaccination.reasons import Fault, Reason

_WRONG = Fault(Reason.WRONG_VACCINE, {})


def product_fault(chart: Chart, rule: DoseRule, record: Record) -> Fault | None:
    """Not a vaccine for this dose at this age, or None."""
    fits = any(_fits(chart, product, record) for product in rule.products if product.vaccine == record.vaccine)
    return None if fits else _WRONG


def _fits(chart: Chart, product: Product, record: Record) -> bool:
    if product.manufacturer and product.manufacturer != record.manufacturer:
        return False
    in_force = product.in_force.on(record.given_on)
    return in_force and chart.is_within(record.given_on, product.begin, product.end)

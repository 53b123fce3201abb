"""A child's courses through the series of one group: doses go in one by one, the best series come out."""

from dataclasses import dataclass

from domain.vaccination.chart import Chart, Record
from domain.vaccination.course import Course, Verdict
from domain.vaccination.evaluation import take, take_undated
from domain.vaccination.history import GivenDose
from domain.vaccination.outlook import Outlook, SeriesStatus, look_ahead
from domain.vaccination.reasons import Fault, Reason
from domain.vaccination.schedule import Group, Target
from domain.vaccination.selection import best_of, is_relevant


@dataclass(slots=True)
class Way:
    """One group and, for each of its targets, a course through every series that concerns the child."""

    group: Group
    courses: list[tuple[Target, list[Course]]]

    def begin(self) -> None:
        """A group that follows another counts its first interval from the dose that completed the other."""
        for _, courses in self.courses:
            for course in courses:
                course.previous = course.chart.completed.get(self.group.follows or "")

    def offer(self, record: Record) -> None:
        """Let each course judge a dose whose vaccine concerns its target."""
        for target, courses in self.courses:
            taken = target.vaccines.get(record.vaccine)
            if taken and courses[0].chart.is_within(record.given_on, taken.begin, taken.end):
                for course in courses:
                    self._judge(course, record)

    def offer_undated(self, dose: GivenDose) -> None:
        """The same for a dose without a day."""
        for target, courses in self.courses:
            for course in courses if dose.vaccine in target.vaccines else ():
                take_undated(course, dose)

    def best(self) -> list[tuple[Target, Outlook]]:
        """The best series of each target, of each of its series groups, as it stands today.

        A series group for which she is too old is left out where the target has another.
        """
        found: list[tuple[Target, Outlook]] = []
        for target, courses in self.courses:
            if len(courses) == 1:
                found.append((target, look_ahead(courses[0])))
                continue
            best = [best_of([look_ahead(course) for course in rivals]) for rivals in _rivals(courses)]
            open_ones = [outlook for outlook in best if outlook.status is not SeriesStatus.AGED_OUT]
            found += [(target, outlook) for outlook in open_ones or best[:1]]
        return found

    def _judge(self, course: Course, record: Record) -> None:
        leader = self.group.follows
        if leader is None:
            return take(course, record)
        done = course.chart.completed.get(leader)
        if leader not in course.chart.completed or (done and record.given_on <= done.given_on):
            return course.note(Verdict(record, Fault(Reason.EARLIER_SERIES, {"other": leader})))
        return take(course, record)


def _rivals(courses: list[Course]) -> list[list[Course]]:
    """Courses that are chosen between: those of one series group."""
    found: dict[str, list[Course]] = {}
    for course in courses:
        found.setdefault(course.series.series_group, []).append(course)
    return list(found.values())


def way_of(chart: Chart, group: Group) -> Way | None:
    """The courses of a group that concerns the child; None when none of its series does."""
    found = []
    for target in group.targets:
        courses = [Course(chart, one, group.key, target.key) for one in target.series if is_relevant(one, chart)]
        if courses:
            found.append((target, courses))
    return Way(group, found) if found else None

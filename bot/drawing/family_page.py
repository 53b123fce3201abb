"""A family's page for those who work for the programme: its members, and everything that can be done."""

from bot.drawing.buttons import button, column
from bot.drawing.invites import children_of
from domain.identifiers import FamilyId
from domain.message import Choice, OutgoingMessage, Text, Value
from domain.people import ActorRole
from domain.tracks import Track
from services.enrolment.show_family import FamilyPage, Member
from services.family.choose_tracks import CHOSEN

ALL = frozenset(ActorRole)
# What can be done with a family: the action of the button, and who may see it. Its label is `family_page.choice.…`.
ACTIONS: tuple[tuple[str, frozenset[ActorRole]], ...] = (
    ("family_doses", frozenset({ActorRole.HEALTH_WORKER, ActorRole.STAFF})),
    ("kin_invite", ALL),
    ("family_birth", ALL),
    ("family_child", ALL),
    ("doses_had", ALL),
    ("family_why", frozenset({ActorRole.HEALTH_WORKER, ActorRole.STAFF})),
    ("family_tracks", frozenset({ActorRole.HEALTH_WORKER, ActorRole.STAFF})),
    ("family_consent", ALL),
    ("family_move", ALL),
    ("family_hand_over", ALL),
    ("kin_remove", ALL),
    ("family_loss", ALL),
    ("contact_person", frozenset({ActorRole.STAFF})),
)


def draw_family_page(page: FamilyPage) -> OutgoingMessage:
    """Who belongs to the family; below it, a button for each caregiver and each action."""
    values: dict[str, Value] = {
        "children": children_of(page.children) if page.children or page.awaiting else Text("family_page.nobody"),
        "facility": page.facility.name if page.facility else Text("common.station_unknown"),
        "enrolled_on": page.enrolled_on,
        "members": tuple(_member(one) for one in page.members) or (Text("family_page.nobody"),),
    }
    entries = [
        button("family_page.choice.caregiver", "family", one.caregiver.id, role=_role(one)) for one in page.members
    ]
    actions = [
        button(f"family_page.choice.{action}", action, page.family)
        for action, roles in ACTIONS
        if page.actor.role in roles
    ]
    return OutgoingMessage(Text("family_page.overview", values), column((*entries, *actions)))


def _member(member: Member) -> Text:
    state = "reached" if member.reached else "joined" if member.caregiver.joined_at else "waiting"
    return Text(f"family_page.member.{state}", {"role": _role(member)})


def _role(member: Member) -> Text:
    return Text(f"choice.role.{member.caregiver.role}")


def draw_tracks(family: FamilyId, followed: frozenset[Track]) -> OutgoingMessage:
    """The tracks that people choose, each with its switch."""
    switches = [_switch(family, track, followed=track in followed) for track in CHOSEN]
    back = button("family_tracks.choice.back", "family_page", family)
    return OutgoingMessage(Text("family_tracks.overview"), column((*switches, back)))


def _switch(family: FamilyId, track: Track, *, followed: bool) -> Choice:
    other, place = ("off", 0) if followed else ("on", 1)
    return button(f"family_tracks.choice.{track}.{other}", "family_tracks", family, track, place)

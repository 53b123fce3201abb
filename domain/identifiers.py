"""Names for the numbers by which rows are known, so that one cannot be taken for another."""

from typing import NewType

FamilyId = NewType("FamilyId", int)
CampaignId = NewType("CampaignId", int)
CaregiverId = NewType("CaregiverId", int)
CardId = NewType("CardId", int)
ApplicationId = NewType("ApplicationId", int)
MergeId = NewType("MergeId", int)
MoveId = NewType("MoveId", int)
ChildId = NewType("ChildId", int)
PregnancyId = NewType("PregnancyId", int)
ActorId = NewType("ActorId", int)
AddressId = NewType("AddressId", int)
CommuneId = NewType("CommuneId", int)
FacilityId = NewType("FacilityId", int)
InviteId = NewType("InviteId", int)
OutboxId = NewType("OutboxId", int)
TaskId = NewType("TaskId", int)
ErasureId = NewType("ErasureId", int)
UpdateId = NewType("UpdateId", int)

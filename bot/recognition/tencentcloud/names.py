"""The provider's names of fields -> ours.

Sources: https://cloud.tencent.com/document/api/866/36209 and 36213, and the data types of the
official SDK 3.1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.licence.documents import FieldName as F
from bot.recognition import values

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Source:
    """Where a field comes from.

    Attributes:
        name: our name.
        keys: the provider's, the best first: the first that holds a text counts.
        rule: the normal form of its value.
    """

    name: F
    keys: tuple[str, ...]
    rule: Callable[[str], str]


DRIVING_LICENCE: Final = (
    Source(F.LICENCE_NUMBER, ("CardCode", "BackPageCardCode"), values.code),
    Source(F.NAME, ("Name", "BackPageName"), values.person),
    Source(F.SEX, ("Sex",), values.solid),
    Source(F.NATIONALITY, ("Nationality",), values.solid),
    Source(F.ADDRESS, ("Address",), values.solid),
    Source(F.DATE_OF_BIRTH, ("DateOfBirth",), values.date),
    Source(F.FIRST_ISSUE_DATE, ("DateOfFirstIssue",), values.date),
    Source(F.VEHICLE_CLASSES, ("Class",), values.code),
    Source(F.VALID_FROM, ("StartDate",), values.date),
    Source(F.VALID_UNTIL, ("EndDate",), values.until),
    Source(F.ISSUING_AUTHORITY, ("IssuingAuthority",), values.solid),
    Source(F.FILE_NUMBER, ("ArchivesCode",), values.number),
    Source(F.RECORD, ("Record",), values.solid),
    Source(F.STATE, ("State",), values.solid),
    Source(F.PENALTY_POINTS, ("CumulativeScore",), values.solid),
    Source(F.GENERATED_AT, ("GenerateTime",), values.moment),
    Source(F.SHOWN_AT, ("CurrentTime",), values.moment),
)
"""Of a reply itself: both pages of the card lie flat in it."""

VEHICLE_LICENCE: Final = (
    Source(F.PLATE_NUMBER, ("PlateNo",), values.code),
    Source(F.VEHICLE_TYPE, ("VehicleType",), values.solid),
    Source(F.OWNER, ("Owner",), values.solid),
    Source(F.ADDRESS, ("Address",), values.solid),
    Source(F.USE_CHARACTER, ("UseCharacter",), values.solid),
    Source(F.MODEL, ("Model",), values.model),
    Source(F.VIN, ("Vin",), values.code),
    Source(F.ENGINE_NUMBER, ("EngineNo",), values.engine),
    Source(F.REGISTER_DATE, ("RegisterDate",), values.date),
    Source(F.ISSUE_DATE, ("IssueDate",), values.date),
    Source(F.ISSUING_AUTHORITY, ("Seal",), values.solid),
    Source(F.STATE, ("StateElectronic",), values.solid),
    Source(F.INSPECTION_VALID_UNTIL, ("InspectionValidityTimeElectronic",), values.month),
    Source(F.GENERATED_AT, ("GenerationTimeElectronic",), values.moment),
)
"""Of its `FrontInfo`."""

VEHICLE_LICENCE_BACK: Final = (
    Source(F.PLATE_NUMBER, ("PlateNo",), values.code),
    Source(F.FILE_NUMBER, ("FileNo",), values.number),
    Source(F.SEATING_CAPACITY, ("AllowNum",), values.seats),
    Source(F.GROSS_MASS, ("TotalMass",), values.mass),
    Source(F.KERB_MASS, ("CurbWeight",), values.mass),
    Source(F.RATED_LOAD, ("LoadQuality",), values.mass),
    Source(F.DIMENSIONS, ("ExternalSize",), values.dimensions),
    Source(F.TOWED_MASS, ("TotalQuasiMass",), values.mass),
    Source(F.REMARKS, ("Marks",), values.spaced),
    Source(F.INSPECTION_RECORD, ("Record",), values.solid),
    Source(F.BARCODE_NUMBER, ("SubPageCode",), values.number),
    Source(F.FUEL_TYPE, ("FuelType",), values.solid),
    Source(F.BODY_COLOUR, ("CarBodyColor",), values.solid),
    # a tractor's page says `Address`
    Source(F.ADDRESS, ("AddressElectronic", "Address"), values.solid),
    Source(F.ISSUING_AUTHORITY, ("IssueAuthorityElectronic",), values.solid),
)
"""Of its `BackInfo`, or its `TractorBackInfo`, whose own three masses have no field."""

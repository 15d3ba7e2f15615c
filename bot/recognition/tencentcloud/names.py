"""The provider's names of fields -> ours.

Sources: https://cloud.tencent.com/document/api/866/36209 and 36213, and the data types of the
official SDK 3.1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.licence.documents import FieldName as F


@dataclass(frozen=True, slots=True)
class Source:
    """Where a field comes from.

    Attributes:
        name: our name.
        keys: the provider's, the best first: the first that holds a text counts.
    """

    name: F
    keys: tuple[str, ...]


DRIVING_LICENCE: Final = (
    Source(F.LICENCE_NUMBER, ("CardCode", "BackPageCardCode")),
    Source(F.NAME, ("Name", "BackPageName")),
    Source(F.SEX, ("Sex",)),
    Source(F.NATIONALITY, ("Nationality",)),
    Source(F.ADDRESS, ("Address",)),
    Source(F.DATE_OF_BIRTH, ("DateOfBirth",)),
    Source(F.FIRST_ISSUE_DATE, ("DateOfFirstIssue",)),
    Source(F.VEHICLE_CLASSES, ("Class",)),
    Source(F.VALID_FROM, ("StartDate",)),
    Source(F.VALID_UNTIL, ("EndDate",)),
    Source(F.ISSUING_AUTHORITY, ("IssuingAuthority",)),
    Source(F.FILE_NUMBER, ("ArchivesCode",)),
    Source(F.RECORD, ("Record",)),
    Source(F.STATE, ("State",)),
    Source(F.PENALTY_POINTS, ("CumulativeScore",)),
    Source(F.GENERATED_AT, ("GenerateTime",)),
    Source(F.SHOWN_AT, ("CurrentTime",)),
)
"""Of a reply itself: both pages of the card lie flat in it."""

VEHICLE_LICENCE: Final = (
    Source(F.PLATE_NUMBER, ("PlateNo",)),
    Source(F.VEHICLE_TYPE, ("VehicleType",)),
    Source(F.OWNER, ("Owner",)),
    Source(F.ADDRESS, ("Address",)),
    Source(F.USE_CHARACTER, ("UseCharacter",)),
    Source(F.MODEL, ("Model",)),
    Source(F.VIN, ("Vin",)),
    Source(F.ENGINE_NUMBER, ("EngineNo",)),
    Source(F.REGISTER_DATE, ("RegisterDate",)),
    Source(F.ISSUE_DATE, ("IssueDate",)),
    Source(F.ISSUING_AUTHORITY, ("Seal",)),
    Source(F.STATE, ("StateElectronic",)),
    Source(F.INSPECTION_VALID_UNTIL, ("InspectionValidityTimeElectronic",)),
    Source(F.GENERATED_AT, ("GenerationTimeElectronic",)),
)
"""Of its `FrontInfo`."""

VEHICLE_LICENCE_BACK: Final = (
    Source(F.PLATE_NUMBER, ("PlateNo",)),
    Source(F.FILE_NUMBER, ("FileNo",)),
    Source(F.SEATING_CAPACITY, ("AllowNum",)),
    Source(F.GROSS_MASS, ("TotalMass",)),
    Source(F.KERB_MASS, ("CurbWeight",)),
    Source(F.RATED_LOAD, ("LoadQuality",)),
    Source(F.DIMENSIONS, ("ExternalSize",)),
    Source(F.TOWED_MASS, ("TotalQuasiMass",)),
    Source(F.REMARKS, ("Marks",)),
    Source(F.INSPECTION_RECORD, ("Record",)),
    Source(F.BARCODE_NUMBER, ("SubPageCode",)),
    Source(F.FUEL_TYPE, ("FuelType",)),
    Source(F.BODY_COLOUR, ("CarBodyColor",)),
    # a tractor's page says `Address`
    Source(F.ADDRESS, ("AddressElectronic", "Address")),
    Source(F.ISSUING_AUTHORITY, ("IssueAuthorityElectronic",)),
)
"""Of its `BackInfo`, or its `TractorBackInfo`, whose own three masses have no field."""

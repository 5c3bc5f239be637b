from faden.residence.models.outlook import Opening, Outlook
from faden.residence.models.precheck import Precheck
from faden.residence.models.request import GivenOfficeAnswer, OfficeAnswer, OfficeRequest, RuleReading

__all__ = ["GivenOfficeAnswer", "OfficeAnswer", "OfficeRequest", "Opening", "Outlook", "Precheck", "RuleReading"]

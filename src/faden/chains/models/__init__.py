from faden.chains.models.chain import Chain, ChainStep, StepChange, StepLink
from faden.chains.models.plan import Goal, GoalStep, Plan, PlanVersion
from faden.chains.models.sharing import ChainShare, StepReport
from faden.chains.models.template import ChainTemplate, MeasuredDuration

__all__ = [
    "Chain",
    "ChainShare",
    "ChainStep",
    "ChainTemplate",
    "Goal",
    "GoalStep",
    "MeasuredDuration",
    "Plan",
    "PlanVersion",
    "StepChange",
    "StepLink",
    "StepReport",
]

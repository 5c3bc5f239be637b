"""How many rows, as one number beside others in one statement."""

from django.db.models import F, Func, IntegerField, QuerySet, Subquery
from django.db.models.expressions import Star


def number_of(rows: QuerySet, *, of: str = "", function: str = "COUNT") -> Subquery:
    """A subquery of one number: a join for each would multiply the rows of the others."""
    # COUNT(*) reads the index alone, COUNT(id) every row.
    number = Func(F(of) if of else Star(), function=function, output_field=IntegerField())
    return Subquery(rows.order_by().annotate(how_many=number).values("how_many"))

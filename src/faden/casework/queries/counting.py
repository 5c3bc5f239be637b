"""How many rows, as one number beside others in one statement."""

from django.db.models import F, Func, IntegerField, QuerySet, Subquery


def number_of(rows: QuerySet, *, of: str = "id", function: str = "COUNT") -> Subquery:
    """A subquery of one number: a join for each would multiply the rows of the others."""
    plain = rows.order_by().annotate(how_many=Func(F(of), function=function)).values("how_many")
    return Subquery(plain, output_field=IntegerField())

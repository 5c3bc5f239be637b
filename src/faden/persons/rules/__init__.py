"""Pure rules about names and birth dates: no Django, no database, no clock."""

"""The look: frame, components, forms. Knows no subject matter and no audience."""

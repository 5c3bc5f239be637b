"""Starter code lists of case work and the deeds that are remembered, a file for each noun as in the models."""

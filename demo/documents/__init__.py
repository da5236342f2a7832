"""Documents of invented institutions: drawn, set and composed here, by nobody else's design."""

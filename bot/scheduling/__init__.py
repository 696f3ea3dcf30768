"""The calendars behind one port: the built-in one and the clinic's own FHIR server."""

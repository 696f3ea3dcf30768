"""The clinic's own FHIR R4 server as a calendar: the small subset that most servers share. It runs in the worker only."""

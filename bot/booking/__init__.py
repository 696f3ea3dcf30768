"""Appointments as patients make them: what the flows about them have done."""

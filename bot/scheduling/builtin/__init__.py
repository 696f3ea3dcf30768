"""The built-in calendar: availability is computed from weekly rules and what is taken, never stored."""

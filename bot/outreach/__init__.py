"""What the clinic begins by itself: reminders of visits, and notices of what was changed."""

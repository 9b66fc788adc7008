"""The screens of the dashboard, one a file; what they share is in `pages.shared`."""

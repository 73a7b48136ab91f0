"""Asking web services, politely, with what they answered kept on disk."""

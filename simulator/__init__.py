"""A WhatsApp that is not WhatsApp: the Cloud API over HTTP, and phones in the browser."""

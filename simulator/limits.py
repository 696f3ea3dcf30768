"""Meta's limits of what may be sent, in characters unless said otherwise.

Meta does not say what a character is. We count UTF-16 units, the stricter reading: what passes here passes either way.
"""

from __future__ import annotations

CALLBACK_DATA = 512  # .../webhooks/reference/messages/status
TEXT_BODY = 4096  # .../messages/text-messages
BUTTONS = 3  # .../messages/interactive-reply-buttons-messages
BUTTON_TITLE = 20
BUTTON_ID = 256
INTERACTIVE_BODY = 1024
HEADER = 60
FOOTER = 60
LIST_BODY = 4096  # .../messages/interactive-list-messages
LIST_BUTTON = 20
SECTIONS = 10
ROWS = 10  # over all sections
SECTION_TITLE = 24
ROW_ID = 200
ROW_TITLE = 24
ROW_DESCRIPTION = 72
LINK_DISPLAY_TEXT = 20  # .../messages/interactive-cta-url-messages
URL = 2000
CAPTION = 1024
TYPING_S = 25  # a typing indicator ends with the reply, or then
WINDOW_S = 24 * 3600  # the customer service window
PAIR_BURST = 45  # .../about-the-platform: one message each 6 seconds to the same person, bursts of 45
PAIR_EVERY_S = 6.0
READ_WITHIN_S = 30 * 24 * 3600  # a message can be marked as read, or reacted to, for 30 days
MEDIA_URL_S = 300
RETRY_FOR_S = 7 * 24 * 3600  # a webhook not answered with 200 is repeated for 7 days
WEBHOOK_BYTES = 3 * 1024 * 1024

TEMPLATE_NAME = 512
TEMPLATE_HEADER = 60
TEMPLATE_BODY = 1024
TEMPLATE_FOOTER = 60
TEMPLATE_BUTTONS = 10
TEMPLATE_BUTTON_TEXT = 25
TEMPLATE_URL_BUTTONS = 2
TEMPLATE_LIFETIME_S = (30, 12 * 3600)
TEMPLATES = 250
QUICK_REPLY_PAYLOAD = 256

MEDIA_BYTES = {
    "image": 5 * 1024 * 1024,
    "video": 16 * 1024 * 1024,
    "audio": 16 * 1024 * 1024,
    "document": 100 * 1024 * 1024,
    "sticker": 500 * 1024,
}


def length(text: str) -> int:
    """Return how long Meta may take a text to be."""
    return len(text) + sum(1 for character in text if character > "\uffff")

"""Meta's limits on what may be sent, each with the page it comes from. Lengths are in characters, as Meta's pages say.

Meta does not say whether an emoji counts as one character or as two UTF-16 units. What is refused before sending is
counted the lenient way (code points), so that nothing Meta would take is refused by us; authored texts should keep
two or three characters spare.
"""

from __future__ import annotations

from bot.model import Limits

# developers.facebook.com/documentation/business-messaging/whatsapp/messages/text-messages
TEXT_BODY = 4096

# .../whatsapp/messages/interactive-reply-buttons-messages
BUTTONS = 3
BUTTON_TITLE = 20  # unique within the message
BUTTON_ID = 256  # unique, no space at either end
BUTTONS_BODY = 1024

# .../whatsapp/messages/interactive-list-messages (the OpenAPI file says 1,024 for the body; the page is newer)
LIST_BODY = 4096
LIST_BUTTON = 20
SECTIONS = 10
ROWS = 10  # all sections together
SECTION_TITLE = 24  # needed when there is more than one section
ROW_ID = 200
ROW_TITLE = 24
ROW_DESCRIPTION = 72

# header of a list and footer of any interactive message, on the same pages; the header of reply buttons is given in
# github.com/facebook/openapi only
HEADER = 60
FOOTER = 60

# .../whatsapp/messages/interactive-cta-url-messages
LINK_BODY = 1024
LINK_DISPLAY_TEXT = 20

# .../whatsapp/messages/image-messages, video-messages, document-messages
CAPTION = 1024

# .../whatsapp/templates/components
TEMPLATE_NAME = 512  # [a-z0-9_]
TEMPLATE_HEADER = 60
TEMPLATE_URL = 2000
TEMPLATE_BUTTONS = 10

# .../whatsapp/webhooks/reference/messages/status
CALLBACK_DATA = 512  # biz_opaque_callback_data

# .../whatsapp/webhooks/overview
WEBHOOK_BYTES = 3 * 1024 * 1024
WEBHOOK_UPDATES = 1000

LIMITS = Limits(
    text_body=TEXT_BODY,
    buttons=BUTTONS,
    button_title=BUTTON_TITLE,
    button_id=BUTTON_ID,
    buttons_body=BUTTONS_BODY,
    list_body=LIST_BODY,
    list_button=LIST_BUTTON,
    rows=ROWS,
    sections=SECTIONS,
    section_title=SECTION_TITLE,
    row_id=ROW_ID,
    row_title=ROW_TITLE,
    row_description=ROW_DESCRIPTION,
    header=HEADER,
    footer=FOOTER,
    link_body=LINK_BODY,
    link_display_text=LINK_DISPLAY_TEXT,
    caption=CAPTION,
)

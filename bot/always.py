"""Words that work everywhere, whatever is asked; as whole messages only, folded as `menus.answers.fold` does."""

STOP = frozenset({"stop", "unsubscribe", "disiscrivimi", "non scrivetemi piu", "no me escriban mas"})
RESUME = frozenset({"riprendi", "resume", "start", "reanudar"})
LEAVE = frozenset(
    {"menu", "menu principale", "torna al menu", "main menu", "back to the menu", "menu principal", "volver al menu"}
)
THANKS = frozenset(
    {
        *("grazie", "grazie mille", "mille grazie", "molte grazie", "tante grazie", "la ringrazio", "ok grazie"),
        *("va bene grazie", "perfetto grazie", "grazie a lei", "gentilissimi grazie", "grazie a voi"),
        *("thanks", "thank you", "many thanks", "thanks a lot", "ok thanks", "thank you very much", "great thanks"),
        *("gracias", "muchas gracias", "mil gracias", "ok gracias", "vale gracias"),
    }
)

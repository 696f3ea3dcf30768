"""Words that work everywhere, whatever is asked; as whole messages only, folded as `menus.answers.fold` does."""

STOP = frozenset(
    {
        *("stop", "disiscrivimi", "cancellami", "non scrivetemi piu", "non mi scrivete piu", "non scrivermi piu"),
        *("basta messaggi", "niente messaggi", "non voglio piu messaggi", "non voglio ricevere messaggi"),
        *("non mandatemi piu messaggi", "smettete di scrivermi", "smettetela di scrivermi", "disiscrizione"),
        *("unsubscribe", "opt out", "no more messages", "stop messaging me", "stop texting me", "stop writing to me"),
        *("do not write to me", "don t write to me", "do not message me", "don t message me", "stop the messages"),
        *(
            "no me escriban mas",
            "no me escribais mas",
            "no me escribas mas",
            "no me manden mas mensajes",
            "darme de baja",
        ),
        *(
            "quiero darme de baja",
            "dame de baja",
            "denme de baja",
            "dadme de baja",
            "no mas mensajes",
            "basta de mensajes",
        ),
        *(
            "no quiero mas mensajes",
            "no quiero recibir mensajes",
            "no quiero recibir mas mensajes",
            "cancelar suscripcion",
        ),
        *("dejen de escribirme", "dejad de escribirme", "deja de escribirme"),
    }
)
RESUME = frozenset(
    {
        *("riprendi", "riattiva", "riprendete", "riattiva i messaggi", "potete scrivermi"),
        *("resume", "start", "restart messages", "subscribe", "you can write to me"),
        *("reanudar", "reanuda", "reactivar", "darme de alta", "quiero darme de alta", "pueden escribirme"),
    }
)
LEAVE = frozenset(
    {
        *("menu", "menu principale", "torna al menu", "tornare al menu", "vai al menu"),
        *("main menu", "back to the menu", "back to menu", "go back to the menu"),
        *("menu principal", "volver al menu", "vuelve al menu", "ir al menu", "regresar al menu"),
    }
)
THANKS = frozenset(
    {
        *("grazie", "grazie mille", "mille grazie", "molte grazie", "tante grazie", "la ringrazio", "ok grazie"),
        *("va bene grazie", "perfetto grazie", "grazie a lei", "gentilissimi grazie", "grazie a voi", "grazie ancora"),
        *(
            "grazie infinite",
            "vi ringrazio",
            "ti ringrazio",
            "ok grazie mille",
            "perfetto grazie mille",
            "grazie di tutto",
        ),
        *(
            "ok va bene grazie",
            "grazie e buona giornata",
            "grazie buona giornata",
            "grazie e arrivederci",
            "gentilissima grazie",
        ),
        *("thanks", "thank you", "many thanks", "thanks a lot", "ok thanks", "thank you very much", "great thanks"),
        *(
            "thanks so much",
            "thank you so much",
            "ok thank you",
            "perfect thanks",
            "thx",
            "perfect thank you",
            "thanks again",
        ),
        *("great thank you", "thanks for your help", "thank you for your help", "thanks bye", "all right thanks"),
        *(
            "gracias",
            "muchas gracias",
            "mil gracias",
            "ok gracias",
            "vale gracias",
            "muchisimas gracias",
            "perfecto gracias",
        ),
        *("vale muchas gracias", "ok muchas gracias", "de acuerdo gracias", "genial gracias", "gracias por todo"),
        *("gracias por su ayuda", "gracias por la ayuda", "se lo agradezco", "les agradezco", "gracias a usted"),
        *("gracias a ustedes", "gracias a vosotros", "perfecto muchas gracias", "gracias buen dia", "gracias adios"),
    }
)
GREETINGS = frozenset(
    {
        *("ciao", "salve", "buongiorno", "buon giorno", "buonasera", "buona sera", "buon pomeriggio", "buondi", "hey"),
        *("ciao buongiorno", "salve buongiorno", "buongiorno a tutti", "salve buonasera", "ciao buonasera", "ehi"),
        *(
            "hi",
            "hello",
            "hi there",
            "hello there",
            "good morning",
            "good afternoon",
            "good evening",
            "hello good morning",
        ),
        *("hi good morning", "hello good afternoon", "hello good evening", "good day"),
        *("hola", "buenos dias", "buenas tardes", "buenas noches", "buenas", "hola buenos dias", "hola buenas tardes"),
        *(
            "hola buenas noches",
            "hola buenas",
            "hola que tal",
            "muy buenos dias",
            "muy buenas",
            "buen dia",
            "hola buen dia",
        ),
    }
)

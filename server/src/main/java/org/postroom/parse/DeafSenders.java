package org.postroom.parse;

import java.util.Set;

/** Local parts under which nobody reads answers, in many languages. */
final class DeafSenders {
    private static final Set<String> WHOLE = Words.set("""
            bounce bounces nobody null devnull unattended donotrespond automailer autoresponder autoresponse autoreply
            autoanswer mailrobot mailbot robot
            """);
    private static final PhraseSet WITHIN = new PhraseSet(Words.list("""
            noreply; donotreply; dontreply; nonreply; noanswer; norespond; notreply; neverreply; noreplies; nepasrepondre;
            pasdereponse; sansreponse; nerepondezpas; keineantwort; nichtantworten; nichtbeantworten; antwortennicht;
            bittenichtantworten; ohneantwort; noresponder; noresponda; norespondas; sinrespuesta; norespuesta; naoresponda;
            naoresponder; naorespondas; nonrispondere; norisposta; nietbeantwoorden; nietantwoorden; nietreageren; geenantwoord;
            nieodpowiadaj; nieodpowiadac; bezodpowiedzi; prosimynieodpowiadac; neodpovidat; neodpovidejte; svarainte; svaraej;
            ejsvar; intesvar; ikkesvar; svarikke; besvarikke; eivastata; eivastausta; alavastaa; yanitlamayin;
            yanitlamayiniz; cevaplamayin; cevapvermeyin; neotvechat; neotvechay; neotvechaite; nevalaszoljon; nevalaszolj;
            nuraspunde; nuraspundeti; neodgovarajte
            """), 0);

    private DeafSenders() {}

    /** @param local in lower case */
    static boolean isOne(String local) {
        if (local.startsWith("bounce+") || local.startsWith("bounces+") || local.startsWith("bounce-")) {
            return true;
        }
        if (WHOLE.contains(local)) {
            return true;
        }
        StringBuilder letters = new StringBuilder(local.length());
        for (int i = 0; i < local.length(); i++) {
            char c = local.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                letters.append(c);
            }
        }
        String bare = letters.toString();
        return WHOLE.contains(bare) || isWithin(bare);
    }

    private static boolean isWithin(String bare) {
        for (int i = 0; i < bare.length(); i++) {
            if (WITHIN.lengthAt(bare, i) > 0) {
                return true;
            }
        }
        return false;
    }
}

package org.postroom.parse;

import java.util.List;
import java.util.Locale;

/** Subjects that out-of-office programs write when no header tells. Only at the beginning of a subject. */
final class AutoReplySubjects {
    private static final List<String> BEGINNINGS = Words.list("""
            automatic reply; auto reply; auto-reply; autoreply; auto response; auto-response; autoresponse;
            out of office; out-of-office; out of the office; vacation reply; on vacation; away from my mail;
            automatische antwort; abwesenheitsnotiz; abwesenheitsnachricht; abwesenheit:; automatische
            abwesenheit; réponse automatique; reponse automatique; absence du bureau; message d'absence;
            respuesta automática; respuesta automatica; fuera de la oficina; fuera de oficina; risposta
            automatica; fuori sede; fuori ufficio; resposta automática; resposta automatica; ausência
            temporária; automatisch antwoord; afwezigheidsbericht; afwezig:; automatyczna odpowiedź;
            automatyczna odpowiedz; odpowiedź automatyczna; automatická odpověď; automatická odpoveď;
            autosvar; automatiskt svar; frånvaromeddelande; automatisk svar; fraværsmeddelelse;
            fraværsbeskjed; automaattinen vastaus; poissaoloilmoitus; otomatik yanıt; ofis dışında;
            автоответ; автоматический ответ; 自动回复; 自動回覆; 自動回應; 自動応答; 自動返信; 不在通知; 자동 회신; 자동회신; 부재중;
            automatikus válasz; răspuns automat; αυτόματη απάντηση""");

    private AutoReplySubjects() {}

    static boolean matches(String subject) {
        String text = subject.strip().toLowerCase(Locale.ROOT);
        if (text.startsWith("[") && text.indexOf(']') > 0) {
            text = text.substring(text.indexOf(']') + 1).strip();
        }
        if (text.startsWith("re:") || text.startsWith("aw:")) {
            return false; // a person answers such a message
        }
        String beginning = text;
        return BEGINNINGS.stream().anyMatch(beginning::startsWith);
    }
}

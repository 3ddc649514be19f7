package org.postroom.parse;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.postroom.mail.Address;
import org.postroom.mail.Bounce;

/** The words by which mail servers say that a message did not arrive. */
final class BounceWords {
    private static final Set<String> ROBOTS = Words.set("""
            mailer-daemon postmaster mail-daemon mailerdaemon double-bounce maildaemon mail.daemon mdaemon
            microsoftexchange bounce bounces mail-delivery
            """);

    private static final List<String> NAMES = Words.list("""
            mail delivery; delivery subsystem; mail administrator; system administrator; postmaster; mailer daemon;
            mailer-daemon; microsoft outlook; delivery status; e-mail delivery; mail system; internet mail delivery
            """);

    private static final List<String> SUBJECTS = Words.list("""
            undeliver; undelivered; returned mail; return to sender; returned to sender; returning message; delivery status;
            delivery notification; mail delivery failed; mail delivery failure; delivery failure; delivery failed; failure
            notice; failure delivery; delivery problem; delivery error; non-deliver; nondeliver; non deliver; not delivered;
            could not be delivered; couldn't be delivered; could not deliver; cannot be delivered; unable to deliver; message
            status - undeliver; mail system error; mail error; error sending; delivery report; warning: message; warning: could
            not send; delayed; message delay; user unknown; unknown user; rejected; bounced mail; bounce notification;
            permanent error; address error; mail could not; message you sent blocked; failed delivery; failed mail; failed:;
            unzustellbar; nicht zugestellt; zustellung; non remis; échec de la remise; non distribué; no se puede entregar;
            no entregado; devuelto; entrega fallida; mancato recapito; non recapitabile; mancata consegna; não entregue; falha
            na entrega; devolvido; onbestelbaar; niet bezorgd; nie można dostarczyć; niedostarcz; nedoručiteln; kunde inte
            levereras; olevererbart; kunne ikke leveres; ei voitu toimittaa; teslim edilemedi; не доставлено; недоставлен;
            退信; 无法送达; 無法傳遞; 無法投遞; 配信不能; 配信エラー; 送信できません; 배달 실패; 반송; 전송 실패
            """);

    private static final List<String> BODIES = Words.list("""
            could not be delivered; couldn't be delivered; cannot be delivered; can not be delivered; was not delivered; not
            been delivered; unable to deliver; wasn't able to deliver; was unable to deliver; could not deliver; did not reach;
            was undeliverable; is undeliverable; undeliverable to; permanent fatal error; transient non-fatal error; permanent
            error; delivery failed; delivery to the following; delivery has failed; failed to deliver; failed permanently; had
            permanent; error occurred while; rejected; bounced; returned to you; returned mail; has been returned; being
            returned; user unknown; unknown user; no such user; mailbox full; mailbox is full; over quota; exceeds allowed;
            not listed in; does not exist; unknown recipient; undelivered; could not send; not be sent; delivery problem;
            smtp error; mail server; host unknown; still undelivered; delivery delayed; has been delayed; nicht zugestellt; non remis; n'a pas pu être; no se pudo entregar; no ha podido; impossibile
            recapitare; não foi possível; niet bezorgd; nie została dostarczona; nebylo možné; не удалось; не доставлен;
            配信できません; お届けできません; 无法; 無法; 전송하지 못했습니다
            """);

    private static final List<String> DELAYS = Words.list("""
            delivery delayed; has been delayed; is delayed; still undelivered; not yet been delivered; will be retried;
            will continue to try; keep trying; you do not need to resend; no action is required; warning message only;
            delivery attempts will continue; will be made for
            """);

    private static final List<String> CHALLENGES = Words.list("""
            prove you are human; prove that you are; verify that you are a; confirm that you are a; challenge-response;
            challenge/response; sender verification; approved senders list; allowed senders list; to release your message;
            reply to this message to confirm; one-time confirmation; message is being held until
            """);

    /** What a server may want of a sender before it lets him in. */
    private static final List<String> PROOFS = Words.list("""
            approved; verified; verification; confirmed; confirmation; whitelisted; authorised; authorized; known
            """);

    private BounceWords() {}

    /** Whether mail servers rather than people send under this name. */
    static boolean isRobot(List<Address> from) {
        for (Address address : from) {
            String key = address.key();
            int at = key.indexOf('@');
            String local = at < 0 ? key : key.substring(0, at);
            String name = address.name().toLowerCase(Locale.ROOT);
            if (ROBOTS.contains(local)
                    || local.startsWith("microsoftexchange")
                    || local.startsWith("mailer-daemon")
                    || NAMES.stream().anyMatch(name::startsWith)) {
                return true;
            }
        }
        return false;
    }

    static boolean subjectTells(String subject) {
        String lower = subject.strip().toLowerCase(Locale.ROOT);
        if (lower.startsWith("re:") || lower.startsWith("fwd:") || lower.startsWith("fw:") || lower.startsWith("aw:")) {
            return false;
        }
        return SUBJECTS.stream().anyMatch(lower::contains);
    }

    static boolean bodyTells(String lower) {
        return BODIES.stream().anyMatch(lower::contains);
    }

    static boolean isDelay(String lower) {
        return DELAYS.stream().anyMatch(lower::contains);
    }

    /** A program wants the sender to prove himself before it delivers. */
    static boolean isChallenge(String lower) {
        return CHALLENGES.stream().anyMatch(lower::contains);
    }

    /** RFC 3463 x.7.x, temporary, because the sender is not yet approved: a challenge in the form of a report. */
    static boolean isChallenge(Bounce.Recipient recipient) {
        String status = recipient.status();
        String diagnostic = recipient.diagnostic();
        if (status == null || !status.startsWith("4.7.") || diagnostic == null) {
            return false;
        }
        String lower = diagnostic.toLowerCase(Locale.ROOT);
        return lower.contains("sender") && PROOFS.stream().anyMatch(lower::contains);
    }
}

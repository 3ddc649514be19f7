package org.postroom.parse;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.postroom.mail.Address;
import org.postroom.mail.Bounce;

/** The words by which mail servers say that a message did not arrive, and the names under which they say it. */
final class BounceWords {
    private static final Phrases TABLE = Phrases.load("bounce-words.txt");
    private static final long SUBJECT = TABLE.bit("subject");
    private static final long FAMILY = TABLE.bit("family");
    private static final long STRONG = TABLE.bit("strong");
    private static final long WEAK = TABLE.bit("weak");
    private static final long DELAY = TABLE.bit("delay");
    private static final long FINAL = TABLE.bit("final");
    private static final long CHALLENGE = TABLE.bit("challenge");
    private static final long CHALLENGE_WEAK = TABLE.bit("challenge-weak");
    private static final long CHALLENGE_SUBJECT = TABLE.bit("challenge-subject");
    private static final long PROOF = TABLE.bit("proof");

    private static final Set<String> ROBOTS = Words.set("""
            mailer-daemon mail-daemon mailerdaemon double-bounce maildaemon mail.daemon mdaemon microsoftexchange bounce
            bounces mail-delivery mailer_daemon mailer.daemon mail_daemon mail-delivery-subsystem mail-error mailerror
            bounce-notification maildelivery daemon
            """);
    private static final Set<String> OFFICES = Words.set("""
            postmaster post_master postmasters post-master autoreply-bounce mailadmin mail-admin mailsystem mail-system
            """);

    private static final Phrases NAMES = Phrases.of("""
            [names]
            mail delivery; delivery subsystem; mail administrator; system administrator; postmaster; mailer daemon;
            mailer-daemon; microsoft outlook|; delivery status; e-mail delivery; email delivery; mail system; internet mail
            delivery; systemadministrator; administrateur système; administrador del sistema; amministratore di sistema;
            administrador do sistema; systeembeheerder; системный администратор; система доставки; системадминистратор;
            почтовая система; 系统管理员; 系統管理員; システム管理者; 시스템 관리자; mail router; mailrouter; mail transport; 邮件系统; 메일 시스템;
            メール配信システム; mail deliver; returned mail; message router
            """);

    /** Marks before the subject of what a person answers or passes on. */
    private static final Phrases ANSWERED = Phrases.of("""
            [answered]
            re: ; re :; fw: ; fwd: ; aw: ; wg: ; sv: ; vs: ; tr: ; rv: ; antw: ; antwort: ; odp: ; ynt: ; enc: ; res: ; i: ; r: ; doorst: ;
            vb: ; pd: ; vl: ; ilt: ; 转发; 轉寄; 回复; 答复; 回覆; 転送; 返信; 전달: ; 회신; отв: ; пересл; tr : ; ref: ; fwd:; fw:; re:; aw:; wg:; tr:; rv:; sv:
            """);

    private BounceWords() {}

    /** How surely a program of a mail server is the sender. */
    enum Sender {
        ROBOT,
        OFFICE,
        OTHER
    }

    static Sender sender(List<Address> from) {
        Sender best = Sender.OTHER;
        for (Address address : from) {
            String key = address.key();
            int at = key.indexOf('@');
            String local = at < 0 ? key : key.substring(0, at);
            if (ROBOTS.contains(local)
                    || local.startsWith("microsoftexchange")
                    || local.startsWith("mailer-daemon")
                    || local.startsWith("mailerdaemon")) {
                return Sender.ROBOT;
            }
            String name = address.name();
            boolean office = OFFICES.contains(local) || local.startsWith("postmaster");
            if (office || (!name.isEmpty() && NAMES.beginning(name.toLowerCase(Locale.ROOT), 0) != 0)) {
                best = Sender.OFFICE;
            }
        }
        return best;
    }

    /**
     * A person's mark stands before the subject.
     *
     * @param normal what {@link Phrases#normal} made of the subject
     */
    static boolean isAnswered(String normal) {
        return ANSWERED.beginning(normal, 0) != 0;
    }

    /** What a text or a subject says, found in one pass. */
    record Told(long groups) {
        /** It is the subject of a bounce. */
        boolean subject() {
            return (groups & SUBJECT) != 0;
        }

        boolean family() {
            return (groups & FAMILY) != 0;
        }

        boolean strong() {
            return (groups & (STRONG | FAMILY)) != 0;
        }

        boolean anything() {
            return (groups & (STRONG | FAMILY | WEAK)) != 0;
        }

        /** More tries will be made. */
        boolean delay() {
            return (groups & DELAY) != 0 && (groups & FINAL) == 0;
        }

        /** A program wants the sender to prove himself before it delivers. */
        boolean challenge() {
            return (groups & CHALLENGE) != 0;
        }

        /** The same in words that people use too. */
        boolean mayChallenge() {
            return (groups & (CHALLENGE | CHALLENGE_WEAK)) != 0;
        }
    }

    /** @param normal what {@link Phrases#normal} made of the text */
    static Told told(String normal) {
        return new Told(TABLE.found(normal));
    }

    /** A program asks in its subject for proof. */
    static boolean subjectChallenges(ReportSource source) {
        boolean added = source.normal().strip().endsWith("required)"); // to the subject it answers
        return (added || !source.answered()) && (source.subjectSays().groups & CHALLENGE_SUBJECT) != 0;
    }

    /** RFC 3463 x.7.x, temporary, because the sender is not yet approved: a challenge in the form of a report. */
    static boolean isChallenge(Bounce.Recipient recipient) {
        String status = recipient.status();
        String diagnostic = recipient.diagnostic();
        if (status == null || !status.startsWith("4.7.") || diagnostic == null) {
            return false;
        }
        String normal = Phrases.normal(diagnostic);
        return normal.contains("sender") && (TABLE.found(normal) & PROOF) != 0;
    }
}

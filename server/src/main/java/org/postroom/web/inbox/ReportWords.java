package org.postroom.web.inbox;

import org.jspecify.annotations.Nullable;
import org.postroom.mail.Complaint;
import org.postroom.mail.Findings;
import org.postroom.mail.Receipt;

/** What a read receipt or a complaint says, as a sentence. */
final class ReportWords {
    private ReportWords() {}

    static @Nullable String of(Findings findings) {
        Receipt receipt = findings.receipt();
        Complaint complaint = findings.complaint();
        return receipt != null ? of(receipt) : complaint != null ? of(complaint) : null;
    }

    private static String of(Receipt receipt) {
        String who = receipt.recipient() == null ? "the recipient" : receipt.recipient();
        String what = switch (receipt.disposition()) {
            case "displayed" -> "Our message was opened by " + who + ".";
            case "deleted" -> "Our message was deleted by " + who + " without being opened.";
            case "denied" -> "No read receipt is wanted by " + who + ".";
            case "failed" -> "The mail program of " + who + " could not show our message.";
            default -> "Our message was received by a program of " + who + ".";
        };
        return receipt.automatic()
                ? what + " A program said so by itself: it need not mean that anybody read it."
                : what;
    }

    private static String of(Complaint complaint) {
        String who = complaint.recipient() == null ? "A recipient" : complaint.recipient();
        String what = switch (complaint.type()) {
            case "not-spam" -> who + " says that our message was no spam after all.";
            case "fraud" -> who + " reports our message as fraud.";
            case "virus" -> who + " reports that our message carried a virus.";
            default -> who + " called our message spam.";
        };
        return complaint.type().equals("not-spam")
                ? what
                : what + " Automatic answers to this contact are switched off; answer by hand only if asked to.";
    }
}

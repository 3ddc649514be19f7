package org.postroom.simulator.imap;

import java.io.IOException;
import org.postroom.simulator.imap.ImapSession.State;

/** CAPABILITY, NOOP, ID, LOGOUT, STARTTLS. */
final class ConnectionCommands {
    private static final String PLAIN =
            "IMAP4 IMAP4rev1 LOGINDISABLED STARTTLS UIDPLUS MOVE ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+";
    private static final String SECURED =
            "IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+";
    private static final String AUTHENTICATED =
            "IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID UNSELECT CLIENTACCESSRULES"
                    + " CLIENTNETWORKPRESENCELOCATION BACKENDAUTHENTICATE CHILDREN IDLE NAMESPACE LITERAL+";

    private ConnectionCommands() {}

    static String capability(ImapSession session, Arguments arguments) throws ImapRefusal, IOException {
        arguments.end();
        String offered = session.state() != State.NEW ? AUTHENTICATED : session.tls() ? SECURED : PLAIN;
        session.out().line("* CAPABILITY " + offered);
        return "OK CAPABILITY completed.";
    }

    static String noop(ImapSession session, Arguments arguments) throws ImapRefusal {
        arguments.end();
        return "OK NOOP completed.";
    }

    static String id(ImapSession session, Arguments arguments) throws ImapRefusal, IOException {
        arguments.space();
        if (arguments.peek() == '(') {
            arguments.list();
        } else if (!arguments.word().equals("NIL")) {
            throw ImapRefusal.badArguments();
        }
        arguments.end();
        session.out().line("* ID (\"name\" \"Microsoft.Exchange.Imap4.Imap4Server\" \"version\" \"15.20\")");
        return "OK ID completed";
    }

    static String logout(ImapSession session, Arguments arguments) throws ImapRefusal, IOException {
        arguments.end();
        session.out().line("* BYE Microsoft Exchange Server IMAP4 server signing off.");
        session.end();
        return "OK LOGOUT completed.";
    }

    static String startTls(ImapSession session, Arguments arguments) throws ImapRefusal {
        arguments.end();
        if (session.tls()) {
            throw new ImapRefusal("BAD Command received in Invalid state.");
        }
        session.startTlsAfterAnswer();
        return "OK Begin TLS negotiation now.";
    }
}

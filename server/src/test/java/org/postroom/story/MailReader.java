package org.postroom.story;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.postroom.rig.RealServers;
import org.postroom.rig.RigTrust;

/** Looks into mailboxes of the real servers as their owners do, with a client that is not ours. */
final class MailReader {
    static final String PASSWORD = "s3cret!";

    private final RealServers servers;

    MailReader(RealServers servers) {
        this.servers = servers;
    }

    /** One message as the owner sees it. */
    record Seen(String subject, boolean read, String raw) {
        String header(String name) {
            String unfolded = raw.replaceAll("\r\n[ \t]+", " ");
            for (String line :
                    unfolded.substring(0, unfolded.indexOf("\r\n\r\n") + 2).split("\r\n")) {
                if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
                    return line.substring(name.length() + 1).strip();
                }
            }
            return "";
        }
    }

    /** All messages of a folder; empty if there is no such folder. */
    List<Seen> all(String user, String folderName) {
        try (Store store = session().getStore("imaps")) {
            store.connect(RealServers.HOST, servers.imapTlsPort(), user, PASSWORD);
            Folder folder = store.getFolder(folderName);
            List<Seen> seen = new ArrayList<>();
            if (!folder.exists()) {
                return seen;
            }
            folder.open(Folder.READ_ONLY);
            for (Message message : folder.getMessages()) {
                boolean read = message.isSet(Flags.Flag.SEEN);
                ByteArrayOutputStream raw = new ByteArrayOutputStream();
                message.writeTo(raw);
                String subject = message.getSubject();
                seen.add(new Seen(subject == null ? "" : subject, read, raw.toString(StandardCharsets.UTF_8)));
            }
            return seen;
        } catch (MessagingException | IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Session session() throws IOException, GeneralSecurityException {
        Properties properties = new Properties();
        properties.put(
                "mail.imaps.ssl.socketFactory",
                RigTrust.of(servers.authorityPem()).getSocketFactory());
        properties.put("mail.imaps.socketFactory.fallback", "false");
        properties.put("mail.imaps.peek", "true");
        properties.put("mail.imaps.timeout", "20000");
        return Session.getInstance(properties);
    }
}

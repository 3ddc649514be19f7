package org.postroom.rig;

import jakarta.mail.Session;
import java.util.Properties;

/** Angus Mail sessions that trust a rig, for the tests of the rig itself. */
final class RigSession {

    private RigSession() {}

    static Session forPassword(RealServers servers) throws Exception {
        return session(servers, "PLAIN LOGIN");
    }

    static Session forToken(RealServers servers) throws Exception {
        return session(servers, "XOAUTH2");
    }

    private static Session session(RealServers servers, String mechanisms) throws Exception {
        Properties properties = new Properties();
        for (String protocol : new String[] {"imap", "imaps", "pop3s", "smtp", "smtps"}) {
            String prefix = "mail." + protocol + ".";
            properties.put(prefix + "auth", "true");
            properties.put(prefix + "auth.mechanisms", mechanisms);
            properties.put(prefix + "connectiontimeout", "5000");
            properties.put(prefix + "timeout", "20000");
            properties.put(
                    prefix + "ssl.socketFactory",
                    RigTrust.of(servers.authorityPem()).getSocketFactory());
            properties.put(prefix + "socketFactory.fallback", "false");
            properties.put(prefix + "ssl.checkserveridentity", "true");
            properties.put(prefix + "starttls.required", Boolean.toString(!protocol.endsWith("s")));
        }
        return Session.getInstance(properties);
    }
}

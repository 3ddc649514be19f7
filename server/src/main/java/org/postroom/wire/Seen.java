package org.postroom.wire;

import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * What can be seen of a connection, in words for a diagnosis.
 *
 * @param words what was seen
 * @param warning what works today and soon will not
 */
public record Seen(String words, @Nullable String warning) {
    /** Certificates are renewed by hand in many places; that takes people some days. */
    private static final Duration SOON = Duration.ofDays(14);

    private static final Pattern PART = Pattern.compile("(?:^|,\\s*)(O|CN)=(\"[^\"]*\"|(?:[^,\\\\]|\\\\.)*)");
    private static final int MOST = 4;

    /** The addresses of a name; empty if DNS knows none, or is not to be asked. */
    public static Optional<String> addresses(String host) {
        try {
            List<String> all = Arrays.stream(InetAddress.getAllByName(host))
                    .map(InetAddress::getHostAddress)
                    .distinct()
                    .toList();
            return Optional.of(
                    all.equals(List.of(host))
                            ? host + " is an address; there is no name to resolve."
                            : host + " is " + some(all) + ".");
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Protocol and certificate of an encrypted connection; empty if it is none. */
    public static Optional<Seen> tls(Socket socket, Instant now) {
        if (!(socket instanceof SSLSocket encrypted)) {
            return Optional.empty();
        }
        String protocol = encrypted.getSession().getProtocol();
        try {
            X509Certificate certificate =
                    encrypted.getSession().getPeerCertificates()[0] instanceof X509Certificate x509 ? x509 : null;
            return Optional.of(
                    certificate == null
                            ? new Seen("Encrypted by " + protocol + ".", null)
                            : of(protocol, certificate, now));
        } catch (SSLPeerUnverifiedException e) {
            return Optional.of(new Seen("Encrypted by " + protocol + ".", null));
        }
    }

    private static Seen of(String protocol, X509Certificate certificate, Instant now) {
        Instant end = certificate.getNotAfter().toInstant();
        LocalDate last = LocalDate.ofInstant(end, ZoneOffset.UTC);
        String words = "Encrypted by " + protocol + ". The certificate is for " + some(names(certificate))
                + ", issued by " + name(certificate.getIssuerX500Principal().getName(), "O") + ", valid until " + last
                + ".";
        long days = Duration.between(now, end).toDays();
        return new Seen(
                words,
                end.isBefore(now.plus(SOON))
                        ? "The certificate ends on " + last + ", in " + days + (days == 1 ? " day" : " days")
                                + ". From then on Postroom cannot connect: have the server's operator renew it."
                        : null);
    }

    private static List<String> names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            var alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                // RFC 5280 section 4.2.1.6: 2 is dNSName, 7 iPAddress.
                alternatives.stream()
                        .filter(a -> a.get(0) instanceof Integer type && (type == 2 || type == 7))
                        .forEach(a -> names.add(String.valueOf(a.get(1))));
            }
        } catch (CertificateParsingException unreadable) {
            // The common name has to do.
        }
        return names.isEmpty()
                ? List.of(name(certificate.getSubjectX500Principal().getName(), "CN"))
                : names;
    }

    /** This part of a distinguished name, else its common name, else all of it. */
    private static String name(String distinguished, String part) {
        String found = distinguished;
        Matcher matcher = PART.matcher(distinguished);
        while (matcher.find()) {
            if (matcher.group(1).equals(part)) {
                return matcher.group(2).replace("\"", "").replace("\\", "");
            }
            if (matcher.group(1).equals("CN")) {
                found = matcher.group(2);
            }
        }
        return found;
    }

    private static String some(List<String> all) {
        return all.stream().limit(MOST).collect(Collectors.joining(", "))
                + (all.size() > MOST ? " and " + (all.size() - MOST) + " more" : "");
    }
}

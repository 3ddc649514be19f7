package org.postroom.secure;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;

/** What certificates and user ids name. */
final class Names {
    private static final int LONGEST = 200;

    private Names() {}

    /** E-mail addresses of a certificate, in lower case (RFC 8550 section 3). */
    static List<String> addresses(X509CertificateHolder certificate) {
        List<String> found = new ArrayList<>();
        try {
            GeneralNames names =
                    GeneralNames.fromExtensions(certificate.getExtensions(), Extension.subjectAlternativeName);
            for (GeneralName name : names == null ? new GeneralName[0] : names.getNames()) {
                if (name.getTagNo() == GeneralName.rfc822Name) {
                    add(found, name.getName().toString());
                }
            }
        } catch (RuntimeException e) {
            // a damaged extension names nobody
        }
        for (RDN rdn : certificate.getSubject().getRDNs(BCStyle.EmailAddress)) {
            add(found, IETFUtils.valueToString(rdn.getFirst().getValue()));
        }
        return found;
    }

    /** The address of an OpenPGP user id; empty if it has none. */
    static String address(String userId) {
        int open = userId.lastIndexOf('<');
        int close = userId.indexOf('>', open + 1);
        String address = open >= 0 && close > open ? userId.substring(open + 1, close) : userId;
        return address.indexOf('@') > 0 && address.strip().indexOf(' ') < 0
                ? address.strip().toLowerCase(Locale.ROOT)
                : "";
    }

    private static void add(List<String> found, String address) {
        String lower = address.strip().toLowerCase(Locale.ROOT);
        if (!lower.isEmpty() && !found.contains(lower) && found.size() < 20) {
            found.add(lower);
        }
    }

    /** The first address, else the name. */
    static String signer(X509CertificateHolder certificate, List<String> addresses) {
        return addresses.isEmpty() ? subject(certificate.getSubject()) : addresses.getFirst();
    }

    /** The common name, else all of it. */
    static String subject(X500Name name) {
        for (ASN1ObjectIdentifier part : List.of(BCStyle.CN, BCStyle.O)) {
            RDN[] found = name.getRDNs(part);
            if (found.length > 0) {
                return cut(IETFUtils.valueToString(found[0].getFirst().getValue()));
            }
        }
        return cut(name.toString());
    }

    /** Short, and on one line. */
    static String cut(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ").strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }

    static PublicKey publicKey(X509CertificateHolder certificate) throws GeneralSecurityException, IOException {
        var info = certificate.getSubjectPublicKeyInfo();
        return KeyFactory.getInstance(info.getAlgorithm().getAlgorithm().getId(), Castle.PROVIDER)
                .generatePublic(new X509EncodedKeySpec(info.getEncoded()));
    }
}

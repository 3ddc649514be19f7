package org.postroom.secure;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataParser;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.util.Store;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.Protection.Signature;

/** Judges the signers of a CMS structure whose content was read. */
final class SmimeSigners {
    private static final int MAX_SIGNERS = 10;
    private static final int MAX_CERTIFICATES = 50;
    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);
    /** MD2, MD4, MD5 and SHA-1: others can make content that fits a signature by them. */
    private static final Set<String> WEAK =
            Set.of("1.2.840.113549.2.2", "1.2.840.113549.2.4", "1.2.840.113549.2.5", "1.3.14.3.2.26");

    private final KeyRing keys;
    private final SmimeTrust trust;
    private final Clock clock;

    SmimeSigners(KeyRing keys, SmimeTrust trust, Clock clock) {
        this.keys = keys;
        this.trust = trust;
        this.clock = clock;
    }

    /** The signer that counts. */
    Said judge(CMSSignedDataParser parser, List<Address> from) throws CMSException, IOException {
        List<X509CertificateHolder> sent = certificates(parser.getCertificates());
        Collection<SignerInformation> signers = parser.getSignerInfos().getSigners();
        List<Said> all = new ArrayList<>();
        for (SignerInformation signer : signers) {
            if (all.size() >= MAX_SIGNERS) {
                break;
            }
            all.add(judge(signer, sent, from));
        }
        return all.isEmpty() ? Said.unchecked("S/MIME without any signature in it.") : Said.best(all);
    }

    private static List<X509CertificateHolder> certificates(Store<?> store) {
        List<X509CertificateHolder> found = new ArrayList<>();
        for (Object one : store.getMatches(null)) {
            if (one instanceof X509CertificateHolder holder
                    && found.size() < MAX_CERTIFICATES
                    && Castle.isHarmless(holder.getSubjectPublicKeyInfo())) {
                found.add(holder);
            }
        }
        return found;
    }

    private Said judge(SignerInformation signer, List<X509CertificateHolder> sent, List<Address> from) {
        X509CertificateHolder certificate = certificate(signer, sent);
        if (certificate == null) {
            return Said.unchecked("Signed with S/MIME, but the signer's certificate did not come along. Ask the sender"
                    + " for it, and add it to the channel's keys.");
        }
        List<String> addresses = Names.addresses(certificate);
        String sender = Said.sender(from);
        String name = addresses.contains(sender) ? sender : Names.signer(certificate, addresses);
        if (!fits(signer, certificate)) {
            return Said.broken(name);
        }
        if (WEAK.contains(signer.getDigestAlgOID())) {
            return Said.untrusted(
                    name,
                    "The signature of " + name + " fits the content, but was made in a way that"
                            + " others can imitate by now (MD5 or SHA-1). Ask the sender to bring his program up to date.");
        }
        return trusted(signer, certificate, sent, name, addresses.contains(sender), sender);
    }

    private Said trusted(
            SignerInformation signer,
            X509CertificateHolder certificate,
            List<X509CertificateHolder> sent,
            String name,
            boolean isSender,
            String sender) {
        Instant now = clock.instant();
        Instant signed = signingTime(signer);
        Instant at = signed == null || signed.isAfter(now) ? now : signed;
        if (signed != null && signed.isAfter(now.plus(CLOCKS_DIFFER))) {
            return Said.untrusted(name, "The signature of " + name + " says it was made in the future.");
        }
        String doubt = trust.doubt(certificate, sent, at);
        if (doubt != null) {
            return Said.untrusted(name, "The signature fits the content, but the certificate of " + name + " " + doubt);
        }
        if (!isSender) {
            return Said.untrusted(
                    name,
                    "The signature is by " + name + ", but the message says it is from "
                            + (sender.isEmpty() ? "nobody" : sender) + ".");
        }
        return new Said(
                Signature.VERIFIED,
                name,
                "Signed by " + name + " with S/MIME, and unchanged since. Whether the certificate was revoked was not"
                        + " asked.");
    }

    private @Nullable X509CertificateHolder certificate(SignerInformation signer, List<X509CertificateHolder> sent) {
        for (X509CertificateHolder one : sent) {
            if (signer.getSID().match(one)) {
                return one;
            }
        }
        for (KeyMaterial.Certificate one : keys.certificates()) {
            if (signer.getSID().match(one.certificate())) {
                return one.certificate();
            }
        }
        return null;
    }

    private static boolean fits(SignerInformation signer, X509CertificateHolder certificate) {
        try {
            return signer.verify(new JcaSimpleSignerInfoVerifierBuilder()
                    .setProvider(Castle.PROVIDER)
                    .build(Names.publicKey(certificate)));
        } catch (CMSException | OperatorCreationException | GeneralSecurityException | IOException e) {
            return false;
        }
    }

    private static @Nullable Instant signingTime(SignerInformation signer) {
        if (signer.getSignedAttributes() == null) {
            return null;
        }
        Attribute attribute = signer.getSignedAttributes().get(CMSAttributes.signingTime);
        if (attribute == null || attribute.getAttrValues().size() != 1) {
            return null;
        }
        try {
            ASN1Encodable value = attribute.getAttrValues().getObjectAt(0);
            return Time.getInstance(value.toASN1Primitive()).getDate().toInstant();
        } catch (IllegalArgumentException | IllegalStateException e) {
            return null;
        }
    }
}

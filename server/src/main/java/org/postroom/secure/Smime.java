package org.postroom.secure;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1SequenceParser;
import org.bouncycastle.asn1.ASN1StreamParser;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfoParser;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cms.CMSCompressedDataParser;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataParser;
import org.bouncycastle.cms.CMSTypedStream;
import org.bouncycastle.cms.jcajce.ZlibExpanderProvider;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.postroom.mail.Address;
import org.postroom.mail.Protection;
import org.postroom.mail.Protection.Encryption;
import org.postroom.mail.Protection.Signature;
import org.postroom.mail.Protection.Standard;
import org.postroom.parse.Opener.Content;
import org.postroom.parse.Opener.Opened;
import org.postroom.secure.Spooled.TooMuchException;

/** Cryptographic Message Syntax (RFC 5652) as mail uses it (RFC 8551). For one message and one thread. */
final class Smime {
    private static final int LARGEST_PEM = 32 << 20;

    private final SmimeSigners signers;
    private final SmimeRecipients recipients;

    Smime(SmimeSigners signers, SmimeRecipients recipients) {
        this.signers = signers;
        this.recipients = recipients;
    }

    /** A part that is CMS and nothing else. */
    Opened open(Content part, List<Address> from, long most) throws IOException {
        Content content = binary(part);
        try {
            ASN1ObjectIdentifier type = type(content);
            if (type.equals(PKCSObjectIdentifiers.signedData)) {
                return signed(content, from, most);
            }
            if (type.equals(PKCSObjectIdentifiers.envelopedData)) {
                return recipients.enveloped(content, most);
            }
            if (type.equals(CMSObjectIdentifiers.authEnvelopedData)) {
                return recipients.authEnveloped(content, most);
            }
            if (type.equals(CMSObjectIdentifiers.compressedData)) {
                return compressed(content, most);
            }
            return new Opened(null, null);
        } catch (TooMuchException e) {
            return new Opened(closed("It was not opened: " + e.getMessage() + "."), null);
        } catch (CMSException | OperatorCreationException | IOException | RuntimeException e) {
            return new Opened(closed("It is damaged or cut off and cannot be read."), null);
        }
    }

    /** A signature beside what it is about. */
    Opened check(Content content, byte[] signature, List<Address> from) throws IOException {
        try {
            Said said = detached(content, signature, from);
            if (said.signature() == Signature.BROKEN && Canonical.differs(content)) {
                said = detached(new Canonical(content), signature, from);
            }
            return new Opened(said.by(Standard.SMIME), null);
        } catch (CMSException | OperatorCreationException | IOException | RuntimeException e) {
            return new Opened(
                    Said.unchecked("Signed with S/MIME, but the signature is damaged and could not be checked.")
                            .by(Standard.SMIME),
                    null);
        }
    }

    private Said detached(Content content, byte[] signature, List<Address> from)
            throws IOException, CMSException, OperatorCreationException {
        try (InputStream in = content.open()) {
            CMSSignedDataParser parser = new CMSSignedDataParser(digests(), new CMSTypedStream(in), binary(signature));
            parser.getSignedContent().drain();
            return signers.judge(parser, from);
        }
    }

    private Opened signed(Content content, List<Address> from, long most)
            throws IOException, CMSException, OperatorCreationException {
        Spooled inside = new Spooled(most);
        try (InputStream in = content.open()) {
            CMSSignedDataParser parser = new CMSSignedDataParser(digests(), in);
            CMSTypedStream signed = parser.getSignedContent();
            if (signed == null) {
                inside.close();
                return new Opened(null, null); // certificates and nothing else
            }
            copy(signed.getContentStream(), inside.out());
            return new Opened(signers.judge(parser, from).by(Standard.SMIME), inside);
        } catch (CMSException | IOException | OperatorCreationException | RuntimeException e) {
            return unreadable(inside, e);
        }
    }

    /** What came out before the damage is shown: a signature that cannot be read hides nothing. */
    private static Opened unreadable(Spooled inside, Exception e) throws IOException {
        if (inside.size() == 0 || e instanceof TooMuchException) {
            inside.close();
            return new Opened(
                    Said.unchecked("Signed with S/MIME, but it is damaged or too large, and could not be read.")
                            .by(Standard.SMIME),
                    null);
        }
        return new Opened(
                Said.unchecked("Signed with S/MIME, but the signature is damaged and could not be checked.")
                        .by(Standard.SMIME),
                inside);
    }

    private static Opened compressed(Content content, long most) throws IOException, CMSException {
        Spooled inside = new Spooled(most);
        try (InputStream in = content.open()) {
            CMSCompressedDataParser parser = new CMSCompressedDataParser(in);
            copy(parser.getContent(new ZlibExpanderProvider(most)).getContentStream(), inside.out());
            return new Opened(null, inside);
        } catch (CMSException | IOException | RuntimeException e) {
            inside.close();
            return new Opened(null, null);
        }
    }

    static void copy(InputStream from, OutputStream to) throws IOException {
        try (from) {
            from.transferTo(to);
        }
    }

    static DigestCalculatorProvider digests() throws OperatorCreationException {
        return new JcaDigestCalculatorProviderBuilder()
                .setProvider(Castle.PROVIDER)
                .build();
    }

    static Protection closed(String words) {
        return new Protection(
                Standard.SMIME, Signature.NONE, Encryption.CLOSED, null, "Encrypted with S/MIME. " + words);
    }

    private static ASN1ObjectIdentifier type(Content content) throws IOException {
        try (InputStream in = new BufferedInputStream(content.open())) {
            if (new ASN1StreamParser(in).readObject() instanceof ASN1SequenceParser sequence) {
                return new ContentInfoParser(sequence).getContentType();
            }
            throw new IOException("no CMS");
        }
    }

    /** Some programs send PEM where DER is meant. */
    private static Content binary(Content part) throws IOException {
        if (part.size() > LARGEST_PEM) {
            return part;
        }
        byte[] start;
        try (InputStream in = part.open()) {
            start = in.readNBytes(11);
            if (!new String(start, StandardCharsets.ISO_8859_1).equals("-----BEGIN ")) {
                return part;
            }
        }
        try (InputStream in = part.open()) {
            return new Held(binary(in.readAllBytes()));
        }
    }

    private static byte[] binary(byte[] bytes) throws IOException {
        if (bytes.length < 11 || !new String(bytes, 0, 11, StandardCharsets.ISO_8859_1).equals("-----BEGIN ")) {
            return bytes;
        }
        try (PemReader pem = new PemReader(
                new InputStreamReader(new java.io.ByteArrayInputStream(bytes), StandardCharsets.ISO_8859_1))) {
            PemObject object = pem.readPemObject();
            return object == null ? bytes : object.getContent();
        }
    }

    /** A content in memory. */
    record Held(byte[] bytes) implements Content {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public InputStream open() {
            return new java.io.ByteArrayInputStream(bytes);
        }
    }
}

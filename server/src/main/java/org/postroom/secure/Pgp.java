package org.postroom.secure;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.openpgp.PGPCompressedData;
import org.bouncycastle.openpgp.PGPEncryptedDataList;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPObjectFactory;
import org.bouncycastle.openpgp.PGPOnePassSignatureList;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPUtil;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.Protection;
import org.postroom.mail.Protection.Encryption;
import org.postroom.mail.Protection.Signature;
import org.postroom.mail.Protection.Standard;
import org.postroom.parse.Opener.Content;
import org.postroom.parse.Opener.Opened;
import org.postroom.secure.Spooled.TooMuchException;

/** OpenPGP messages (RFC 9580 section 10.3). For one message and one thread. */
final class Pgp {
    private static final int DEEPEST = 6;
    private static final int MAX_SIGNATURES = 50;
    private static final String OPENED = "Encrypted with OpenPGP, and opened by a key of this channel.";

    private final PgpSigners signers;
    private final PgpRecipients recipients;

    Pgp(PgpSigners signers, PgpRecipients recipients) {
        this.signers = signers;
        this.recipients = recipients;
    }

    /** What has been found on the way into one message. */
    private static final class Found {
        final List<PGPSignature> signatures = new ArrayList<>();

        @Nullable
        Spooled literal;

        boolean encrypted;

        @Nullable
        String closed;
    }

    /** A message, armored or not. */
    Opened open(Content part, List<Address> from, long most) throws IOException {
        Found found = new Found();
        try (InputStream in = part.open()) {
            read(PGPUtil.getDecoderStream(in), found, most, 0);
        } catch (TooMuchException e) {
            found.closed = "It was not opened: " + e.getMessage() + ".";
        } catch (PGPException | IOException | RuntimeException e) {
            if (found.literal == null && found.closed == null) {
                found.closed = "It is damaged or cut off and cannot be read.";
            }
        }
        Spooled literal = found.literal;
        if (found.closed != null || literal == null) {
            if (literal != null) {
                literal.close();
            }
            String words = found.closed == null ? "There is no message in it." : found.closed;
            return new Opened(closed(words), null);
        }
        return new Opened(protection(found, literal, from), literal);
    }

    private Protection protection(Found found, Spooled literal, List<Address> from) throws IOException {
        if (found.signatures.isEmpty()) {
            return new Protection(
                    Standard.OPENPGP,
                    Signature.NONE,
                    found.encrypted ? Encryption.DECRYPTED : Encryption.NONE,
                    null,
                    found.encrypted ? OPENED : "Packed with OpenPGP, neither signed nor encrypted.");
        }
        Said said = signers.judge(found.signatures, literal, from);
        return found.encrypted ? said.inside(Standard.OPENPGP, OPENED) : said.by(Standard.OPENPGP);
    }

    /** A signature beside what it is about. */
    Opened check(Content content, byte[] signature, List<Address> from) throws IOException {
        List<PGPSignature> signatures = signatures(signature);
        if (signatures.isEmpty()) {
            return new Opened(
                    Said.unchecked("Signed with OpenPGP, but the signature is damaged and could not be checked.")
                            .by(Standard.OPENPGP),
                    null);
        }
        Said said = signers.judge(signatures, content, from);
        if (said.signature() == Signature.BROKEN && Canonical.differs(content)) {
            said = signers.judge(signatures(signature), new Canonical(content), from);
        }
        return new Opened(said.by(Standard.OPENPGP), null);
    }

    /** The signatures of a detached one; none if it cannot be read. */
    static List<PGPSignature> signatures(byte[] signature) {
        Found found = new Found();
        try (InputStream in = PGPUtil.getDecoderStream(new java.io.ByteArrayInputStream(signature))) {
            PGPObjectFactory objects = Castle.PGP.pgpObjectFactory(in);
            for (Object one = objects.nextObject(); one != null; one = objects.nextObject()) {
                if (one instanceof PGPSignatureList list) {
                    add(found, list);
                }
            }
        } catch (IOException | RuntimeException e) {
            // What was read before the damage counts.
        }
        return found.signatures;
    }

    private void read(InputStream in, Found found, long most, int depth) throws IOException, PGPException {
        if (depth > DEEPEST) {
            throw new IOException("packets nested too deep");
        }
        PGPObjectFactory objects = Castle.PGP.pgpObjectFactory(in);
        for (Object one = objects.nextObject(); one != null; one = objects.nextObject()) {
            switch (one) {
                case PGPEncryptedDataList list when found.literal == null -> encrypted(list, found, most, depth);
                case PGPCompressedData data
                when found.literal == null -> read(new Counted(data.getDataStream(), most), found, most, depth + 1);
                case PGPLiteralData data
                when found.literal == null -> {
                    Spooled literal = new Spooled(most);
                    found.literal = literal;
                    Smime.copy(data.getInputStream(), literal.out());
                }
                case PGPLiteralData second -> found.closed = "It holds more than one message, which no program makes.";
                case PGPSignatureList list -> add(found, list);
                case PGPOnePassSignatureList announced -> {} // the signatures follow the content
                default -> {}
            }
            if (found.closed != null) {
                return; // what stays closed is not read on as if it were packets
            }
        }
    }

    private void encrypted(PGPEncryptedDataList list, Found found, long most, int depth)
            throws IOException, PGPException {
        switch (recipients.open(list, most)) {
            case PgpRecipients.Result.Closed(String words) -> found.closed = words;
            case PgpRecipients.Result.Open(Spooled packets) -> {
                found.encrypted = true;
                found.signatures.clear(); // what stands outside does not count for what is inside
                try (packets) {
                    read(packets.open(), found, most, depth + 1);
                }
            }
        }
    }

    private static void add(Found found, PGPSignatureList list) {
        for (int i = 0; i < list.size() && found.signatures.size() < MAX_SIGNATURES; i++) {
            found.signatures.add(list.get(i));
        }
    }

    private static Protection closed(String words) {
        return new Protection(
                Standard.OPENPGP, Signature.NONE, Encryption.CLOSED, null, "Encrypted with OpenPGP. " + words);
    }

    /** Ends in words where more comes out than a message may hold. */
    private static final class Counted extends FilterInputStream {
        private final long most;
        private long read;

        Counted(InputStream in, long most) {
            super(in);
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n = in.read(bytes, offset, length);
            count(Math.max(n, 0));
            return n;
        }

        private void count(int n) throws IOException {
            read += n;
            if (read > most + (1 << 20)) {
                throw new TooMuchException(most);
            }
        }
    }
}

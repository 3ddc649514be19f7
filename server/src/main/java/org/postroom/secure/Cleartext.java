package org.postroom.secure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.openpgp.PGPSignature;
import org.postroom.mail.Address;
import org.postroom.mail.Protection.Standard;
import org.postroom.parse.Opener.Content;
import org.postroom.parse.Opener.Opened;

/** Text with its signature below it (RFC 9580 section 7): dash-escaped, blanks at line ends not signed. */
final class Cleartext {
    private static final byte[] SIGNATURE = "-----BEGIN PGP SIGNATURE-----".getBytes(StandardCharsets.US_ASCII);

    private final PgpSigners signers;

    Cleartext(PgpSigners signers) {
        this.signers = signers;
    }

    /** A block from its first line to its last. */
    Opened open(Content part, List<Address> from, long most) throws IOException {
        byte[] block;
        try (InputStream in = part.open()) {
            block = in.readAllBytes();
        }
        ByteArrayOutputStream shown = new ByteArrayOutputStream(block.length);
        ByteArrayOutputStream signed = new ByteArrayOutputStream(block.length);
        int signature = split(block, shown, signed);
        List<PGPSignature> signatures =
                signature < 0 ? List.of() : Pgp.signatures(Arrays.copyOfRange(block, signature, block.length));
        Spooled text = new Spooled(most);
        shown.writeTo(text.out());
        Said said = signatures.isEmpty()
                ? Said.unchecked("Signed with OpenPGP, but the signature is damaged and could not be checked.")
                : signers.judge(signatures, new Smime.Held(signed.toByteArray()), from);
        return new Opened(said.by(Standard.OPENPGP), text);
    }

    /** Where the signature begins; -1 if it does not. Header lines up to the first blank one are passed over. */
    private static int split(byte[] block, ByteArrayOutputStream shown, ByteArrayOutputStream signed) {
        boolean header = true;
        boolean first = true;
        for (int at = 0; at < block.length; ) {
            int end = at;
            while (end < block.length && block[end] != '\n') {
                end++;
            }
            int next = Math.min(end + 1, block.length);
            int stripped = end;
            while (stripped > at && isBlank(block[stripped - 1])) {
                stripped--;
            }
            if (header) {
                header = stripped > at;
            } else if (startsWith(block, at)) {
                return at;
            } else {
                int from = stripped - at >= 2 && block[at] == '-' && block[at + 1] == ' ' ? at + 2 : at;
                if (!first) {
                    signed.writeBytes(new byte[] {'\r', '\n'});
                }
                first = false;
                int start = Math.min(from, stripped);
                signed.write(block, start, stripped - start);
                shown.write(block, Math.min(from, next), next - Math.min(from, next));
            }
            at = next;
        }
        return -1;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }

    private static boolean startsWith(byte[] block, int at) {
        return block.length - at >= SIGNATURE.length
                && Arrays.equals(block, at, at + SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
    }
}

package org.postroom.secure;

import java.io.IOException;
import java.io.InputStream;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.cms.CMSAuthEnvelopedDataParser;
import org.bouncycastle.cms.CMSEnvelopedDataParser;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.KeyAgreeRecipientInformation;
import org.bouncycastle.cms.KeyTransRecipientInformation;
import org.bouncycastle.cms.PKIXRecipientId;
import org.bouncycastle.cms.Recipient;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.jcajce.JceKeyAgreeAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyAgreeEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.util.encoders.Hex;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Protection;
import org.postroom.mail.Protection.Encryption;
import org.postroom.mail.Protection.Signature;
import org.postroom.mail.Protection.Standard;
import org.postroom.parse.Opener.Content;
import org.postroom.parse.Opener.Opened;
import org.postroom.secure.ChannelKey.Purpose;
import org.postroom.secure.Spooled.TooMuchException;

/** Opens what is encrypted to the channel's certificates. */
final class SmimeRecipients {
    private static final int MAX_TRIES = 5;
    private static final int MAX_NAMED = 3;

    private final List<KeyMaterial.Certificate> own;

    SmimeRecipients(KeyRing keys) {
        own = keys.certificates(Purpose.OWN);
    }

    /** Reads the list of recipients anew: a try uses it up. */
    private interface Envelope {
        Collection<RecipientInformation> recipients(InputStream in) throws CMSException, IOException;
    }

    /** EnvelopedData: nothing in it tells whether the content was changed. */
    Opened enveloped(Content content, long most) throws IOException, CMSException {
        return open(
                content,
                most,
                in -> new CMSEnvelopedDataParser(in).getRecipientInfos().getRecipients(),
                false);
    }

    /** AuthEnvelopedData (RFC 5083): a changed content does not open. */
    Opened authEnveloped(Content content, long most) throws IOException, CMSException {
        return open(
                content,
                most,
                in -> new CMSAuthEnvelopedDataParser(in).getRecipientInfos().getRecipients(),
                true);
    }

    private Opened open(Content content, long most, Envelope envelope, boolean authenticated)
            throws IOException, CMSException {
        List<int[]> fitting = new ArrayList<>();
        Set<String> others = new LinkedHashSet<>();
        try (InputStream in = content.open()) {
            int place = 0;
            for (RecipientInformation recipient : envelope.recipients(in)) {
                int before = fitting.size();
                for (int key = 0; key < own.size() && fitting.size() < MAX_TRIES; key++) {
                    if (recipient.getRID().match(own.get(key).certificate())) {
                        fitting.add(new int[] {place, key});
                    }
                }
                if (before == fitting.size() && others.size() < MAX_NAMED) {
                    others.add(named(recipient));
                }
                place++;
            }
        }
        if (fitting.isEmpty()) {
            return new Opened(Smime.closed(missing(others)), null);
        }
        for (int[] pair : fitting) {
            Spooled opened = opened(content, most, envelope, pair[0], own.get(pair[1]), authenticated);
            if (opened != null) {
                return new Opened(
                        new Protection(
                                Standard.SMIME,
                                Signature.NONE,
                                Encryption.DECRYPTED,
                                null,
                                "Encrypted with S/MIME, and opened by a key of this channel."),
                        opened);
            }
        }
        return new Opened(
                Smime.closed("The channel has the key, but the content does not open with it: it is damaged, was"
                        + " changed on its way, or uses an algorithm that is not supported. Ask the sender to send it"
                        + " again."),
                null);
    }

    private static @Nullable Spooled opened(
            Content content,
            long most,
            Envelope envelope,
            int place,
            KeyMaterial.Certificate key,
            boolean authenticated)
            throws IOException {
        Spooled inside = new Spooled(most);
        boolean whole = false;
        try (InputStream in = content.open()) {
            List<RecipientInformation> all = List.copyOf(envelope.recipients(in));
            RecipientInformation recipient = all.get(place);
            Recipient by = key.key() == null ? null : by(recipient, key.key(), authenticated);
            if (by == null) {
                return null;
            }
            Smime.copy(recipient.getContentStream(by).getContentStream(), inside.out());
            whole = true;
            return inside;
        } catch (TooMuchException e) {
            throw e;
        } catch (CMSException | IOException | RuntimeException e) {
            return null;
        } finally {
            if (!whole) {
                inside.close();
            }
        }
    }

    private static @Nullable Recipient by(RecipientInformation recipient, PrivateKey key, boolean authenticated) {
        return switch (recipient) {
            case KeyTransRecipientInformation transport ->
                authenticated
                        ? new JceKeyTransAuthEnvelopedRecipient(key).setProvider(Castle.PROVIDER)
                        : new JceKeyTransEnvelopedRecipient(key).setProvider(Castle.PROVIDER);
            case KeyAgreeRecipientInformation agreement ->
                authenticated
                        ? new JceKeyAgreeAuthEnvelopedRecipient(key).setProvider(Castle.PROVIDER)
                        : new JceKeyAgreeEnvelopedRecipient(key).setProvider(Castle.PROVIDER);
            default -> null;
        };
    }

    private static String named(RecipientInformation recipient) {
        if (recipient.getRID() instanceof PKIXRecipientId id) {
            if (id.getIssuer() != null && id.getSerialNumber() != null) {
                return "the certificate with serial number "
                        + id.getSerialNumber().toString(16) + " of " + Names.subject(id.getIssuer());
            }
            if (id.getSubjectKeyIdentifier() != null) {
                return "the key " + Hex.toHexString(id.getSubjectKeyIdentifier());
            }
        }
        return "a password or a key of another kind";
    }

    private static String missing(Set<String> named) {
        String whom = named.isEmpty() ? "nobody" : String.join(", or ", named);
        return "It can be opened by " + whom + "; the channel has no such key. An administrator can add it on the"
                + " channel's page under Encryption and signatures (a PKCS#12 file, .p12 or .pfx), and then try again.";
    }
}

package org.postroom.rig;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MixedMailTest {

    private static final Session SESSION = Session.getInstance(new Properties());

    @Test
    void isTheSameForTheSameSeed() {
        List<byte[]> first = bytes(42, 50);
        List<byte[]> again = bytes(42, 50);

        assertThat(Arrays.deepEquals(again.toArray(), first.toArray())).isTrue();
        assertThat(bytes(43, 1).getFirst()).isNotEqualTo(first.getFirst());
    }

    @Test
    void hasTheSizesAndThreadsOfARealMailbox() throws Exception {
        Set<String> ids = new HashSet<>();
        long total = 0;
        int answers = 0;

        for (MixedMail.Sample sample : samples(1, 2000)) {
            MimeMessage message = parse(sample);
            assertThat(ids.add(sample.messageId())).isTrue();
            assertThat(message.getMessageID()).isEqualTo(sample.messageId());
            String[] parent = message.getHeader("In-Reply-To");
            if (parent != null) {
                assertThat(ids.contains(parent[0])).as("parent %s", parent[0]).isTrue();
                answers++;
            }
            total += sample.bytes().length;
        }

        assertThat(total / 2000).isBetween(12_000L, 30_000L);
        assertThat(answers).isBetween(500, 900);
    }

    @Test
    void everyPartCanBeRead() throws Exception {
        int attachments = 0;

        for (MixedMail.Sample sample : samples(2, 300)) {
            attachments += read(parse(sample));
        }

        assertThat(attachments).isGreaterThan(30);
    }

    private static int read(Part part) throws Exception {
        Object content = part.getContent();
        if (content instanceof Multipart parts) {
            int attachments = 0;
            for (int i = 0; i < parts.getCount(); i++) {
                attachments += read(parts.getBodyPart(i));
            }
            return attachments;
        }
        if (content instanceof String text) {
            assertThat(text).isNotBlank().doesNotContain("\uFFFD");
            return 0;
        }
        assertThat(part.getInputStream().readAllBytes()).hasSizeBetween(1_000, 300_000);
        return 1;
    }

    private static List<MixedMail.Sample> samples(long seed, int count) {
        return MixedMail.samples(seed, "support@contoso.test", count);
    }

    private static List<byte[]> bytes(long seed, int count) {
        return samples(seed, count).stream().map(MixedMail.Sample::bytes).toList();
    }

    private static MimeMessage parse(MixedMail.Sample sample) throws Exception {
        return new MimeMessage(SESSION, new ByteArrayInputStream(sample.bytes()));
    }
}

package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TnefTest {
    /** Writes the format. */
    private static final class Writer {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Writer() {
            number(0x223E9F78, 4);
            number(1, 2);
        }

        void number(int value, int bytes) {
            for (int i = 0; i < bytes; i++) {
                out.write(value >> (i * 8));
            }
        }

        Writer attribute(int level, int id, byte[] data) {
            out.write(level);
            number(id, 4);
            number(data.length, 4);
            out.writeBytes(data);
            number(0, 2);
            return this;
        }

        Tnef read() {
            byte[] bytes = out.toByteArray();
            return Tnef.read(bytes, bytes.length);
        }
    }

    private static byte[] text(String text) {
        return (text + "\0").getBytes(Charset.forName("windows-1251"));
    }

    private static byte[] property(int id, int type, byte[] value) {
        ByteBuffer out = ByteBuffer.allocate(16 + (value.length + 3) / 4 * 4).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(1)
                .putShort((short) type)
                .putShort((short) id)
                .putInt(1)
                .putInt(value.length)
                .put(value);
        return out.array();
    }

    @Test
    void textsAreReadInTheCodePageOfTheMessage() {
        Tnef message = new Writer()
                .attribute(1, 0x00069007, new byte[] {(byte) 0xE3, 4, 0, 0, 0, 0, 0, 0})
                .attribute(1, 0x00018004, text("Привет"))
                .attribute(1, 0x0002800C, text("Текст"))
                .read();

        assertThat(message.subject()).isEqualTo("Привет");
        assertThat(message.anyPlain()).isEqualTo("Текст");
        assertThat(message.html()).isNull();
    }

    @Test
    void theLongNameOfAFileCounts() {
        Tnef message = new Writer()
                .attribute(2, 0x00069002, new byte[14])
                .attribute(2, 0x00018010, text("LONGNA~1.PDF"))
                .attribute(2, 0x0006800F, text("content"))
                .attribute(2, 0x00069005, property(0x3707, 0x1E, text("long name.pdf")))
                .read();

        assertThat(message.files).hasSize(1);
        assertThat(message.name(message.files.getFirst())).isEqualTo("long name.pdf");
        assertThat(message.type(message.files.getFirst(), "long name.pdf")).isEqualTo("application/pdf");
    }

    @Test
    void htmlIsReadAsItIs() {
        byte[] html = "<p>für</p>".getBytes(StandardCharsets.UTF_8);
        Tnef message = new Writer()
                .attribute(1, 0x00069007, new byte[] {(byte) 0xE9, (byte) 0xFD, 0, 0, 0, 0, 0, 0})
                .attribute(1, 0x00069003, property(0x1013, 0x102, html))
                .read();

        assertThat(message.html()).isEqualTo("<p>für</p>");
    }

    @Test
    void whatIsCutOrAnythingElseIsDamaged() {
        Writer writer = new Writer().attribute(1, 0x00069003, property(0x37, 0x1E, text("subject")));
        byte[] whole = writer.out.toByteArray();

        assertThatThrownBy(() -> Tnef.read(whole, 30)).isInstanceOf(TnefBytes.Damaged.class);
        assertThatThrownBy(() -> Tnef.read(new byte[100], 100)).isInstanceOf(TnefBytes.Damaged.class);
        assertThatThrownBy(() -> new Writer()
                        .attribute(1, 0x00069003, new byte[] {-1, -1, -1, 127})
                        .read())
                .isInstanceOf(TnefBytes.Damaged.class);
    }

    @Test
    void noChangeOfBytesDoesWorseThanDamage() {
        Writer writer = new Writer()
                .attribute(1, 0x00069003, property(0x1009, 0x102, new byte[200]))
                .attribute(2, 0x00069002, new byte[14])
                .attribute(2, 0x00069005, property(0x3701, 0x0D, new byte[40]));
        byte[] whole = writer.out.toByteArray();
        Random random = new Random(5);

        int read = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] changed = whole.clone();
            changed[6 + random.nextInt(changed.length - 6)] = (byte) random.nextInt();
            try {
                Tnef message = Tnef.read(changed, changed.length);
                assertThat(message.anyPlain()).isNotNull();
                read++;
            } catch (TnefBytes.Damaged e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
        assertThat(read).isPositive();
    }

    @Test
    void compressedRtfRepeatsWhatWasBefore() {
        // the example of MS-OXRTFCP section 3.1.1
        byte[] compressed = {
            0x2d,
            0,
            0,
            0,
            0x2b,
            0,
            0,
            0,
            0x4c,
            0x5a,
            0x46,
            0x75,
            (byte) 0xf1,
            (byte) 0xc5,
            (byte) 0xc7,
            (byte) 0xa7,
            0x03,
            0,
            0x0a,
            0,
            0x72,
            0x63,
            0x70,
            0x67,
            0x31,
            0x32,
            0x35,
            0x42,
            0x32,
            0x0a,
            (byte) 0xf3,
            0x20,
            0x68,
            0x65,
            0x6c,
            0x09,
            0,
            0x20,
            0x62,
            0x77,
            0x05,
            (byte) 0xb0,
            0x6c,
            0x64,
            0x7d,
            0x0a,
            (byte) 0x80,
            0x0f,
            (byte) 0xa0
        };

        byte[] rtf = CompressedRtf.expanded(new TnefBytes(compressed, 0, compressed.length));

        assertThat(rtf)
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
        assertThat(Rtf.read(java.util.Objects.requireNonNull(rtf)).content()).isEqualTo("hello world");
    }
}

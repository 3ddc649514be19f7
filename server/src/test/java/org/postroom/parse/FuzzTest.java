package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A minute of Jazzer on parser, sanitiser, address and header readers; {@code bench/fuzz} goes on for hours. */
class FuzzTest {
    private static final int SECONDS = 60;
    private static final Pattern UNITS = Pattern.compile("stat::number_of_executed_units: (\\d+)");

    @TempDir
    Path folder;

    @Test
    void aMinuteOfFuzzingFindsNothing() throws IOException, InterruptedException {
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        seed(corpus);
        Path log = folder.resolve("jazzer.log");
        Process jazzer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + MailFuzz.class.getName(),
                        "--instrumentation_includes=org.postroom.**",
                        "--reproducer_path=" + folder,
                        "-artifact_prefix=" + folder + "/",
                        "-seed=20261122",
                        "-max_len=20000",
                        "-timeout=5",
                        "-max_total_time=" + SECONDS,
                        "-print_final_stats=1",
                        corpus.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(jazzer.waitFor(SECONDS * 4L, TimeUnit.SECONDS))
                    .as("it ends by itself")
                    .isTrue();
        } finally {
            jazzer.destroyForcibly();
        }
        String said = Files.readString(log, StandardCharsets.ISO_8859_1);
        assertThat(jazzer.exitValue()).as(tail(said)).isZero();
        Matcher units = UNITS.matcher(said);
        assertThat(units.find()).as(tail(said)).isTrue();
        assertThat(Long.parseLong(units.group(1))).as("inputs tried").isGreaterThan(200);
    }

    /** Our fixtures and a few fields, each after the letter of its target. */
    private static void seed(Path corpus) throws IOException {
        try (Stream<Path> fixtures = Files.list(Path.of("src/test/resources/parse"))) {
            for (Path mail :
                    fixtures.filter(f -> f.toString().endsWith(".eml")).sorted().toList()) {
                keep(corpus, mail.getFileName().toString(), 'P', Files.readString(mail, StandardCharsets.ISO_8859_1));
            }
        }
        List<String> html = List.of(
                "<p style=\"color:red\">one<table><tr><td>two</table><a href='https://a.example'>b.example</a>",
                "<style>.a{color:red}</style><div class=a><![if !mso]>x<![endif]><!--[if mso]>y<![endif]--></div>",
                "<img src=\"cid:a@b\"><script>alert(1)</script><svg><style><img src=x onerror=alert(1)>");
        List<String> addresses = List.of(
                "\"Ann, A.\" <ann@a.example>, group: bob@b.example (Bob), <c@c.example>;",
                "=?UTF-8?Q?J=C3=BCrgen?= <j@k.example>; undisclosed-recipients:;");
        List<String> fields = List.of(
                "attachment; filename*0*=UTF-8''a%20; filename*1=b.pdf",
                "Tue, 3 Nov 2026 10:11:12 +0100 (CET)",
                "=?iso-2022-jp?B?GyRCJCIbKEI=?= =?utf-8?q?=E2=82?= =?utf-8?q?=AC?=",
                "<a@b> (c) <d@e>");
        int n = 0;
        for (String one : html) {
            keep(corpus, "html-" + n++, 'H', one);
        }
        for (String one : addresses) {
            keep(corpus, "address-" + n++, 'A', one);
        }
        for (String one : fields) {
            keep(corpus, "field-" + n++, 'F', one);
        }
    }

    private static void keep(Path corpus, String name, char target, String content) throws IOException {
        Files.writeString(corpus.resolve(name), target + content, StandardCharsets.ISO_8859_1);
    }

    private static String tail(String text) {
        return text.substring(Math.max(0, text.length() - 4000));
    }
}

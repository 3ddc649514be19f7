package org.postroom.simulator.customer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.simulator.Simulator;
import org.postroom.simulator.SimulatorOptions;
import org.postroom.simulator.mailbox.StoredMessage;
import org.postroom.simulator.mime.Headers;
import org.postroom.simulator.mime.TransferEncoding;
import org.postroom.simulator.scenario.Scenario;

class CustomerLifeTest {
    private static final String SCENARIO = """
            tenants:
              - id: 6b0c5a1e-52d4-4f0f-9c55-0b7d9b7f3a10
                domain: contoso.test
                users: [{upn: svc@contoso.test, password: p}]
            customers:
              - address: carla@adatum.test
                name: Carla Rossi
                answers: true
                answerDelay: PT0.05S
                answerLimit: 2
                writes:
                  - {to: svc@contoso.test, subject: Hello, text: One, after: PT0.05S, attachment: a.pdf}
            """;

    private Simulator simulator;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(Scenario.parse("carla.yaml", SCENARIO), SimulatorOptions.forTests());
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private List<StoredMessage> inbox() {
        return simulator
                .organisation()
                .mailbox("svc@contoso.test")
                .orElseThrow()
                .inbox()
                .messages();
    }

    private void reply(String id, String references, String more) {
        String mail =
                "From: Support <svc@contoso.test>\r\nTo: carla@adatum.test\r\nSubject: Re: Hello\r\nMessage-ID: " + id
                        + "\r\nIn-Reply-To: <first@adatum.test>\r\nReferences: " + references + "\r\n" + more
                        + "\r\nHave you tried\r\nturning it off?\r\n";
        simulator.transport().deliver("svc@contoso.test", List.of("carla@adatum.test"), mail.getBytes(UTF_8));
    }

    @Test
    void writesOnceStarted() {
        assertThat(inbox()).isEmpty();

        simulator.customers().start();
        simulator.customers().start();

        await().until(() -> !inbox().isEmpty());
        assertThat(inbox()).hasSize(1);
        assertThat(inbox().getFirst().content().parsed().children()).hasSize(2);
    }

    @Test
    void answersInThreadWithQuoteUpToTheLimit() {
        for (int i = 1; i <= 4; i++) {
            reply("<r" + i + "@contoso.test>", "<first@adatum.test>", "");
        }

        await().until(() -> inbox().size() == 2);
        await().during(java.time.Duration.ofMillis(300)).until(() -> inbox().size() == 2);
        Headers headers = inbox().getFirst().content().parsed().headers();
        String text =
                TransferEncoding.text(inbox().getFirst().content().parsed()).orElseThrow();
        assertThat(headers.first("In-Reply-To")).contains("<r1@contoso.test>");
        assertThat(headers.first("References")).contains("<first@adatum.test> <r1@contoso.test>");
        assertThat(text).contains("Support <svc@contoso.test> wrote:", "> Have you tried", "> turning it off?");
        String second = TransferEncoding.text(inbox().get(1).content().parsed()).orElseThrow();
        assertThat(second.lines().toList().get(2))
                .isNotEqualTo(text.lines().toList().get(2));
    }

    @Test
    void leavesAutomaticMailAlone() {
        reply("<r1@contoso.test>", "<first@adatum.test>", "Auto-Submitted: auto-replied\r\n");

        await().during(java.time.Duration.ofMillis(300)).until(() -> inbox().isEmpty());
        assertThat(inbox()).isEmpty();
    }
}

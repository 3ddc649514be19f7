package org.postroom.web.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.channel.ChannelProblem.Sureness;
import org.postroom.doctor.DoctorReport;
import org.postroom.doctor.DoctorReport.Result;
import org.postroom.doctor.DoctorReport.Step;
import org.postroom.web.assistant.Checklist.State;
import org.postroom.web.assistant.Checklist.Tick;

/** What a diagnosis ticks off, and what stays open. */
class ChecklistTest {
    private static final List<String> STEPS = List.of(
            "incoming: name resolved",
            "incoming: server reached",
            "incoming: token obtained",
            "incoming: token decoded",
            "incoming: authenticated",
            "incoming: mailbox opened and counted",
            "outgoing: token obtained",
            "outgoing: authenticated",
            "outgoing: may send as support@contoso.com",
            "outgoing: test mail to ann@example.com");

    private static Step step(String name, Result result, @Nullable String what, @Nullable String code) {
        return new Step(
                name,
                result,
                what,
                null,
                null,
                Sureness.LIKELY,
                result == Result.FAIL ? "Do something." : null,
                List.of(),
                result == Result.FAIL ? List.of("Set-Something") : List.of(),
                code,
                null);
    }

    /** All passed but one, behind which the rest of that direction was not reached. */
    private static Checklist failing(Plan plan, String name, String what, @Nullable String code) {
        List<Step> steps = new ArrayList<>();
        boolean reached = true;
        for (String step : STEPS) {
            if (step.equals("outgoing: token obtained")) {
                reached = true;
            }
            boolean fails = step.startsWith(name);
            Result result = fails ? Result.FAIL : reached ? Result.PASS : Result.SKIPPED;
            steps.add(step(step, result, fails ? what : null, fails ? code : null));
            reached &= !fails;
        }
        return Checklist.of(plan, new DoctorReport(false, null, steps));
    }

    private static List<Item> in(Checklist list, State state) {
        return list.ticks().stream()
                .filter(t -> t.state() == state)
                .map(Tick::item)
                .toList();
    }

    @Test
    void beforeATestNothingIsKnown() {
        Checklist list = Checklist.untested(Plans.of("client_credentials", "shared"));

        assertThat(list.ticks())
                .hasSize(8)
                .allSatisfy(t -> assertThat(t.state()).isEqualTo(State.NOT_KNOWN));
        assertThat(list.done()).isFalse();
    }

    @Test
    void whatPassesIsDone() {
        assertThat(failing(Plans.of("authorization_code", "shared"), "nothing", "", null)
                        .done())
                .isTrue();
        assertThat(failing(Plans.of("client_credentials", "user"), "nothing", "", null)
                        .done())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "incoming: token obtained, AADSTS90002, REGISTRATION",
        "incoming: token obtained, AADSTS700016, REGISTRATION",
        "incoming: token obtained, AADSTS7000215, PROOF",
        "incoming: token obtained, AADSTS7000222, PROOF",
        "incoming: token obtained, AADSTS65001, CONSENT",
        "incoming: token obtained, AADSTS50126, SIGN_IN",
        "incoming: token obtained, not_connected, SIGN_IN"
    })
    void aRefusedTokenOpensTheItemThatCausesIt(String step, String code, Item item) {
        String given = code.equals("not_connected") ? org.postroom.credentials.Tokens.NOT_CONNECTED : code;

        Checklist list = failing(Plans.of("authorization_code", "shared"), step, "It was refused.", given);

        assertThat(in(list, State.TO_DO)).containsExactly(item);
        assertThat(in(list, State.NOT_KNOWN)).contains(Item.IMAP, Item.FULL_ACCESS);
    }

    @Test
    void eachRightIsToldApart() {
        Plan plan = Plans.of("authorization_code", "shared");

        assertThat(in(
                        failing(plan, "incoming: authenticated", "The mail server refused the sign-in of svc.", "NO"),
                        State.TO_DO))
                .containsExactly(Item.IMAP);
        assertThat(in(
                        failing(plan, "incoming: mailbox opened", "svc may not open the mailbox support.", "BAD"),
                        State.TO_DO))
                .containsExactly(Item.FULL_ACCESS);
        assertThat(in(
                        failing(plan, "outgoing: authenticated", "SMTP AUTH is switched off for svc.", "535 5.7.139"),
                        State.TO_DO))
                .containsExactly(Item.SMTP_AUTH);
        assertThat(in(
                        failing(plan, "outgoing: may send as", "svc may not send as support.", "550 5.7.60"),
                        State.TO_DO))
                .containsExactly(Item.SEND_AS);
        assertThat(in(
                        failing(
                                plan,
                                "incoming: authenticated",
                                "The permission IMAP.AccessAsUser.All is missing in the token, which has SMTP.Send only.",
                                "NO"),
                        State.TO_DO))
                .containsExactly(Item.CONSENT);
    }

    @Test
    void anApplicationThatSmtpLetsInHasOnlyImapToMend() {
        Plan plan = Plans.of("client_credentials", "shared");

        Checklist list = failing(plan, "incoming: authenticated", "The mail server refused the sign-in.", "NO");

        assertThat(in(list, State.TO_DO)).containsExactly(Item.IMAP);
        assertThat(in(list, State.DONE)).contains(Item.PRINCIPAL, Item.SMTP_AUTH, Item.SEND_AS);
    }

    @Test
    void anApplicationThatBothRefuseIsNotRegisteredInExchange() {
        Plan plan = Plans.of("client_credentials", "shared");
        List<Step> steps = new ArrayList<>();
        for (String name : STEPS) {
            boolean fails = name.endsWith("authenticated");
            steps.add(step(
                    name,
                    fails ? Result.FAIL : name.contains("token") ? Result.PASS : Result.SKIPPED,
                    fails ? "The server refused the sign-in." : null,
                    fails ? "535 5.7.3" : null));
        }

        Checklist list = Checklist.of(plan, new DoctorReport(false, null, steps));

        assertThat(in(list, State.TO_DO)).containsExactly(Item.PRINCIPAL);
        assertThat(list.ticks())
                .filteredOn(t -> t.item() == Item.PRINCIPAL)
                .singleElement()
                .satisfies(t -> {
                    assertThat(t.remedy()).isEqualTo("Do something.");
                    assertThat(t.commands()).containsExactly("Set-Something");
                });
    }

    @Test
    void withoutATestMailSendAsStaysOpenButForAUsersOwnName() {
        List<Step> dry = STEPS.stream()
                .filter(name -> !name.contains("test mail"))
                .map(name -> step(name, Result.PASS, null, null))
                .toList();
        DoctorReport report = new DoctorReport(true, 1L, dry);

        assertThat(in(Checklist.of(Plans.of("authorization_code", "shared"), report), State.NOT_KNOWN))
                .containsExactly(Item.SEND_AS);
        assertThat(Checklist.of(Plans.of("authorization_code", "user"), report).done())
                .isTrue();
    }

    @Test
    void whatIsNoneOfTheItemsIsToldBesideThem() {
        Checklist list = failing(
                Plans.of("authorization_code", "shared"), "incoming: server reached", "Nothing listens there.", null);

        assertThat(list.elsewhere()).extracting(Step::what).containsExactly("Nothing listens there.");
        assertThat(in(list, State.TO_DO)).isEmpty();
        assertThat(in(list, State.NOT_KNOWN)).contains(Item.REGISTRATION, Item.IMAP);
    }
}

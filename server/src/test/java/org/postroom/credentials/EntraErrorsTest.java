package org.postroom.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.channel.ChannelProblem;
import org.postroom.credentials.TokenProblem.Needs;

/** Every error of Entra ID that Microsoft 365 is known to send has words of its own. */
class EntraErrorsTest {
    private static TokenProblem read(String error, String number) {
        return EntraErrors.read(error, "AADSTS" + number + ": In many words. Correlation ID: 2", null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "50011 | invalid_request | SETTINGS | redirect address | Redirect URIs",
                "50034 | invalid_grant | SIGN_IN | does not exist | tenant",
                "50020 | invalid_grant | SIGN_IN | does not belong | Invite external user",
                "51004 | invalid_grant | SIGN_IN | directory | All users",
                "50053 | invalid_grant | SIGN_IN | locked | Sign-in logs",
                "50055 | invalid_grant | SIGN_IN | password has expired | passwordreset",
                "50144 | invalid_grant | SIGN_IN | Active Directory has expired | Active Directory",
                "50056 | invalid_grant | SIGN_IN | password is wrong | authorization code",
                "50126 | invalid_grant | SIGN_IN | user name or the password | sign in again",
                "50057 | invalid_grant | SIGN_IN | disabled | Full Access",
                "50058 | interaction_required | SIGN_IN | Nobody is signed in | Connect again",
                "50059 | invalid_request | SETTINGS | tenant is not known | Tenant ID",
                "90002 | invalid_request | SETTINGS | tenant is not known | Tenant ID",
                "50072 | interaction_required | SIGN_IN | enrol | Connect again",
                "50074 | interaction_required | SIGN_IN | Strong authentication | Connect again",
                "50076 | interaction_required | SIGN_IN | multi-factor | Connect again",
                "50079 | interaction_required | SIGN_IN | enrol | Connect again",
                "50078 | interaction_required | SIGN_IN | multi-factor authentication has expired | Conditional Access",
                "50089 | invalid_grant | SIGN_IN | took too long | Connect again",
                "70008 | invalid_grant | SIGN_IN | has expired | Connect again",
                "700082 | invalid_grant | SIGN_IN | 90 days | mail waits",
                "700084 | invalid_grant | SIGN_IN | single-page | Add a platform → Web",
                "50097 | interaction_required | SIGN_IN | registered device | Exclude the sign-in user",
                "53000 | interaction_required | SIGN_IN | compliant device | Exclude the sign-in user",
                "53001 | interaction_required | SIGN_IN | domain-joined | Exclude the sign-in user",
                "53002 | interaction_required | SIGN_IN | approved apps | Exclude the sign-in user",
                "50105 | invalid_grant | SIGN_IN | not assigned | Users and groups → Add user",
                "50131 | interaction_required | SIGN_IN | Conditional Access | Sign-in logs",
                "53003 | interaction_required | SIGN_IN | Conditional Access | Policies",
                "530032 | interaction_required | SIGN_IN | security policy | Sign-in logs",
                "530035 | interaction_required | SIGN_IN | Security Defaults | Manage security defaults",
                "50132 | invalid_grant | SIGN_IN | session was revoked | Connect again",
                "50133 | invalid_grant | SIGN_IN | password was changed | Connect again",
                "50173 | invalid_grant | SIGN_IN | revoked | Connect again",
                "50147 | invalid_request | SETTINGS | PKCE | update Postroom",
                "501481 | invalid_grant | SIGN_IN | another sign-in | Connect again",
                "50194 | invalid_request | SETTINGS | single tenant | Directory (tenant) ID",
                "50196 | invalid_grant | WAITING | too often | second server",
                "500011 | invalid_resource | SETTINGS | Exchange Online | API permissions",
                "650052 | invalid_client | SETTINGS | subscription | Licenses",
                "650057 | invalid_resource | SETTINGS | does not list | Add a permission",
                "65005 | invalid_resource | SETTINGS | does not list Exchange Online | Office 365 Exchange Online",
                "54005 | invalid_grant | SIGN_IN | used already | Connect again",
                "65001 | consent_required | CONSENT | consented | Grant admin consent",
                "650056 | invalid_client | SETTINGS | incomplete | grant admin consent",
                "90094 | consent_required | CONSENT | administrator | Grant admin consent",
                "65004 | access_denied | CONSENT | declined | accept the permissions",
                "70000 | invalid_grant | SIGN_IN | stored sign-in | Connect again",
                "700016 | unauthorized_client | SETTINGS | not known | client ID",
                "70001 | unauthorized_client | SETTINGS | or is disabled | Enabled for users",
                "700011 | unauthorized_client | SETTINGS | never added | consenting",
                "7000112 | unauthorized_client | SETTINGS | disabled | Enterprise applications",
                "70002 | invalid_client | SETTINGS | not accepted | Certificates & secrets",
                "7000215 | invalid_client | SETTINGS | Secret ID | Value",
                "7000222 | invalid_client | SETTINGS | secret has expired | New client secret",
                "7000218 | invalid_client | SETTINGS | secret is missing | public client flows",
                "700025 | invalid_client | SETTINGS | public client | Remove the client secret",
                "700027 | invalid_client | SETTINGS | certificate | Upload",
                "70011 | invalid_scope | SETTINGS | does not exist | scopes",
                "28002 | invalid_scope | SETTINGS | not one of this service | scopes",
                "28000 | invalid_scope | SETTINGS | two services | Exchange Online only",
                "700022 | invalid_scope | SETTINGS | two services | Exchange Online only",
                "70016 | authorization_pending | WAITING | still waits | Enter it",
                "70018 | bad_verification_code | SIGN_IN | device code is wrong | new code",
                "70019 | expired_token | SIGN_IN | device code has expired | new code",
                "70043 | invalid_grant | SIGN_IN | sign-in frequency | Sign-in frequency",
                "9001023 | invalid_request | SETTINGS | common | Directory (tenant) ID",
                "900144 | invalid_request | SETTINGS | parameter | correlation ID",
                "900561 | invalid_request | SETTINGS | proxy | correlation ID",
                "9002313 | invalid_request | SETTINGS | malformed | correlation ID",
                "90006 | temporarily_unavailable | WAITING | does not answer | tries again by itself",
                "90024 | temporarily_unavailable | WAITING | ran out | tries again by itself",
                "90033 | temporarily_unavailable | WAITING | directory | tries again by itself",
                "50033 | invalid_grant | WAITING | passing | tries again by itself",
                "90012 | invalid_request | WAITING | timed out | tries again by itself",
                "90055 | temporarily_unavailable | WAITING | whole tenant | waits and tries again",
            })
    void everyNumberHasWordsOfItsOwn(String number, String error, Needs needs, String what, String remedy) {
        TokenProblem problem = read(error, number);
        TokenProblem fallback = read(error, "1999999");

        assertThat(problem.needs()).isEqualTo(needs);
        assertThat(problem.what()).contains(what).endsWith(".").isNotEqualTo(fallback.what());
        assertThat(problem.remedy()).contains(remedy).endsWith(".");
        assertThat(problem.error()).isEqualTo(error);
        assertThat(problem.sentence()).endsWith("(AADSTS" + number + ")");
        assertThat(problem.detail()).contains("Correlation ID: 2");
    }

    @ParameterizedTest
    @CsvSource({
        "invalid_grant, SIGN_IN",
        "interaction_required, SIGN_IN",
        "login_required, SIGN_IN",
        "consent_required, CONSENT",
        "access_denied, CONSENT",
        "invalid_request, SETTINGS",
        "invalid_client, SETTINGS",
        "unauthorized_client, SETTINGS",
        "invalid_scope, SETTINGS",
        "invalid_resource, SETTINGS",
        "unsupported_grant_type, SETTINGS",
        "temporarily_unavailable, WAITING",
        "server_error, WAITING",
        "slow_down, WAITING",
        "never_heard_of, WAITING",
    })
    void theErrorDecidesWhateverTheNumber(String error, Needs needs) {
        for (String number : List.of("50173", "65001", "7000222", "90002", "65004", "700016", "1999999")) {
            assertThat(read(error, number).needs()).as(number).isEqualTo(needs);
        }
        assertThat(EntraErrors.read(error, null, null).needs()).isEqualTo(needs);
        assertThat(EntraErrors.read(error, null, null).what()).endsWith(".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"90006", "90024", "90033", "50033", "90012", "90055", "50196"})
    void nobodyIsCalledForATroubleOfMicrosofts(String number) {
        for (String error : List.of("invalid_grant", "invalid_request", "invalid_client", "temporarily_unavailable")) {
            assertThat(read(error, number).needs()).as(error).isEqualTo(Needs.WAITING);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "90055, temporarily_unavailable, THROTTLED",
        "50196, invalid_grant, THROTTLED",
        "90033, temporarily_unavailable, PASSING",
        "50173, invalid_grant, SIGN_IN",
        "65001, consent_required, SIGN_IN",
        "7000222, invalid_client, SETTINGS",
    })
    void whatTheChannelMakesOfIt(String number, String error, ChannelProblem.Kind kind) {
        ChannelProblem problem = ChannelProblem.of(read(error, number));

        assertThat(problem.kind()).isEqualTo(kind);
        assertThat(problem.sentence()).endsWith("(AADSTS" + number + ")");
    }

    @Test
    void missingConsentIsToldBySuberror() {
        TokenProblem problem = EntraErrors.read("invalid_grant", "AADSTS65001: x", "consent_required");

        assertThat(problem.needs()).isEqualTo(Needs.CONSENT);
        assertThat(problem.remedy()).contains("Grant admin consent");
    }

    @Test
    void unknownNumberIsShownWithTheWordsOfItsClass() {
        TokenProblem problem = EntraErrors.read("invalid_client", "AADSTS1999999: x", "odd");

        assertThat(problem.sentence())
                .contains("does not accept the application's settings: invalid_client [odd]")
                .contains("Check tenant, client ID, client secret and scopes")
                .endsWith("(AADSTS1999999)");
    }
}

package org.postroom.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.mail.Bounce;

class BounceWeightTest {
    @ParameterizedTest
    @CsvSource({
        "failed, no-such-user, 5.1.1, true, HARD",
        "failed, no-such-user, 4.1.1, false, SOFT",
        "failed, disabled, 5.2.1, true, HARD",
        "failed, mailbox-full, 5.2.2, true, SOFT",
        "failed, expired, 4.4.7, false, SOFT",
        "failed, unknown, 5.0.0, true, SOFT",
        "failed, unknown, 5.1.1, true, HARD",
        "failed, network, 5.1.2, true, HARD",
        "failed, network, 5.4.4, true, SOFT",
        "failed, network, 4.4.1, false, RECORDED",
        "failed, spam, 5.1.1, true, RECORDED",
        "failed, policy, 5.7.1, true, RECORDED",
        "failed, rate-limited, 4.7.0, false, RECORDED",
        "delayed, mailbox-full, 4.2.2, false, RECORDED",
        "delivered, unknown, 2.0.0, false, RECORDED"
    })
    void weightFollowsReasonAndPermanence(
            String action, String reason, String status, boolean permanent, BounceWeight weight) {
        var report = new Bounce.Recipient("ann@a.test", action, status, null, null, permanent, reason);

        assertThat(BounceWeight.of(report)).isEqualTo(weight);
    }
}

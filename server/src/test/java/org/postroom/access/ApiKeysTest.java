package org.postroom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.postroom.person.Role;
import org.postroom.store.Database;
import org.postroom.store.Ids;
import org.postroom.web.RunningPages;
import org.springframework.beans.factory.annotation.Autowired;

/** Keys of programs. */
class ApiKeysTest extends RunningPages {
    @Autowired
    private Database database;

    @Autowired
    private Ids ids;

    @Autowired
    private Clock clock;

    private ApiKeys keys(String bootstrap) {
        return new ApiKeys(database, ids, clock, bootstrap);
    }

    @Test
    void bootstrapMakesAnAdministratorsKeyAtTheFirstStartOnly() {
        keys("first-key-0123456789").afterSingletonsInstantiated();
        keys("second-key-0123456789").afterSingletonsInstantiated();

        assertThat(keys("").find("first-key-0123456789")).hasValueSatisfying(key -> {
            assertThat(key.role()).isEqualTo(Role.ADMINISTRATOR);
            assertThat(key.name()).isEqualTo("bootstrap");
        });
        assertThat(keys("").find("second-key-0123456789")).isEmpty();
    }

    @Test
    void aShortBootstrapKeyStopsTheStartWithAReason() {
        assertThatThrownBy(() -> keys("short").afterSingletonsInstantiated())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("POSTROOM_BOOTSTRAP_API_KEY")
                .hasMessageContaining("16 characters")
                .hasMessageNotContaining("short");
    }

    @Test
    void keysAreFoundByTheirSecretUntilTheyAreDeleted() {
        ApiKeys.Made made = keys("").create("report", Role.SUPERVISOR);

        assertThat(made.toString()).doesNotContain(made.secret());
        assertThat(keys("").use(made.secret()))
                .hasValueSatisfying(
                        key -> assertThat(key.id()).isEqualTo(made.key().id()));
        assertThat(keys("").find(made.secret()).orElseThrow().usedAt()).isNotNull();
        assertThat(keys("").delete(made.key().id())).isTrue();
        assertThat(keys("").use(made.secret())).isEmpty();
    }
}

package org.postroom.simulator.entra;

import org.postroom.simulator.organisation.App;

/**
 * An app at the token endpoint that has proven itself.
 *
 * @param address of Entra as the app knows it, without the tenant
 */
record Caller(App app, Proof proof, String address) {
    /** How it did so, with what {@code appidacr} says of it. */
    enum Proof {
        NONE("0"),
        SECRET("1"),
        CERTIFICATE("2");

        private final String claim;

        Proof(String claim) {
            this.claim = claim;
        }

        String claim() {
            return claim;
        }
    }
}

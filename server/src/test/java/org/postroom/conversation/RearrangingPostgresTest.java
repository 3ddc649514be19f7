package org.postroom.conversation;

import org.postroom.store.Database;
import org.postroom.store.Opened;

class RearrangingPostgresTest implements RearrangingContract {
    @Override
    public Database database() {
        return Opened.postgres();
    }
}

package org.postroom.conversation;

import org.postroom.store.Database;
import org.postroom.store.Opened;

class RearrangingSqliteTest implements RearrangingContract {
    @Override
    public Database database() {
        return Opened.sqlite();
    }
}

package org.postroom.conversation;

import org.postroom.store.Database;
import org.postroom.store.Opened;

class ThreadsPostgresTest implements ThreadsContract {
    @Override
    public Database database() {
        return Opened.postgres();
    }
}

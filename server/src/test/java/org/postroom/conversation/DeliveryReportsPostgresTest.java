package org.postroom.conversation;

import org.postroom.store.Database;
import org.postroom.store.Opened;

class DeliveryReportsPostgresTest implements DeliveryReportsContract {
    @Override
    public Database database() {
        return Opened.postgres();
    }
}

package org.postroom.conversation;

import org.postroom.store.Database;
import org.postroom.store.Opened;

class DeliveryReportsSqliteTest implements DeliveryReportsContract {
    @Override
    public Database database() {
        return Opened.sqlite();
    }
}

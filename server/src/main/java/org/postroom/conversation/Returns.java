package org.postroom.conversation;

import static org.postroom.store.tables.Tables.DELIVERY_REPORT;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.postroom.store.tables.tables.records.DeliveryReportRecord;

/** Reads what came back about messages of ours. */
final class Returns {
    private static final int MOST = 5000;

    private Returns() {}

    /** What came back about these messages of ours, oldest first. */
    static Map<String, List<Returned>> of(DSLContext sql, List<String> messageIds) {
        Map<String, List<Returned>> found = new HashMap<>();
        if (messageIds.isEmpty()) {
            return found;
        }
        for (DeliveryReportRecord row : sql.selectFrom(DELIVERY_REPORT)
                .where(DELIVERY_REPORT.MESSAGE_ID.in(messageIds))
                .orderBy(DELIVERY_REPORT.REPORTED_AT, DELIVERY_REPORT.ID)
                .limit(MOST)
                .fetch()) {
            found.computeIfAbsent(row.getMessageId(), m -> new ArrayList<>())
                    .add(new Returned(
                            row.getAddress(),
                            row.getAction(),
                            row.getStatus(),
                            row.getCode(),
                            row.getDiagnostic(),
                            row.getPermanent(),
                            row.getReason(),
                            row.getReportedAt(),
                            row.getReportId()));
        }
        return found;
    }
}

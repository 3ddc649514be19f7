package org.postroom.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.TableRecord;

/** Many rows in one go. */
public final class Rows {
    private Rows() {}

    /**
     * Inserts rows of one table: one statement, rendered once and bound for each row. Columns that a row leaves untouched
     * get their default. Within a write.
     */
    public static <R extends TableRecord<R>> void insert(DSLContext sql, List<R> rows) {
        Map<List<Field<?>>, List<R>> alike = new LinkedHashMap<>();
        for (R row : rows) {
            alike.computeIfAbsent(touched(row), f -> new ArrayList<>()).add(row);
        }
        alike.forEach((fields, some) -> insert(sql, some.getFirst().getTable(), fields, some));
    }

    private static <R extends TableRecord<R>> List<Field<?>> touched(R row) {
        List<Field<?>> fields = new ArrayList<>();
        for (Field<?> field : row.fields()) {
            if (row.touched(field)) {
                fields.add(field);
            }
        }
        return fields;
    }

    private static <R extends TableRecord<R>> void insert(
            DSLContext sql, Table<R> table, List<Field<?>> fields, List<R> rows) {
        Object[][] values = rows.stream()
                .map(row -> fields.stream().map(row::get).toArray())
                .toArray(Object[][]::new);
        sql.batch(sql.insertInto(table, fields).values(new Object[fields.size()]))
                .bind(values)
                .execute();
    }
}

package org.postroom.store;

import org.jooq.conf.RenderNameCase;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;

/** How jOOQ writes statements so that the same ones run on both databases. */
final class Dialects {
    static final Settings SETTINGS = new Settings()
            .withRenderSchema(false)
            .withRenderQuotedNames(RenderQuotedNames.NEVER)
            .withRenderNameCase(RenderNameCase.LOWER)
            .withExecuteLogging(false)
            .withCacheRecordMappers(true);

    private Dialects() {}
}

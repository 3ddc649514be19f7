package org.postroom.fetch;

import org.jspecify.annotations.Nullable;
import org.postroom.mailbox.Mailbox.SourceMessage;
import org.postroom.store.RawStore.Staged;

/**
 * A message off the wire.
 *
 * @param raw its bytes, or null if it could not be had
 * @param why why it could not be had
 */
record Arrived(
        SourceMessage source,
        @Nullable Staged raw,
        @Nullable String why) {}

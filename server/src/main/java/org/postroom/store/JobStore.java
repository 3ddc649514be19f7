package org.postroom.store;

import javax.sql.DataSource;

/**
 * What the job scheduler needs of the database.
 *
 * @param connections for its own statements; on SQLite each holds the writer's turn while it is open
 * @param nodeId the name under which this node holds jobs
 */
public record JobStore(DataSource connections, Database database, String nodeId) {}

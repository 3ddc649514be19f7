package org.postroom.channel;

import static org.postroom.store.tables.Tables.CHANNEL_STATE;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.ChannelState.Status;
import org.postroom.store.Database;
import org.postroom.store.tables.tables.records.ChannelStateRecord;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** How the channels fare: kept by whoever fetches, shown to whoever asks. Safe for use by many threads. */
@Service
public class ChannelStates {
    private final Database database;
    private final Clock clock;
    private final ApplicationEventPublisher publisher;
    private final JsonMapper json = JsonMapper.builder().build();

    ChannelStates(Database database, Clock clock, ApplicationEventPublisher publisher) {
        this.database = database;
        this.clock = clock;
        this.publisher = publisher;
    }

    /** How a channel fares. */
    public Optional<ChannelState> of(String channelId) {
        return database.read(sql -> sql.fetchOptional(CHANNEL_STATE, CHANNEL_STATE.CHANNEL_ID.eq(channelId)))
                .map(this::state);
    }

    /** How several channels fare, by id. */
    public Map<String, ChannelState> of(List<String> channelIds) {
        return database
                .read(sql -> sql.fetch(CHANNEL_STATE, CHANNEL_STATE.CHANNEL_ID.in(channelIds)))
                .map(this::state)
                .stream()
                .collect(Collectors.toMap(ChannelState::channelId, s -> s));
    }

    /** A round trip to the mail server succeeded. */
    public void proven(String channelId) {
        Instant now = clock.instant();
        database.write(sql -> {
            ChannelStateRecord row = sql.fetchOne(CHANNEL_STATE, CHANNEL_STATE.CHANNEL_ID.eq(channelId));
            if (row == null) {
                return 0;
            }
            Status before = Status.valueOf(row.getStatus());
            row.setProvenAt(now);
            if (before != Status.CONNECTED) {
                row.setStatus(Status.CONNECTED.name());
                row.setSinceAt(now);
                row.setProblem(null);
                row.setThrottledUntilAt(null);
                row.setAttempts(0);
                boolean recovered = before == Status.FAILING || before == Status.WAITING_FOR_SIGN_IN;
                publisher.publishEvent(
                        new ChannelNews(recovered ? "channel.recovered" : "channel.connected", channelId, Map.of()));
            }
            return row.update();
        });
    }

    /**
     * The channel cannot work now.
     *
     * @param until when it is tried again, for a server that asked for a pause
     */
    public void failing(String channelId, ChannelProblem problem, @Nullable Instant until) {
        Instant now = clock.instant();
        Status status = switch (problem.kind()) {
            case SIGN_IN -> Status.WAITING_FOR_SIGN_IN;
            case THROTTLED -> Status.THROTTLED;
            case SETTINGS, PASSING -> Status.FAILING;
        };
        database.write(sql -> {
            ChannelStateRecord row = sql.fetchOne(CHANNEL_STATE, CHANNEL_STATE.CHANNEL_ID.eq(channelId));
            if (row == null) {
                return 0;
            }
            if (!row.getStatus().equals(status.name())) {
                row.setStatus(status.name());
                row.setSinceAt(now);
                String type = status == Status.THROTTLED ? "channel.throttled" : "channel.failing";
                publisher.publishEvent(new ChannelNews(
                        type, channelId, Map.of("problem", problem.what(), "remedy", problem.remedy())));
            }
            row.setProblem(json.writeValueAsString(problem));
            row.setThrottledUntilAt(status == Status.THROTTLED ? until : null);
            row.setAttempts(row.getAttempts() + 1);
            return row.update();
        });
    }

    /** The channel was switched off, or on again. */
    public void restarted(String channelId, Status status) {
        Instant now = clock.instant();
        database.write(sql -> sql.update(CHANNEL_STATE)
                .set(CHANNEL_STATE.STATUS, status.name())
                .set(CHANNEL_STATE.SINCE_AT, now)
                .set(CHANNEL_STATE.PROBLEM, (String) null)
                .set(CHANNEL_STATE.ATTEMPTS, 0)
                .where(CHANNEL_STATE.CHANNEL_ID.eq(channelId))
                .and(CHANNEL_STATE.STATUS.ne(status.name()))
                .execute());
    }

    /** Adds to the counts; within the transaction that makes them true. */
    public void count(String channelId, long imported, long duplicates, long quarantined) {
        database.write(sql -> sql.update(CHANNEL_STATE)
                .set(CHANNEL_STATE.IMPORTED, CHANNEL_STATE.IMPORTED.plus(imported))
                .set(CHANNEL_STATE.DUPLICATES, CHANNEL_STATE.DUPLICATES.plus(duplicates))
                .set(CHANNEL_STATE.QUARANTINED, CHANNEL_STATE.QUARANTINED.plus(quarantined))
                .where(CHANNEL_STATE.CHANNEL_ID.eq(channelId))
                .execute());
    }

    private ChannelState state(ChannelStateRecord row) {
        return new ChannelState(
                row.getChannelId(),
                Status.valueOf(row.getStatus()),
                row.getSinceAt(),
                row.getProvenAt(),
                row.getThrottledUntilAt(),
                row.getProblem() == null ? null : json.readValue(row.getProblem(), ChannelProblem.class),
                row.getAttempts(),
                row.getImported(),
                row.getDuplicates(),
                row.getQuarantined());
    }
}

package org.postroom.access;

import static org.postroom.store.tables.Tables.SETTING;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.person.NewPerson;
import org.postroom.person.People;
import org.postroom.person.Person;
import org.postroom.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/**
 * How the first administrator gets in: by a link with a random word that only who started Postroom sees. Each start
 * without people makes a new one; it ends with the first person. Safe for use by many threads.
 */
@Service
public class FirstRun {
    private static final Logger log = LoggerFactory.getLogger(FirstRun.class);
    private static final String NAME = "first-run-token-hash";

    private final Database database;
    private final People people;
    private final PublicUrl publicUrl;
    private volatile @Nullable URI link;

    FirstRun(Database database, People people, PublicUrl publicUrl) {
        this.database = database;
        this.people = people;
        this.publicUrl = publicUrl;
    }

    /** What came of it. */
    public sealed interface Result {
        /** The first administrator is stored. */
        record Done(Person person) implements Result {}

        /** Nothing was stored; every wrong field is named. */
        record Wrong(java.util.List<NewPerson.Problem> problems) implements Result {}

        /** Nothing was stored: this link is not, or no longer, the one. */
        record NotTheLink() implements Result {}
    }

    @EventListener
    void on(WebServerInitializedEvent started) {
        boolean management = "management".equals(started.getApplicationContext().getServerNamespace());
        if (management || !people.nobody()) {
            return;
        }
        String token = Hashes.randomWord();
        keep(Hashes.of(token));
        String base = publicUrl
                .configured()
                .map(URI::toString)
                .orElse("http://localhost:" + started.getWebServer().getPort());
        link = URI.create(base + "/first-run?token=" + token);
        log.info("Nobody has an account yet. Create the first administrator here: {}", link);
    }

    private void keep(String hash) {
        database.write(sql -> sql.insertInto(SETTING)
                .set(SETTING.NAME, NAME)
                .set(SETTING.VALUE, hash)
                .onConflict(SETTING.NAME)
                .doUpdate()
                .set(SETTING.VALUE, hash)
                .execute());
    }

    /** The link, while nobody has an account; to be shown to who started Postroom and nobody else. */
    public Optional<URI> link() {
        return people.nobody() ? Optional.ofNullable(link) : Optional.empty();
    }

    /** Whether this is the link's word, and it still opens something. */
    public boolean opens(@Nullable String token) {
        if (token == null || token.length() > 100 || !people.nobody()) {
            return false;
        }
        String kept = database.read(sql -> sql.select(SETTING.VALUE)
                .from(SETTING)
                .where(SETTING.NAME.eq(NAME))
                .fetchOne(SETTING.VALUE));
        return kept != null && Hashes.same(kept, Hashes.of(token));
    }

    /** Makes the first administrator. */
    public Result create(@Nullable String token, NewPerson administrator) {
        if (!opens(token)) {
            return new Result.NotTheLink();
        }
        return switch (people.createFirst(administrator)) {
            case People.Added.Done(Person person) -> {
                link = null;
                database.write(sql ->
                        sql.deleteFrom(SETTING).where(SETTING.NAME.eq(NAME)).execute());
                yield new Result.Done(person);
            }
            case People.Added.Wrong(var problems) -> new Result.Wrong(problems);
            case People.Added.NotFirst() -> new Result.NotTheLink();
        };
    }
}

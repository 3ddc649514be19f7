package org.postroom.person;

import static org.postroom.store.tables.Tables.PERSON;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.postroom.person.NewPerson.Problem;
import org.postroom.store.Database;
import org.postroom.store.Ids;
import org.postroom.store.tables.tables.records.PersonRecord;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;

/** The people who work here: adding, finding, roles, passwords. Safe for use by many threads. */
@Service
public class People {
    private final Database database;
    private final Ids ids;
    private final Clock clock;
    private final PasswordEncoder passwords;
    private volatile boolean known;

    People(Database database, Ids ids, Clock clock, PasswordEncoder passwords) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        this.passwords = passwords;
    }

    /** What came of adding somebody. */
    public sealed interface Added {
        /** They are stored. */
        record Done(Person person) implements Added {}

        /** Nothing was stored; every wrong field is named. */
        record Wrong(List<Problem> problems) implements Added {}

        /** Nothing was stored: the first person exists already. */
        record NotFirst() implements Added {}
    }

    /**
     * Somebody's standing now.
     *
     * @param stamp changes with the password, so that sessions opened with an old one can be told
     */
    public record Standing(Person person, String stamp) {}

    /** Adds somebody. */
    public Added create(NewPerson entered) {
        return create(entered, false);
    }

    /** Adds the first person; only one call ever succeeds. */
    public Added createFirst(NewPerson entered) {
        return create(entered, true);
    }

    private Added create(NewPerson entered, boolean first) {
        List<Problem> problems = entered.problems();
        if (!problems.isEmpty()) {
            return new Added.Wrong(problems);
        }
        String hash = Objects.requireNonNull(passwords.encode(entered.password()));
        Person person = new Person(
                ids.next(), entered.cleanEmail(), entered.cleanName(), entered.role(), true, clock.instant());
        try {
            boolean stored = first
                    ? database.locked("first-person", sql -> insert(person, hash, true))
                    : insert(person, hash, false);
            return stored ? new Added.Done(person) : new Added.NotFirst();
        } catch (DataAccessException e) {
            if (byEmail(person.email()).isPresent()) {
                return new Added.Wrong(List.of(new Problem("email", "somebody with this address is here already")));
            }
            throw e;
        }
    }

    private boolean insert(Person person, String hash, boolean first) {
        return database.write(sql -> {
            if (first && sql.fetchExists(PERSON)) {
                return false;
            }
            return sql.insertInto(PERSON)
                            .set(PERSON.ID, person.id())
                            .set(PERSON.EMAIL, person.email())
                            .set(PERSON.NAME, person.name())
                            .set(PERSON.PASSWORD_HASH, hash)
                            .set(PERSON.ROLE, person.role().name())
                            .set(PERSON.ENABLED, true)
                            .set(PERSON.CREATED_AT, person.createdAt())
                            .execute()
                    == 1;
        });
    }

    /** Whether there is nobody yet. Asks the database only until there is somebody: people are never deleted. */
    public boolean nobody() {
        if (!known) {
            known = database.read(sql -> sql.fetchExists(PERSON));
        }
        return !known;
    }

    /** Somebody, by id. */
    public Optional<Person> find(String id) {
        return row(id).map(People::person);
    }

    /** Somebody, by the address they sign in with, in any case. */
    public Optional<Person> byEmail(String email) {
        String key = new NewPerson(null, email, null, Role.AGENT).cleanEmail();
        return database.read(sql -> sql.fetchOptional(PERSON, PERSON.EMAIL.eq(key)))
                .map(People::person);
    }

    /** Whether somebody still may do what they signed in for. */
    public Optional<Standing> standing(String id) {
        return row(id).map(row -> new Standing(person(row), stamp(row.getPasswordHash())));
    }

    /**
     * A page of people by email.
     *
     * @param after the last email of the page before, or null
     */
    public List<Person> page(@Nullable String after, int size) {
        return database.read(sql -> sql.selectFrom(PERSON)
                        .where(PERSON.EMAIL.gt(Objects.requireNonNullElse(after, "")))
                        .orderBy(PERSON.EMAIL)
                        .limit(size)
                        .fetch())
                .map(People::person);
    }

    /**
     * Whether this is their password. Takes equally long for somebody who is not here, so that nobody can find out who
     * is.
     */
    public Optional<Person> withPassword(String email, String password) {
        Optional<PersonRecord> row = byEmail(email).flatMap(person -> row(person.id()));
        String hash = row.map(PersonRecord::getPasswordHash).orElse(Nobody.HASH);
        String tried = password.length() > PasswordRules.LONGEST ? "" : password;
        boolean right = passwords.matches(tried, hash);
        return row.filter(r -> right && r.getEnabled()).map(People::person);
    }

    /** Lets somebody in, or no longer; their sessions end with their next request. False if there is no such person. */
    public boolean enable(String id, boolean on) {
        return database.write(sql -> sql.update(PERSON)
                        .set(PERSON.ENABLED, on)
                        .where(PERSON.ID.eq(id))
                        .execute())
                == 1;
    }

    /** Gives somebody a role. False if there is no such person. */
    public boolean giveRole(String id, Role role) {
        return database.write(sql -> sql.update(PERSON)
                        .set(PERSON.ROLE, role.name())
                        .where(PERSON.ID.eq(id))
                        .execute())
                == 1;
    }

    /**
     * Gives somebody a new password; sessions opened with the old one end.
     *
     * @return what is wrong with it, or empty
     */
    public Optional<Problem> changePassword(String id, String password) {
        String wrong = PasswordRules.problem(password);
        if (wrong != null) {
            return Optional.of(new Problem("password", wrong));
        }
        String hash = Objects.requireNonNull(passwords.encode(password));
        database.write(sql -> sql.update(PERSON)
                .set(PERSON.PASSWORD_HASH, hash)
                .where(PERSON.ID.eq(id))
                .execute());
        return Optional.empty();
    }

    private Optional<PersonRecord> row(String id) {
        return database.read(sql -> sql.fetchOptional(PERSON, PERSON.ID.eq(id)));
    }

    private static Person person(PersonRecord row) {
        return new Person(
                row.getId(),
                row.getEmail(),
                row.getName(),
                Role.valueOf(row.getRole()),
                row.getEnabled(),
                row.getCreatedAt());
    }

    private static String stamp(String passwordHash) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(passwordHash.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Stands in for somebody who is not here; nobody's password has this hash. */
    private static final class Nobody {
        static final String HASH =
                Objects.requireNonNull(PeopleConfiguration.encoder().encode("nobody at all"));
    }
}

package org.postroom.intake;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.postroom.conversation.Filing;
import org.postroom.conversation.InboundMessage;
import org.postroom.conversation.OwnAddresses;
import org.postroom.fetch.Inbound;
import org.postroom.fetch.Inbound.Quarantined;
import org.postroom.fetch.InboundHandler;
import org.postroom.fetch.InboundMail;
import org.postroom.mail.ParsedMessage;
import org.postroom.parse.MessageParser;
import org.postroom.parse.ParseLimits;
import org.postroom.parse.Unparsed;
import org.postroom.secure.ChannelKeys;
import org.postroom.store.Database;
import org.postroom.store.RawStore;
import org.postroom.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * The inbound journey: parse outside the transaction, file inside one. A message that fails is tried three times and then
 * quarantined; it never stops another. Safe for use by many threads.
 */
@Service
public class Intake implements InboundHandler, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Intake.class);
    private static final long SECONDS_PER_MESSAGE = 30;

    private final RawStore raw;
    private final Filing filing;
    private final Inbound inbound;
    private final Database database;
    private final ChannelKeys keys;
    private final OwnAddresses ownAddresses;
    private final ExecutorService parsers;

    Intake(
            RawStore raw,
            Filing filing,
            Inbound inbound,
            Database database,
            ChannelKeys keys,
            OwnAddresses ownAddresses) {
        this.ownAddresses = ownAddresses;
        this.raw = raw;
        this.filing = filing;
        this.inbound = inbound;
        this.database = database;
        this.keys = keys;
        // Parsing is computing: as many threads as there are processors, and real ones, so that they can be given up
        // on.
        this.parsers = Executors.newFixedThreadPool(
                Math.max(2, Runtime.getRuntime().availableProcessors()),
                Thread.ofPlatform().daemon(true).name("parse-", 0).factory());
    }

    @Override
    public void handle(List<InboundMail> mails) {
        List<InboundMessage> parsed = parseAll(mails);
        if (parsed.isEmpty()) {
            return;
        }
        String channelId = mails.getFirst().channelId();
        try {
            file(channelId, parsed);
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException e) {
            log.warn("Filing {} messages together failed; each is filed by itself", parsed.size(), e);
            fileEach(channelId, mails, parsed);
        }
    }

    /**
     * Files a quarantined message by its header alone, as new work.
     *
     * @return the message's id; empty if it is not in the quarantine, or its bytes were never had
     */
    public Optional<String> importUnparsed(Quarantined message) {
        if (message.sha256().isEmpty()) {
            return Optional.empty();
        }
        ParsedMessage parsed;
        try (InputStream in = raw.open(message.sha256())) {
            parsed = Unparsed.of(in, message.sha256(), message.size(), String.valueOf(message.why()));
        } catch (IOException e) {
            throw new StoreException("A raw message cannot be read: " + e.getMessage(), e);
        }
        return database.write(sql -> {
            if (!inbound.retry(message.id())) {
                return Optional.empty();
            }
            InboundMessage whole = new InboundMessage(message.id(), parsed, true, message.storedAt());
            Map<String, String> filed = filing.file(message.channelId(), List.of(whole), ownAddresses.all());
            inbound.handled(filed);
            return Optional.ofNullable(filed.get(message.id()));
        });
    }

    private List<InboundMessage> parseAll(List<InboundMail> mails) {
        List<Future<ParsedMessage>> running = new ArrayList<>(mails.size());
        for (InboundMail mail : mails) {
            Callable<ParsedMessage> work = () -> parse(mail);
            running.add(parsers.submit(work));
        }
        List<InboundMessage> parsed = new ArrayList<>(mails.size());
        for (int i = 0; i < mails.size(); i++) {
            InboundMail mail = mails.get(i);
            try {
                ParsedMessage message = running.get(i).get(SECONDS_PER_MESSAGE, TimeUnit.SECONDS);
                Instant received = mail.internalDate() == null ? mail.storedAt() : mail.internalDate();
                parsed.add(new InboundMessage(mail.id(), message, mail.routed(), received, mail.thread()));
            } catch (ExecutionException e) {
                failed(mail, e.getCause() == null ? e : e.getCause());
            } catch (TimeoutException e) {
                running.get(i).cancel(true);
                failed(
                        mail,
                        new IOException("it takes longer than " + SECONDS_PER_MESSAGE + " seconds to understand", e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoreException("Interrupted while understanding mail", e);
            }
        }
        return parsed;
    }

    private ParsedMessage parse(InboundMail mail) throws IOException {
        try (InputStream in = raw.open(mail.sha256())) {
            return new MessageParser(ParseLimits.DEFAULT, keys.opener(mail.channelId())).parse(in);
        }
    }

    private void failed(InboundMail mail, Throwable why) {
        log.warn("Message {} (source {}) cannot be handled, try {}", mail.id(), mail.sourceId(), mail.tries() + 1, why);
        inbound.failed(mail, String.valueOf(why.getMessage()));
    }

    private void file(String channelId, List<InboundMessage> parsed) {
        try {
            fileOnce(channelId, parsed);
        } catch (IntegrityConstraintViolationException e) {
            // Another node added the same contact in the same moment: it is there now.
            fileOnce(channelId, parsed);
        }
    }

    private void fileOnce(String channelId, List<InboundMessage> parsed) {
        database.write(sql -> {
            Map<String, String> filed = filing.file(channelId, parsed, ownAddresses.all());
            inbound.handled(filed);
            return filed.size();
        });
    }

    private void fileEach(String channelId, List<InboundMail> mails, List<InboundMessage> parsed) {
        for (InboundMessage one : parsed) {
            try {
                file(channelId, List.of(one));
            } catch (StoreException e) {
                throw e;
            } catch (RuntimeException e) {
                mails.stream()
                        .filter(m -> m.id().equals(one.inboundId()))
                        .findFirst()
                        .ifPresent(mail -> failed(mail, e));
            }
        }
    }

    @Override
    public void close() {
        parsers.shutdownNow();
    }
}

package org.postroom.simulator.customer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.simulator.exchange.Transport;
import org.postroom.simulator.log.ProtocolLog;
import org.postroom.simulator.log.ProtocolLog.Speaker;
import org.postroom.simulator.mailbox.Mailbox;
import org.postroom.simulator.mailbox.StoredMessage;
import org.postroom.simulator.mime.MailWriter;
import org.postroom.simulator.organisation.Customer;
import org.postroom.simulator.organisation.Organisation;

/** Lets customers write and answer, in real time whatever the simulator's clock says. Safe for all threads. */
public final class CustomerLife implements AutoCloseable {
    private static final int MOST_REPEATS = 50;
    private static final Pattern INLINE = Pattern.compile("cid:([^\"'\\s>]+)");

    private final Organisation organisation;
    private final Transport transport;
    private final ProtocolLog log;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("customers").factory());
    private final Map<String, Integer> rounds = new ConcurrentHashMap<>();
    private final AtomicBoolean started = new AtomicBoolean();

    /** Watches what is delivered to customers; nobody writes before {@link #start}, but answers are given. */
    public CustomerLife(Organisation organisation, Transport transport, ProtocolLog log) {
        this.organisation = organisation;
        this.transport = transport;
        this.log = log;
        transport.watch(this::received);
    }

    /** Begins what the scenario says customers write; once. */
    public void start() {
        if (started.compareAndSet(false, true)) {
            for (Customer customer : organisation.customers()) {
                customer.writes().forEach(writing -> plan(customer, writing, writing.after(), 1));
            }
        }
    }

    private void plan(Customer customer, Customer.Writing writing, Duration pause, int time) {
        later(pause, () -> {
            List<MailWriter.Part> files =
                    writing.attachment() == null ? List.of() : List.of(Samples.attachment(writing.attachment()));
            write(customer, writing.to(), writing.subject(), writing.text(), writing.html(), files);
            if (writing.every() != null && time < MOST_REPEATS) {
                plan(customer, writing, writing.every(), time + 1);
            }
        });
    }

    /**
     * Has a customer write now. Pictures the HTML names by {@code cid:} are made and put in unless they are among the
     * files.
     *
     * @return the Message-ID with its angle brackets
     */
    public String write(
            Customer customer,
            String to,
            String subject,
            String text,
            @Nullable String html,
            List<MailWriter.Part> files) {
        MailWriter mail = new MailWriter(
                        customer.mailbox().name(),
                        customer.address(),
                        to,
                        subject,
                        organisation.clock().instant())
                .text(text)
                .html(html);
        files.forEach(mail::attach);
        Matcher inline = INLINE.matcher(html == null ? "" : html);
        while (inline.find()) {
            String id = inline.group(1);
            if (files.stream().noneMatch(file -> id.equals(file.contentId()))) {
                mail.attach(Samples.inline(id, customer.mailbox().name()));
            }
        }
        send(customer, to, mail);
        return mail.messageId();
    }

    private void send(Customer customer, String to, MailWriter mail) {
        log.add("customer", customer.address(), Speaker.NOTE, "writes " + mail.messageId() + " to " + to);
        transport.deliver(customer.address(), List.of(to), mail.octets());
    }

    private void received(Mailbox mailbox, StoredMessage message) {
        organisation
                .customer(mailbox.address())
                .filter(customer -> customer.answers().on() && Answering.mayAnswer(customer, message))
                .ifPresent(customer -> {
                    String conversation = customer.address() + " " + Answering.conversation(message);
                    int round = rounds.merge(conversation, 1, Integer::sum);
                    if (round <= customer.answers().most()) {
                        later(customer.answers().delay(), () -> answer(customer, message, round));
                    }
                });
    }

    private void answer(Customer customer, StoredMessage message, int round) {
        MailWriter mail = Answering.write(customer, message, round - 1, organisation.clock());
        send(customer, Answering.answerTo(message), mail);
    }

    private void later(Duration pause, Runnable task) {
        var unused = timer.schedule(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        log.add("customer", "-", Speaker.NOTE, "failed: " + e);
                    }
                },
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}

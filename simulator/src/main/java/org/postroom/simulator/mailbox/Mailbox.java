package org.postroom.simulator.mailbox;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A mailbox with its folders and the switches an Exchange administrator has. Safe for all threads. */
public final class Mailbox {
    /** Well-known folder for mail that comes in. */
    public static final String INBOX = "INBOX";
    /** Well-known folder for copies of mail sent. */
    public static final String SENT = "Sent Items";

    private static final List<String> FIRST_FOLDERS =
            List.of(INBOX, SENT, "Drafts", "Deleted Items", "Junk Email", "Archive");
    /** Nothing outlives the program, so a start later must not repeat numbers of an earlier one. */
    private static final AtomicLong NEXT_VALIDITY = new AtomicLong(Instant.now().getEpochSecond());

    private final String address;
    private final String name;
    private final Kind kind;
    private final List<String> aliases;
    private final Set<String> fullAccess = ConcurrentHashMap.newKeySet();
    private final Set<String> sendAs = ConcurrentHashMap.newKeySet();
    private final ConcurrentSkipListMap<String, Folder> folders =
            new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);
    private volatile boolean imapEnabled = true;
    private volatile @Nullable Boolean smtpAuthDisabled;
    private volatile boolean copyForSentAs;
    private volatile int throttledCommands;

    /** Whose mailbox it is. */
    public enum Kind {
        USER,
        SHARED,
        CUSTOMER
    }

    /** Makes a mailbox with Exchange's folders. */
    public Mailbox(String address, String name, Kind kind, List<String> aliases) {
        this.address = address.toLowerCase(Locale.ROOT);
        this.name = name;
        this.kind = kind;
        this.aliases =
                aliases.stream().map(alias -> alias.toLowerCase(Locale.ROOT)).toList();
        FIRST_FOLDERS.forEach(this::create);
    }

    /** Primary address in lower case. */
    public String address() {
        return address;
    }

    /** Display name. */
    public String name() {
        return name;
    }

    /** Whose mailbox it is. */
    public Kind kind() {
        return kind;
    }

    /** Further addresses, in lower case. */
    public List<String> aliases() {
        return aliases;
    }

    /** Whether the address is the primary one or an alias. */
    public boolean answersTo(String candidate) {
        String lower = candidate.toLowerCase(Locale.ROOT);
        return address.equals(lower) || aliases.contains(lower);
    }

    /** Who may open it besides its owner: user names, or object ids of service principals, in lower case. */
    public Set<String> fullAccess() {
        return fullAccess;
    }

    /** Who may send under its address besides its owner, in lower case. */
    public Set<String> sendAs() {
        return sendAs;
    }

    /** All folders by name. */
    public List<Folder> folders() {
        return List.copyOf(folders.values());
    }

    /** The folder of that name, whatever its case. */
    public Optional<Folder> folder(String folderName) {
        return Optional.ofNullable(folders.get(folderName));
    }

    /** The folder mail comes into. */
    public Folder inbox() {
        return create(INBOX);
    }

    /** The folder of that name, made if it is not there. */
    public Folder create(String folderName) {
        return folders.computeIfAbsent(folderName, made -> new Folder(made, NEXT_VALIDITY.getAndIncrement()));
    }

    /** Deletes a folder; false where there is none or it is one of Exchange's own. */
    public boolean delete(String folderName) {
        return FIRST_FOLDERS.stream().noneMatch(folderName::equalsIgnoreCase) && folders.remove(folderName) != null;
    }

    /** Whether IMAP may open it (Set-CASMailbox -ImapEnabled). */
    public boolean imapEnabled() {
        return imapEnabled;
    }

    /** Sets {@link #imapEnabled()}. */
    public void imapEnabled(boolean enabled) {
        imapEnabled = enabled;
    }

    /** Set-CASMailbox -SmtpClientAuthenticationDisabled; null inherits the tenant's setting. */
    public @Nullable Boolean smtpAuthDisabled() {
        return smtpAuthDisabled;
    }

    /** Sets {@link #smtpAuthDisabled()}. */
    public void smtpAuthDisabled(@Nullable Boolean disabled) {
        smtpAuthDisabled = disabled;
    }

    /** Whether mail others send as this mailbox is filed in its Sent Items too. */
    public boolean messageCopyForSentAsEnabled() {
        return copyForSentAs;
    }

    /** Sets {@link #messageCopyForSentAsEnabled()}. */
    public void messageCopyForSentAsEnabled(boolean enabled) {
        copyForSentAs = enabled;
    }

    /** Throttles the next commands of its IMAP sessions. */
    public void throttle(int commands) {
        throttledCommands = commands;
    }

    /** Whether the command now to be answered is throttled; counts it. */
    public synchronized boolean takeThrottled() {
        if (throttledCommands <= 0) {
            return false;
        }
        throttledCommands--;
        return true;
    }
}

package org.postroom.simulator.organisation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.postroom.simulator.mailbox.Mailbox;

/** All tenants, users, mailboxes, apps and customers. Safe for all threads. */
public final class Organisation {
    private final SimulatorClock clock = new SimulatorClock();
    private final Propagation propagation = new Propagation(clock);
    private final List<Tenant> tenants = new CopyOnWriteArrayList<>();
    private final Map<String, User> users = new ConcurrentHashMap<>();
    private final List<Mailbox> mailboxes = new CopyOnWriteArrayList<>();
    private final Map<String, App> apps = new ConcurrentHashMap<>();
    private final List<Customer> customers = new CopyOnWriteArrayList<>();
    private final Limits limits;

    /** Makes an empty organisation. */
    public Organisation(Limits limits) {
        this.limits = limits;
    }

    /** The time all of it lives by. */
    public SimulatorClock clock() {
        return clock;
    }

    /** Which rights count yet. */
    public Propagation propagation() {
        return propagation;
    }

    /** Exchange's limits. */
    public Limits limits() {
        return limits;
    }

    /** Adds a tenant. */
    public void add(Tenant tenant) {
        tenants.add(tenant);
    }

    /** Adds a user; the mailbox is added on its own. */
    public void add(User user) {
        users.put(user.upn(), user);
    }

    /** Adds a mailbox. */
    public void add(Mailbox mailbox) {
        mailboxes.add(mailbox);
    }

    /** Adds an app. */
    public void add(App app) {
        apps.put(app.clientId().toLowerCase(Locale.ROOT), app);
    }

    /** Adds a customer and the customer's mailbox. */
    public void add(Customer customer) {
        customers.add(customer);
        mailboxes.add(customer.mailbox());
    }

    /** All tenants, the first one being the default. */
    public List<Tenant> tenants() {
        return List.copyOf(tenants);
    }

    /** All users by name. */
    public List<User> users() {
        return users.values().stream()
                .sorted((a, b) -> a.upn().compareTo(b.upn()))
                .toList();
    }

    /** All mailboxes in the order they were added, those of customers too. */
    public List<Mailbox> mailboxes() {
        return List.copyOf(mailboxes);
    }

    /** All apps. */
    public List<App> apps() {
        return List.copyOf(apps.values());
    }

    /** All customers. */
    public List<Customer> customers() {
        return List.copyOf(customers);
    }

    /** The tenant of that GUID or domain. */
    public Optional<Tenant> tenant(String idOrDomain) {
        return tenants.stream()
                .filter(tenant -> tenant.id().equalsIgnoreCase(idOrDomain)
                        || tenant.domain().equalsIgnoreCase(idOrDomain))
                .findFirst();
    }

    /** The user of that principal name, whatever its case. */
    public Optional<User> user(String upn) {
        return Optional.ofNullable(users.get(upn.toLowerCase(Locale.ROOT)));
    }

    /** The app of that client id. */
    public Optional<App> app(String clientId) {
        return Optional.ofNullable(apps.get(clientId.toLowerCase(Locale.ROOT)));
    }

    /** The mailbox that has the address as its primary one or as an alias. */
    public Optional<Mailbox> mailbox(String address) {
        return mailboxes.stream().filter(mailbox -> mailbox.answersTo(address)).findFirst();
    }

    /** The customer of that address. */
    public Optional<Customer> customer(String address) {
        return customers.stream()
                .filter(customer -> customer.mailbox().answersTo(address))
                .findFirst();
    }

    /** Whether mail to the address stays inside: its domain is a tenant's. */
    public boolean isInternal(String address) {
        String domain = address.substring(address.lastIndexOf('@') + 1);
        return tenants.stream().anyMatch(tenant -> tenant.domain().equalsIgnoreCase(domain));
    }

    /** The tenant a mailbox address belongs to; empty for a customer's. */
    public Optional<Tenant> tenantOf(String address) {
        return tenant(address.substring(address.lastIndexOf('@') + 1));
    }
}

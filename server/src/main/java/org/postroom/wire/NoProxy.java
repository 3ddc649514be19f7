package org.postroom.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Hosts that are reached without the proxy, as NO_PROXY is usually read: a name counts for itself and the names below it,
 * {@code .example.com} for those below only, an address or a network in CIDR form for the addresses in it and the names
 * that have one of them here, {@code *} for all. A port may follow a name.
 *
 * @param entries as they were written
 */
public record NoProxy(List<String> entries) {
    /** No host. */
    public static final NoProxy NONE = new NoProxy(List.of());

    private static final Pattern NAME =
            Pattern.compile("\\*|(\\*?\\.)?[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9])?(:\\d{1,5})?");
    private static final Pattern NETWORK =
            Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}(/\\d{1,2})?|[0-9a-f]*:[0-9a-f:.]*(/\\d{1,3})?");

    /** Copies the list. */
    public NoProxy {
        entries = List.copyOf(entries);
    }

    /**
     * Reads the operator's list, with commas or spaces between its entries.
     *
     * @throws IllegalArgumentException naming the setting and an entry that is neither a name nor a network
     */
    public static NoProxy parse(String list) {
        try {
            return of(Arrays.stream(list.split("[,\\s]+"))
                    .filter(e -> !e.isBlank())
                    .toList());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("POSTROOM_NO_PROXY: " + e.getMessage(), e);
        }
    }

    /**
     * Checks the entries.
     *
     * @throws IllegalArgumentException naming an entry that is neither a name nor a network
     */
    public static NoProxy of(List<String> entries) {
        List<String> checked = new ArrayList<>();
        for (String entry : entries) {
            String text = entry.strip().toLowerCase(Locale.ROOT);
            if (!isNetwork(text) && (!NAME.matcher(text).matches() || text.matches("[0-9./]+"))) {
                throw new IllegalArgumentException(
                        "'" + entry + "' is no host; write it like mail.example.com, .example.com or 10.0.0.0/8");
            }
            checked.add(text);
        }
        return new NoProxy(checked);
    }

    private static boolean isNetwork(String text) {
        if (!NETWORK.matcher(text).matches()) {
            return false;
        }
        try {
            NetworkGuard.Network.parse(text);
            return true;
        } catch (IllegalArgumentException notOne) {
            return false;
        }
    }

    /** Whether this host is reached without the proxy. Asks DNS only where the list names networks. */
    public boolean names(String host, int port) {
        String name = host.toLowerCase(Locale.ROOT).replaceAll("\\.$", "");
        List<NetworkGuard.Network> networks = new ArrayList<>();
        for (String entry : entries) {
            if (isNetwork(entry)) {
                networks.add(NetworkGuard.Network.parse(entry));
            } else if (matches(entry, name, port)) {
                return true;
            }
        }
        return !networks.isEmpty() && isIn(networks, name);
    }

    private static boolean matches(String entry, String host, int port) {
        int colon = entry.indexOf(':');
        if (colon > 0 && !entry.substring(colon + 1).equals(Integer.toString(port))) {
            return false;
        }
        String name = colon > 0 ? entry.substring(0, colon) : entry;
        String suffix = name.startsWith("*.") ? name.substring(1) : name;
        if (suffix.startsWith(".")) {
            return host.endsWith(suffix);
        }
        return name.equals("*") || host.equals(name) || host.endsWith("." + name);
    }

    private static boolean isIn(List<NetworkGuard.Network> networks, String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .anyMatch(address -> networks.stream().anyMatch(n -> n.contains(address)));
        } catch (UnknownHostException unknownHere) {
            return false;
        }
    }
}

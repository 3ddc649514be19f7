package org.postroom.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Decides whether an address that a user configured may be connected to. Public addresses may; loopback, private,
 * link-local, multicast and other special ranges only if the operator's allow-list names them. The check is made on the
 * very address that is connected to, so that a changing DNS answer cannot get around it.
 *
 * @param allowed networks the operator allows although they are not public
 */
public record NetworkGuard(List<Network> allowed) {
    /** The last label is a number, as in no name (WHATWG URL section 3.5, "ends in a number"). */
    private static final Pattern NUMBER = Pattern.compile("(?i)(^|\\.)(\\d+|0x[0-9a-f]*)\\.?$");

    /** Copies the list. */
    public NetworkGuard {
        allowed = List.copyOf(allowed);
    }

    /** Reads a comma-separated list of networks in CIDR form, such as {@code 10.0.0.0/8,127.0.0.1,::1/128}. */
    public static NetworkGuard parse(String list) {
        List<Network> networks = new ArrayList<>();
        for (String item : list.split(",")) {
            if (!item.isBlank()) {
                networks.add(Network.parse(item.strip()));
            }
        }
        return new NetworkGuard(networks);
    }

    /** Whether a connection to this address may be opened. */
    public boolean permits(InetAddress address) {
        return isPublic(address) || allowed.stream().anyMatch(network -> network.contains(address));
    }

    /**
     * Checks a server that a proxy will connect to, by the addresses it has here: none may be outside the public and the
     * allowed ones. A name that is unknown here is the proxy's to judge, unless it is a number in disguise.
     *
     * @throws WireException if a connection must not be asked for
     */
    void checkBehindProxy(String host) throws WireException {
        InetAddress[] known;
        try {
            known = InetAddress.getAllByName(host);
        } catch (UnknownHostException unknownHere) {
            // Such as 0x7f.1, which some systems take for an address that this one does not.
            if (NUMBER.matcher(host).find()) {
                throw refused(host, "no usual way to write an address");
            }
            return;
        }
        for (InetAddress address : known) {
            if (!permits(address)) {
                throw refused(host, address.getHostAddress() + ", which is not a public address");
            }
        }
    }

    private static WireException refused(String host, String what) {
        return new WireException(
                WireException.Cause.NOT_ALLOWED,
                host + " is " + what + "; the operator can allow it with POSTROOM_ALLOWED_NETWORKS");
    }

    private static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] b = address.getAddress();
        int first = b[0] & 0xff;
        int second = b[1] & 0xff;
        if (b.length == 4) {
            boolean carrierNat = first == 100 && second >= 64 && second < 128;
            boolean special = first == 0 || first >= 240 || (first == 192 && second == 0 && b[2] == 0);
            boolean benchmark = first == 198 && (second == 18 || second == 19);
            return !carrierNat && !special && !benchmark;
        }
        boolean uniqueLocal = (first & 0xfe) == 0xfc;
        boolean translated = first == 0 && second == 0x64 && (b[2] & 0xff) == 0xff && (b[3] & 0xff) == 0x9b;
        boolean sixToFour = first == 0x20 && second == 0x02;
        return !uniqueLocal && !translated && !sixToFour;
    }

    /**
     * A network in CIDR form.
     *
     * @param base its first address
     * @param prefix number of leading bits that count
     */
    public record Network(InetAddress base, int prefix) {
        static Network parse(String text) {
            int slash = text.indexOf('/');
            String host = slash < 0 ? text : text.substring(0, slash);
            try {
                if (!host.matches("[0-9.]+") && !host.matches("[0-9A-Fa-f:.]+")) {
                    throw new UnknownHostException(host);
                }
                InetAddress base = InetAddress.getByName(host);
                int bits = base.getAddress().length * 8;
                int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
                if (prefix < 0 || prefix > bits) {
                    throw new NumberFormatException("prefix");
                }
                return new Network(base, prefix);
            } catch (UnknownHostException | NumberFormatException e) {
                throw new IllegalArgumentException(
                        "POSTROOM_ALLOWED_NETWORKS: '" + text + "' is not a network; write it like 10.0.0.0/8", e);
            }
        }

        boolean contains(InetAddress address) {
            byte[] a = address.getAddress();
            byte[] b = base.getAddress();
            if (a.length != b.length) {
                return false;
            }
            for (int i = 0; i < prefix; i++) {
                int mask = 0x80 >> (i % 8);
                if ((a[i / 8] & mask) != (b[i / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}

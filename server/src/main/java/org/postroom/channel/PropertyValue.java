package org.postroom.channel;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.postroom.mail.Address;

/** What the value of a {@code mail.*} property may look like. */
enum PropertyValue {
    MILLISECONDS("enter milliseconds from 1 to 600000", PropertyValue::milliseconds),
    YES_OR_NO("enter true or false", v -> v.equalsIgnoreCase("true") || v.equalsIgnoreCase("false")),
    MECHANISMS(
            "enter some of XOAUTH2, PLAIN and LOGIN with spaces between; others are not offered",
            v -> words(v).stream().allMatch(MailOptions.MECHANISMS::contains)),
    TLS_VERSIONS(
            "enter TLSv1.3, TLSv1.2 or both with a space between; older ones are not secure",
            v -> List.of("TLSv1.3", "TLSv1.2").containsAll(Arrays.asList(v.split("[\\s,]+")))),
    EHLO_NAME(
            "enter a host name such as mail.example.com, or an address in brackets",
            v -> v.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\\[[0-9A-Za-z.:]{3,64}]")),
    ADDRESS("enter an email address", Address::plausible);

    private final String remedy;
    private final Predicate<String> good;

    PropertyValue(String remedy, Predicate<String> good) {
        this.remedy = remedy;
        this.good = good;
    }

    boolean takes(String value) {
        return good.test(value.strip());
    }

    /** What to enter instead. */
    String remedy() {
        return remedy;
    }

    private static boolean milliseconds(String value) {
        return value.matches("[1-9]\\d{0,5}") && Integer.parseInt(value) <= 600_000;
    }

    private static List<String> words(String value) {
        return Arrays.asList(value.toUpperCase(Locale.ROOT).split("[\\s,]+"));
    }
}

package org.postroom.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.JsonNode;

/** A diagnosis as a terminal shows it; in colour only where somebody looks. */
final class DoctorPrint {
    private static final int NAME_WIDTH = 28;
    private static final String INDENT = " ".repeat(6);

    private final PrintWriter out;
    private final boolean wide;
    private final boolean colour;

    DoctorPrint(PrintWriter out, Charset charset, boolean colour) {
        this.out = out;
        this.wide = charset.newEncoder().canEncode("✓✗–");
        this.colour = colour;
    }

    /** For what the program prints to. */
    static DoctorPrint to(PrintWriter out) {
        return new DoctorPrint(out, System.out.charset(), Ansi.AUTO.enabled());
    }

    /** Prints all of it. */
    void report(JsonNode report) {
        String direction = "";
        int failed = 0;
        for (JsonNode step : report.path("steps")) {
            String name = text(step, "name");
            int colon = name.indexOf(": ");
            String now = colon < 0 ? "" : name.substring(0, colon);
            if (!now.equals(direction) && !now.isEmpty()) {
                out.println(Character.toUpperCase(now.charAt(0)) + now.substring(1));
            }
            direction = now;
            failed += step(step, colon < 0 ? name : name.substring(colon + 2)) ? 0 : 1;
        }
        JsonNode count = report.path("messageCount");
        String messages = count.isNumber()
                ? " " + count.asLong() + (count.asLong() == 1 ? " message" : " messages") + " in the folder."
                : "";
        out.println(
                failed == 0
                        ? "Everything works." + messages
                        : failed + (failed == 1 ? " step failed." : " steps failed.") + messages);
    }

    private boolean step(JsonNode step, String name) {
        String result = text(step, "result");
        String mark = switch (result) {
            case "pass" -> painted(wide ? "✓" : "+", "32");
            case "fail" -> painted(wide ? "✗" : "x", "31");
            default -> painted(wide ? "–" : "-", "2");
        };
        String what = result.equals("skipped") ? "skipped" : text(step, "what");
        out.println(("  " + mark + " " + padded(name) + what).stripTrailing());
        line("", text(step, "warning"));
        if (result.equals("fail")) {
            line("How sure: ", text(step, "sureness"));
            if (step.path("steps").isEmpty()) {
                line("Do: ", text(step, "remedy"));
            }
            int number = 0;
            for (JsonNode todo : step.path("steps")) {
                line(++number + ". ", printable(todo.asString("")));
            }
            for (JsonNode command : step.path("commands")) {
                line("> ", printable(command.asString("")));
            }
            String answer = text(step, "answer");
            line("Answer: ", answer.isEmpty() ? text(step, "code") : answer);
        }
        return !result.equals("fail");
    }

    private static String padded(String name) {
        return name.length() < NAME_WIDTH ? name + " ".repeat(NAME_WIDTH - name.length()) : name + "  ";
    }

    private void line(String lead, String words) {
        if (!words.isEmpty()) {
            out.println(INDENT + lead + words);
        }
    }

    private String painted(String text, String code) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private static String text(JsonNode node, String name) {
        return printable(node.path(name).asString(""));
    }

    /** Servers' words may hold what steers a terminal. */
    private static String printable(String text) {
        return ChannelCall.printable(text);
    }
}

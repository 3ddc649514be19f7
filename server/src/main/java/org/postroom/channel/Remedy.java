package org.postroom.channel;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What to do, taken apart for people who do it: one step after the other, and what is to be copied or clicked.
 *
 * @param steps sentences in their order
 * @param commands PowerShell lines, and ways through an admin center such as {@code Users → the user → Sign-in logs}
 */
public record Remedy(List<String> steps, List<String> commands) {
    private static final String VALUE = "(?:<[^>]*>|'[^']*'|\"[^\"]*\"|[^\\s,;()'\"<][^\\s,;()]*)";
    private static final Pattern POWERSHELL = Pattern.compile(
            "\\b(?:Add|Set|New|Get|Test|Enable|Remove)-[A-Z][A-Za-z]+(?: -[A-Z][A-Za-z]*(?: (?!-)" + VALUE + ")?)*");
    private static final String PLACE = "[^.;:,()→]*[^.;:,()→\\s]";
    private static final Pattern WAY = Pattern.compile(PLACE + "(?: → " + PLACE + ")+");
    private static final Pattern LEAD = Pattern.compile("^.*\\b(?:in|under|see|change|by) (?=\\p{Lu})");
    private static final Pattern TRAIL = Pattern.compile(" (?:or|and|if|where|which) .*$");
    private static final Pattern BETWEEN = Pattern.compile("(?<=[.])\\s+(?=[\\p{Lu}<])|; then ");

    /** Copies the lists. */
    public Remedy {
        steps = List.copyOf(steps);
        commands = List.copyOf(commands);
    }

    /** Takes a remedy apart; empty without one. */
    public static Remedy of(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return new Remedy(List.of(), List.of());
        }
        return new Remedy(steps(text), commands(text));
    }

    private static List<String> steps(String text) {
        List<String> steps = new ArrayList<>();
        for (String part : BETWEEN.split(text.strip())) {
            String step = Character.toUpperCase(part.charAt(0)) + part.substring(1);
            steps.add(step.endsWith(".") || step.endsWith(":") ? step : step + ".");
        }
        return steps;
    }

    private static List<String> commands(String text) {
        Set<String> commands = new LinkedHashSet<>();
        Matcher powershell = POWERSHELL.matcher(text);
        while (powershell.find()) {
            String line = powershell.group();
            // A cmdlet's bare name in a sentence is no line to run.
            if (line.contains(" -")) {
                commands.add(line.replaceAll("[.:]+$", ""));
            }
        }
        Matcher way = WAY.matcher(POWERSHELL.matcher(text).replaceAll("."));
        while (way.find()) {
            commands.add(TRAIL.matcher(LEAD.matcher(way.group().strip()).replaceFirst(""))
                    .replaceFirst(""));
        }
        return new ArrayList<>(commands);
    }
}

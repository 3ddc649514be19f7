package org.postroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.ApplicationModule;

/** Holds the map in ARCHITECTURE.md to what the packages say of themselves. */
@Tag("architecture")
class ArchitecturePageTest {
    private static final Path PAGE = Path.of("../ARCHITECTURE.md");
    private static final Path SOURCES = Path.of("src/main/java/org/postroom");
    private static final Path EXPECTED = Path.of("target/architecture-modules.md");
    private static final String BEGIN = "<!-- modules: written by ArchitecturePageTest -->\n";
    private static final String END = "<!-- end of modules -->";
    private static final Pattern FIRST_WORDS = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);

    @Test
    void mapInArchitecturePageIsWhatPackagesSay() throws IOException {
        Map<String, Set<String>> modules = modules();

        String expected = table(modules) + "\n" + diagram(modules);
        Files.createDirectories(Path.of("target"));
        Files.writeString(EXPECTED, expected);

        assertThat(modules).as("packages with @ApplicationModule").isNotEmpty();
        assertThat(between(Files.readString(PAGE)))
                .as("the map in ARCHITECTURE.md; copy server/%s between its markers", EXPECTED)
                .isEqualTo(expected);
    }

    private static String between(String page) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        assertThat(begin).as("ARCHITECTURE.md has the marker %s", BEGIN).isNotNegative();
        assertThat(end).as("ARCHITECTURE.md has the marker %s", END).isGreaterThan(begin);
        return page.substring(begin + BEGIN.length(), end);
    }

    private static Map<String, Set<String>> modules() throws IOException {
        Map<String, Set<String>> modules = new TreeMap<>();
        try (Stream<Path> folders = Files.list(SOURCES)) {
            for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                String name = SOURCES.relativize(folder).toString();
                ApplicationModule module = annotation(name);
                if (module != null) {
                    modules.put(name, new TreeSet<>(List.of(module.allowedDependencies())));
                }
            }
        }
        return modules;
    }

    private static @Nullable ApplicationModule annotation(String module) {
        try {
            return Class.forName("org.postroom." + module + ".package-info").getAnnotation(ApplicationModule.class);
        } catch (ClassNotFoundException e) {
            throw new AssertionError("org.postroom." + module + " has no package-info with @ApplicationModule", e);
        }
    }

    private static String table(Map<String, Set<String>> modules) throws IOException {
        StringBuilder table = new StringBuilder("| package | what is in it | may import |\n|---|---|---|\n");
        for (String module : inOrder(modules)) {
            Set<String> imports = modules.getOrDefault(module, Set.of());
            table.append("| `%s` | %s | %s |\n"
                    .formatted(
                            module,
                            words(module),
                            imports.isEmpty() ? "nothing" : String.join(", ", inOrder(modules, imports))));
        }
        return table.toString();
    }

    private static String words(String module) throws IOException {
        String source = Files.readString(SOURCES.resolve(module).resolve("package-info.java"));
        Matcher matcher = FIRST_WORDS.matcher(source);
        assertThat(matcher.find())
                .as("%s/package-info.java has Javadoc", module)
                .isTrue();
        return matcher.group(1)
                .lines()
                .map(line -> line.strip().replaceFirst("^\\*\\s?", ""))
                .collect(Collectors.joining(" "))
                .strip();
    }

    /** An arrow that follows from others is left out, or nobody could read it. */
    private static String diagram(Map<String, Set<String>> modules) {
        StringBuilder diagram = new StringBuilder("```mermaid\nflowchart BT\n");
        for (String module : inOrder(modules)) {
            Set<String> imports = modules.getOrDefault(module, Set.of());
            for (String target : inOrder(modules, imports)) {
                boolean follows = imports.stream()
                        .filter(other -> !other.equals(target))
                        .anyMatch(other -> reaches(modules, other, target));
                if (!follows) {
                    diagram.append("    ")
                            .append(module)
                            .append(" --> ")
                            .append(target)
                            .append('\n');
                }
            }
        }
        return diagram.append("```\n").toString();
    }

    private static boolean reaches(Map<String, Set<String>> modules, String from, String to) {
        Set<String> imports = modules.getOrDefault(from, Set.of());
        return imports.contains(to) || imports.stream().anyMatch(next -> reaches(modules, next, to));
    }

    private static List<String> inOrder(Map<String, Set<String>> modules) {
        return inOrder(modules, modules.keySet());
    }

    /** What others stand on comes first. */
    private static List<String> inOrder(Map<String, Set<String>> modules, Set<String> some) {
        return some.stream()
                .sorted(Comparator.<String>comparingInt(m -> depth(modules, m)).thenComparing(m -> m))
                .toList();
    }

    private static int depth(Map<String, Set<String>> modules, String module) {
        return modules.getOrDefault(module, Set.of()).stream()
                .mapToInt(next -> depth(modules, next) + 1)
                .max()
                .orElse(0);
    }
}

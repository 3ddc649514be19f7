package org.postroom;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules of the house that a machine can hold. */
@Tag("architecture")
class ArchitectureRulesTest {
    private static final int LONGEST_FILE = 400;
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/store/tables/"))
            .importPackages("org.postroom");

    @Test
    void purePackagesAndProtocolsKnowNoFramework() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.postroom.mail..",
                        "org.postroom.wire..",
                        "org.postroom.parse..",
                        "org.postroom.mailbox.imap..",
                        "org.postroom.send.smtp..")
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "org.jooq..", "jakarta.servlet..")
                .check(OURS);
    }

    @Test
    void timeComesFromAClock() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.postroom.cli..", "org.postroom.mailbox.imap..")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.time.LocalDate.class, "now")
                .orShould()
                .callMethod(java.time.ZonedDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(OURS);
    }

    @Test
    void noClassHasANameThatSaysNothing() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .check(OURS);
    }

    @Test
    void everyPackageIsNullMarked() {
        List<String> missing = OURS.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(p ->
                        p.getClasses().stream().anyMatch(c -> !c.getSimpleName().equals("package-info")))
                .filter(p -> !p.isAnnotatedWith(NullMarked.class))
                .map(p -> p.getName())
                .sorted()
                .toList();

        assertThat(missing).isEmpty();
    }

    @Test
    void nothingIsInjectedIntoFields() {
        fields().should()
                .notBeAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
                .check(OURS);
    }

    /** Conditions are decided when Postroom is built: see docs/adr/0013. */
    @Test
    void noBeanHangsOnACondition() {
        String conditional = "org.springframework.context.annotation.Conditional";

        noClasses().should().beMetaAnnotatedWith(conditional).check(OURS);
        noMethods().should().beMetaAnnotatedWith(conditional).check(OURS);
    }

    @Test
    void onlyCommandsPrint() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.postroom.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(OURS);
    }

    @Test
    void recordsAndServicesOfAPackageStayBehindItsDoor() {
        classes()
                .that()
                .haveSimpleNameEndingWith("Configuration")
                .should()
                .notBePublic()
                .check(OURS);
    }

    @Test
    void noFileIsLongerThanAPersonReads() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path root : List.of(Path.of("src"), Path.of("../simulator/src"), Path.of("../bench/src"))) {
            if (Files.isDirectory(root)) {
                try (var files = Files.walk(root)) {
                    for (Path file :
                            files.filter(f -> f.toString().endsWith(".java")).toList()) {
                        long lines = Files.readAllLines(file).size();
                        if (lines > LONGEST_FILE) {
                            tooLong.add(file + ": " + lines);
                        }
                    }
                }
            }
        }

        assertThat(tooLong).isEmpty();
    }
}

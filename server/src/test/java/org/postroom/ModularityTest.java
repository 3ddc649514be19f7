package org.postroom;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

/** The map of the packages: what each may import. */
@Tag("architecture")
class ModularityTest {
    private static final ApplicationModules MODULES = ApplicationModules.of(PostroomServer.class);

    @Test
    void packagesImportOnlyWhatTheyMay() {
        MODULES.verify();
    }

    @Test
    void theBuildDrawsTheMap() {
        new Documenter(MODULES).writeModulesAsPlantUml().writeIndividualModulesAsPlantUml();

        org.assertj.core.api.Assertions.assertThat(java.nio.file.Path.of("target/spring-modulith-docs/components.puml"))
                .isNotEmptyFile();
    }
}

package org.postroom.store;

import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what this package offers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StoreSettings.class)
class StoreConfiguration {
    @Bean
    DataFolder dataFolder(StoreSettings settings) {
        return DataFolder.open(settings.data());
    }

    @Bean
    Databases databases(StoreSettings settings, DataFolder folder) {
        return Databases.open(settings, folder.path());
    }

    @Bean
    Database database(Databases databases) {
        return databases.database();
    }

    @Bean
    RawStore rawStore(DataFolder folder) {
        return new FolderRawStore(folder.path().resolve("raw"));
    }

    @Bean
    Ids ids(Clock clock) {
        return new Ids(clock);
    }

    /** Connections for background jobs; wrapped, so that the framework does not take them for its own. */
    @Bean
    JobStore jobStore(Databases databases, DataFolder folder) {
        return new JobStore(databases.jobs(), databases.database(), folder.nodeId());
    }
}

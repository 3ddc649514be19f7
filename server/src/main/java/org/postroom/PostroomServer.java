package org.postroom;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.modulith.Modulithic;

/** The server. Its packages and what each may import are in their {@code package-info}. */
@SpringBootApplication(proxyBeanMethods = false)
@Modulithic(systemName = "Postroom")
public class PostroomServer {
    /** Starts the server with the settings of the environment; the command {@code up} does the same with options. */
    public static void main(String[] args) {
        SpringApplication.run(PostroomServer.class, args);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
